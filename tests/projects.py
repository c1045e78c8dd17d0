"""Projects for tests: a folder with seeds, and a pipeline that stands in for the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from generator.build import BuildOptions, build_project
from generator.cache import Cache
from generator.errors import UsageError
from generator.model import Issue
from generator.progress import Progress
from generator.publish.built import Awaited, Beside, Built
from generator.publish.permalinks import Registry, Wanted, redirect_page, settle
from generator.report import Report
from generator.scaffold import create_project
from generator.session import Session
from generator.settings import Project, load_project

_NAVIGATION = re.compile(r"^  - ([^:\n]+): (\S+\.md)$", re.MULTILINE)


def make_project(folder: Path, **seeds: str) -> Project:
    """A new project with the given seeds: `harbour="text"` becomes seeds/harbour.txt."""
    create_project(folder)
    for name, text in seeds.items():
        (folder / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    return load_project(folder)


def stand_in(
    project: Project,
    registry: Registry,
    report: Report,
    cache: Cache,
    progress: Progress,
    *,
    session: Session | None = None,
) -> Built:
    """A page for each seed, titled by its first line; a seed that begins with `bad` is quarantined."""
    del cache, progress, session
    if not project.seeds.is_dir():
        raise UsageError(f"{project.seeds}: there is no such folder", "make it")
    texts: dict[str, str] = {}
    for path in sorted(project.seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if text.startswith("bad"):
            report.add(Issue("error", "bad", path.name, "it is bad", "make it good"))
        else:
            texts[path.stem] = text
    report.count("articles", len(texts))
    wanted = [Wanted(stem, f"articles/{slug(text)}", text) for stem, text in texts.items()]
    settled = settle(registry, wanted)
    navigation = _NAVIGATION.findall(project.mkdocs_file.read_text(encoding="utf-8"))
    files = {page: f"# {title}\n".encode() for title, page in (*navigation, ("Search", "search.md"))}
    links = "\n".join(f"- [{stem}]({path}.md#p1)" for stem, path in sorted(settled.paths.items()))
    files["index.md"] = f"# Home\n\n{links}\n".encode()
    for stem, address in settled.paths.items():
        title, _, body = texts[stem].partition("\n")
        files[f"{address}.md"] = f'# {title}\n\n<p id="p1">{body}</p>\n'.encode()
    files |= {f"{old}.html": redirect_page(old, new) for old, new in settled.redirects.items()}
    # What is no page comes late, as data and search do: of one file the name is known before, of the other it is not.
    rest = {"data/titles.csv": "".join(f"{path}\r\n" for path in sorted(settled.paths.values())).encode()}
    rest[f"search/{len(texts)}.js"] = b"0"
    return Built(
        files, len(texts), settled.registry, beside=Awaited(frozenset({"data/titles.csv"}), lambda: Beside(rest))
    )


def slug(text: str) -> str:
    """The first line of `text` as an address."""
    return "-".join(text.partition("\n")[0].lower().split())


def run_build(
    project: Project,
    *,
    force: bool = False,
    allow_empty: bool = False,
    strict: bool = False,
    public: Callable[[], None] = lambda: None,
) -> Report:
    """Build `project` with the stand-in; the report."""
    report = Report("build", strict=strict)
    options = BuildOptions(force=force, allow_empty=allow_empty)
    build_project(project, stand_in, report, Progress(quiet=True), options, public=public)
    return report


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
