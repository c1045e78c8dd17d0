"""The generator's settings: `briefing.yml`, read once, checked strictly, never changed.

Every key is optional. What a key means stands in its docstring here and nowhere else; `briefing new`
writes a file that names the ones people change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec
import yaml

from generator.errors import UsageError
from generator.model import Publish
from generator.parsing import read_yaml

SETTINGS_NAME = "briefing.yml"
MKDOCS_NAME = "mkdocs.yml"

# ISO 639, with script and region where they are needed: it becomes part of a file's name and of every page.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
Positive = Annotated[int, msgspec.Meta(ge=1)]
NotNegative = Annotated[int, msgspec.Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class NlpSettings:
    """Which installed spaCy pipeline finds names."""

    model: str = ""
    """Name of an installed pipeline; empty: `en_core_web_sm` where installed, else the one Briefing depends on."""


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """What one seed may cost. Beyond a limit the seed is quarantined, never cut silently.

    The defaults are those of `generator.read.limits`, which gives the reasons.
    """

    size: Positive = 8_000_000
    """Bytes of the file."""
    lines: Positive = 200_000
    line: Positive = 1_000_000
    """Characters in one line."""


@dataclass(frozen=True, slots=True)
class TimeoutSettings:
    """How long the build waits, in seconds."""

    seed: Positive = 60
    """For one seed to be read and annotated; a slow machine needs about 5 s for a 2 MB transcript."""
    lock: NotNegative = 0
    """For another build of the same project to end; 0: do not wait."""


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """How much of the articles' text the site holds: all, the first sentences, or none.

    A seed's own entry wins over its source's, that one over the default. `publish: excerpt` is short for the default
    alone.
    """

    default: Publish = "full"
    sources: dict[str, Publish] = field(default_factory=dict)
    """By outlet or credit, as the site names it."""
    seeds: dict[str, Publish] = field(default_factory=dict)
    """By name below seeds/, or by pattern: `2023/*`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything `briefing.yml` can say. Paths are relative to the folder of that file."""

    site_name: str = ""
    """Shown as the briefing's title; empty: `site_name` of mkdocs.yml."""
    language: str = ""
    """Of what the site says of itself: the code of a catalogue of words that ships with the package or stands beside
    briefing.yml as ui.LANGUAGE.yml; empty: English. Articles stay in theirs."""
    seeds: str = "seeds"
    site_src: str = "site_src"
    site_dir: str = "site"
    entities: str = "entities.yml"
    glossary: str = ""
    """A CSV file with more spun phrases and their likely originals; empty: only those that ship."""
    jobs: Positive | None = None
    """Worker processes; absent: as many as the machine has processors."""
    scheduler: str = ""
    """Address of a Dask scheduler (`tcp://host:8786`) whose workers read the seeds; empty: this machine does."""
    publish: PublishSettings = field(default_factory=PublishSettings)
    nlp: NlpSettings = field(default_factory=NlpSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    timeouts: TimeoutSettings = field(default_factory=TimeoutSettings)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with seeds and the settings that say how to build it. All paths are absolute."""

    root: Path
    settings: Settings

    @property
    def seeds(self) -> Path:
        """The folder of raw articles; never written to."""
        return self.root / self.settings.seeds

    @property
    def site_src(self) -> Path:
        """The folder that MkDocs reads: hand-made and generated pages."""
        return self.root / self.settings.site_src

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / self.settings.site_dir

    @property
    def state(self) -> Path:
        """What may be deleted at any time and is made again: cache, lock, last build's state."""
        return self.root / ".briefing"

    @property
    def changes(self) -> Path:
        """The record of editions: what the page of changes compares with."""
        return self.root / "changes.json"

    @property
    def entities(self) -> Path:
        """The analyst's decisions; may be absent."""
        return self.root / self.settings.entities

    @property
    def glossary(self) -> Path | None:
        """The user's own glossary of spun phrases, where one is set."""
        return self.root / self.settings.glossary if self.settings.glossary else None

    @property
    def settings_file(self) -> Path:
        """`briefing.yml`; may be absent."""
        return self.root / SETTINGS_NAME

    @property
    def mkdocs_file(self) -> Path:
        """`mkdocs.yml`; the user's."""
        return self.root / MKDOCS_NAME

    @property
    def catalogue(self) -> Path:
        """The project's own words for its pages; may be absent."""
        return self.root / f"ui.{self.settings.language or 'en'}.yml"

    @property
    def permalinks(self) -> Path:
        """The registry of addresses once published; belongs under version control."""
        return self.root / "permalinks.json"


def parse_settings(text: str, name: str) -> Settings:
    """The settings that the YAML `text` states, with defaults for the rest.

    `name` is the file's name for messages. Raises `UsageError` that names the key, what is wrong with
    it and, for an unknown key, the nearest known one.
    """
    try:
        tree = read_yaml(text, _StrictLoader)
    except yaml.MarkedYAMLError as error:
        where = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UsageError(f"{name}{where}: {error.problem or 'not valid YAML'}", "mend the YAML there") from error
    except yaml.YAMLError as error:
        raise UsageError(f"{name}: not valid YAML: {error}", "write the file as plain UTF-8 text") from error
    if tree is None:
        return Settings()
    if not isinstance(tree, dict):
        raise UsageError(f"{name}: expected keys and values, found {type(tree).__name__}", "write `key: value` lines")
    if isinstance(tree.get("publish"), str):
        tree["publish"] = {"default": tree["publish"]}
    _reject_unknown(tree, Settings, name, "")
    try:
        settings = msgspec.convert(tree, Settings, strict=True)
    except msgspec.ValidationError as error:
        problem, _, where = str(error).partition(" - at ")
        key = where.strip("`").removeprefix("$.") or "the file"
        raise UsageError(f"{name}: {key}: {problem[:1].lower()}{problem[1:]}", f"correct {key} in {name}") from error
    if settings.language and not _LANGUAGE.fullmatch(settings.language):
        raise UsageError(
            f"{name}: language: {settings.language[:40]!r} is no code of a language", "write a code such as de or pt-BR"
        )
    for key in ("seeds", "site_src", "site_dir"):
        value = str(getattr(settings, key))
        if not value.strip() or Path(value) == Path():
            raise UsageError(f"{name}: {key}: must name a folder of its own", f"name a folder, such as {key}: {key}")
    return settings


def load_project(
    location: Path | None = None, *, site_dir: str = "", jobs: int | None = None, scheduler: str = ""
) -> Project:
    """The project at `location`: a folder, its `briefing.yml` or its `mkdocs.yml`; by default the current folder.

    `site_dir` (relative to the current folder, as a shell user means it), `jobs` and `scheduler` override the file.
    Raises `UsageError` where there is no such project or its settings are wrong.
    """
    location = (location or Path()).absolute()
    root = location if location.is_dir() else location.parent
    if not location.exists():
        raise UsageError(f"{location}: no such file or folder", "name a folder that has seeds/, or its briefing.yml")
    file = location if location.is_file() and location.name != MKDOCS_NAME else root / SETTINGS_NAME
    settings = Settings()
    if file.is_file():
        try:
            settings = parse_settings(file.read_text(encoding="utf-8-sig"), file.name)
        except UnicodeDecodeError as error:
            raise UsageError(f"{file}: not UTF-8 text", "save the file as UTF-8") from error
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror}", "make the file readable") from error
    if site_dir:
        settings = replace(settings, site_dir=str(Path(site_dir).absolute()))
    if jobs is not None:
        settings = replace(settings, jobs=jobs)
    if scheduler:
        settings = replace(settings, scheduler=scheduler)
    return Project(root, settings)


class _StrictLoader(yaml.SafeLoader):
    """Plain YAML in which no key stands twice: the second would silently win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- the signature of PyYAML
        """The mapping of `node`; raises `ConstructorError` at a repeated key."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str | int | float | bool) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key} stands twice", key_node.start_mark)
            if isinstance(key, str | int | float | bool):
                seen.add(key)
        return super().construct_mapping(node, deep=deep)


def _reject_unknown(tree: dict[Any, Any], kind: type, name: str, prefix: str) -> None:
    """Raise `UsageError` for the first key of `tree` that the dataclass `kind` does not have."""
    hints = get_type_hints(kind)
    known = [entry.name for entry in fields(kind)]
    for key, value in tree.items():
        if key not in known:
            near = get_close_matches(str(key), known, n=1, cutoff=0.5)
            remedy = f"did you mean {prefix}{near[0]}?" if near else f"known keys: {', '.join(known)}"
            raise UsageError(f"{name}: unknown key {prefix}{key}", remedy)
        if is_dataclass(hints[key]) and isinstance(value, dict):
            _reject_unknown(value, hints[key], name, f"{prefix}{key}.")
