"""What the site is called and where it will stand: from briefing.yml and mkdocs.yml."""

from __future__ import annotations

from dataclasses import dataclass
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
        tree = read_yaml(project.mkdocs_file.read_bytes(), _TolerantLoader)
    except (OSError, yaml.YAMLError):
        tree = None
    stated = tree if isinstance(tree, dict) else {}
    name, address = stated.get("site_name"), stated.get("site_url")
    return Identity(
        project.settings.site_name or (name.strip() if isinstance(name, str) else "") or UNNAMED,
        f"{address.strip().rstrip('/')}/" if isinstance(address, str) and _absolute(address.strip()) else "",
    )


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
