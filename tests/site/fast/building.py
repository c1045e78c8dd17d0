"""Sites built twice: by MkDocs alone and the quick way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mkdocs.commands.build import build as build_by_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator.publish.writer import write_generated
from generator.site.fast.build import build
from generator.site.fast.memory import FastOutcome

# Material's plugins, with their options.
OTHERS = re.compile(r"^  - (?:search|offline):?\n(?:    .*\n)*", re.MULTILINE)
CONFIGURATION = Path(__file__).parents[3] / "mkdocs.yml"


def make_sources(root: Path, files: Mapping[str, bytes], replace: Mapping[str, str] | None = None) -> None:
    """A project in `root` with the pages `files` and the usual mkdocs.yml, in which `replace` was replaced."""
    text = OTHERS.sub("", CONFIGURATION.read_text("utf-8"))
    for old, new in (replace or {}).items():
        assert old in text
        text = text.replace(old, new)
    root.mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(text, "utf-8")
    (root / "site_src").mkdir(exist_ok=True)
    write_generated(root / "site_src", files)


def configuration(root: Path, name: str) -> MkDocsConfig:
    """The configuration of the project in `root`, for a site in the folder `name`."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / name))
    config.plugins.on_startup(command="build", dirty=False)
    return config


def build_both(root: Path, jobs: int = 1) -> tuple[dict[str, bytes], dict[str, bytes], FastOutcome]:
    """The files of the stock build, those of the quick build, and what the quick build did."""
    build_by_mkdocs(configuration(root, "stock"))
    outcome = build(configuration(root, "quick"), jobs)
    return files_below(root / "stock"), files_below(root / "quick"), outcome


def files_below(folder: Path) -> dict[str, bytes]:
    """Content by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
