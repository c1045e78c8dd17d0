"""What the site is called and where it will stand: from briefing.yml and mkdocs.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.parsing import read_yaml
from generator.settings import Project

UNNAMED = "Briefing"


@dataclass(frozen=True, slots=True)
class Identity:
    """Name and address of a site."""

    name: str
    address: str
    """Absolute, with `/` at its end; empty where mkdocs.yml gives none."""


def read_identity(project: Project) -> Identity:
    """The name that briefing.yml gives, else mkdocs.yml; the address that mkdocs.yml gives as `site_url`.

    What is wrong with mkdocs.yml is for MkDocs to say, which reads it after this.
    """
    try:
        name, address = _stated(project.mkdocs_file.read_bytes())
    except OSError:
        name, address = None, None
    return Identity(
        project.settings.site_name or (name.strip() if isinstance(name, str) else "") or UNNAMED,
        f"{address.strip().rstrip('/')}/" if isinstance(address, str) and _absolute(address.strip()) else "",
    )


# The same in most builds of a process.
@lru_cache(maxsize=1)
def _stated(mkdocs_yml: bytes) -> tuple[Any, Any]:
    """Name and address as `mkdocs_yml` gives them."""
    try:
        tree = read_yaml(mkdocs_yml, _TolerantLoader)
    except yaml.YAMLError:
        return None, None
    return (tree.get("site_name"), tree.get("site_url")) if isinstance(tree, dict) else (None, None)


def _absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


class _TolerantLoader(yaml.SafeLoader):
    """Reads the plain parts of mkdocs.yml; its Python tags and environment variables become nothing."""


def _nothing(_loader: yaml.SafeLoader, _suffix: str, _node: yaml.Node) -> Any:
    return None


_TolerantLoader.add_multi_constructor("", _nothing)
