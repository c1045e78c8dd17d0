"""`briefing build`: settings to a published site, one step after the other, nothing half done."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from generator.cache import Cache
from generator.errors import BriefingError, CheckFailed, EnvironmentFault, UsageError
from generator.inputs import Outputs, input_stamps, input_state, output_digest
from generator.model import Issue
from generator.parsing import read_json
from generator.progress import Progress
from generator.publish.built import Beside, Built
from generator.publish.census import stamp
from generator.publish.files import faults_named, replace_file, sweep_temporary
from generator.publish.history import write_history
from generator.publish.kept import stamped_pages, write_pages
from generator.publish.kept_points import write_points
from generator.publish.kept_seeds import stamped_copies, write_seeds
from generator.publish.kept_tables import stamped_tables, write_tables
from generator.publish.late import Late
from generator.publish.lock import project_lock
from generator.publish.permalinks import Registry, read_registry, write_registry
from generator.publish.swap import exchange, keep_unchanged, require_replaceable, staging_place, sweep
from generator.publish.twin import TWIN_NAME
from generator.publish.writer import Writing, Written, put_file
from generator.report import Report, quarantine_json
from generator.session import Session
from generator.settings import Project

if TYPE_CHECKING:
    from generator.site.links import Flaw

Pipeline = Callable[[Project, Registry, Report, Cache, Progress], Built]
"""Seeds to files: reads the seeds and nothing else, writes to the cache alone, records issues and counts."""

_STATE_FORMAT = 2
# So many dead links tell what is wrong; more would bury it.
_FLAWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line adds to the settings."""

    force: bool = False
    """Build even where nothing changed."""
    allow_empty: bool = False
    """Publish a site without articles in the place of one that has some."""


def build_project(
    project: Project,
    pipeline: Pipeline,
    report: Report,
    progress: Progress,
    options: BuildOptions,
    *,
    session: Session | None = None,
    public: Callable[[], None] = lambda: None,
) -> None:
    """Bring the site of `project` up to date and record everything in `report`.

    `session` is that of a process which builds more than once; `public` is called as soon as the new site is, before
    what the next build needs is put down.

    Errors that end the build are recorded, not raised; whatever they are, the published site is then
    the old one, whole.
    """
    begin = time.monotonic()
    report.place = _shown(project.site)
    try:
        with faults_named(project.root):
            require_apart(project)
            require_replaceable(project.site)
            with project_lock(project.state / "lock", project.settings.timeouts.lock):
                clear_leftovers(project)
                kept = session or Session(lasting=False)
                _build_locked(project, pipeline, report, progress, options, session=kept, public=public)
    except BriefingError as error:
        report.fail(error)
    report.seconds = time.monotonic() - begin


def clear_leftovers(project: Project) -> None:
    """Remove what a killed run left, and bring its old site back. Only while holding the project's lock.

    Raises `EnvironmentFault`.
    """
    sweep(project.site)
    sweep_temporary(project.site_src, deep=True)
    for folder in {project.permalinks.parent, project.state}:
        sweep_temporary(folder)


def require_apart(project: Project) -> None:
    """Raise `UsageError` where publishing would write over seeds, pages or the project itself."""
    try:
        site, root, *others = (path.resolve() for path in (project.site, project.root, project.seeds, project.site_src))
    # Which of the two depends on the version of Python.
    except (OSError, RuntimeError) as error:
        raise UsageError(f"links lead round in a circle: {error}", "remove the link, or name another folder") from error
    for folder in (root, *others):
        if folder.is_relative_to(site) or (folder != root and site.is_relative_to(folder)):
            raise UsageError(
                f"the site would be published to {site}, over {folder}", "name a folder of its own with -d or site_dir"
            )


def _build_locked(
    project: Project,
    pipeline: Pipeline,
    report: Report,
    progress: Progress,
    options: BuildOptions,
    *,
    session: Session,
    public: Callable[[], None],
) -> None:
    if not project.mkdocs_file.is_file():
        raise UsageError(
            f"{project.mkdocs_file}: no such file", "run `briefing new` in an empty folder and copy its mkdocs.yml"
        )
    with progress.stage("compare"):
        inputs, stamps = input_state(project)
        if not options.force and _unchanged(project, inputs, report):
            return
    registry = read_registry(project.permalinks)
    cache = Cache.open(project.state / "cache.sqlite")
    try:
        built = pipeline(project, registry, report, cache, progress)
        with closing(built.beside):
            if not built.articles and not options.allow_empty:
                raise UsageError(
                    f"{_shown(project.seeds)}: no seed in it could be read, so there is nothing to build",
                    "put articles there as .txt files; --allow-empty publishes a site without any",
                )
            outputs = _publish(project, _Sources(project, built, report, progress, session), session, public)
        cache.prune()
    finally:
        cache.close()
        if cache.warning:
            remedy = "nothing needs to be done; `briefing clean --cache` starts it afresh"
            report.warn("cache", "", cache.warning, remedy)
    if input_stamps(project) == stamps:
        _remember(project, report, inputs, outputs)
    else:
        # What was read need not be what the digest was made of.
        forget(project)


class _Sources:
    """Brings site_src/ to what was generated: pages first, so that they become a site while the rest is being made."""

    def __init__(self, project: Project, built: Built, report: Report, progress: Progress, session: Session) -> None:
        self.built, self.report, self.progress = built, report, progress
        self._project = project
        self._session = session
        self._writing = Writing(project.site_src)
        self._beside: Beside | None = None
        self._notes: list[Callable[[], None]] = []
        """What is put down for the next build, yet to be done."""

    def write_pages(self) -> Late:
        """Write the pages; what is to come later."""
        built = self.built
        files = {**built.files, "data/quarantine.json": quarantine_json(self.report.issues)}
        with self.progress.stage("write"):
            self._count(self._writing.pages(files, built.kept, built.beside.names))
            state, site_src = self._project.state, self._project.site_src
            # How the files stand is looked at now; to put it down takes longer, and has time.
            self._notes = [
                partial(write_pages, state / "sources", stamped_pages(site_src, built.memory), self._session),
                partial(write_points, state / "points", built.points),
                partial(write_seeds, state / "seeds", built.seeds, stamped_copies(site_src, built.copies)),
            ]
        return Late(built.beside.names, self._rest)

    def _rest(self) -> Written:
        beside = self.built.beside
        with self.progress.stage("write"):
            # There is time for it while the rest is not there yet; else it is no reason for readers to wait.
            while self._notes and not beside.there():
                _put_down(self._notes.pop(0), self.report)
        with self.progress.stage("data and search"):
            taken = beside.take()
        with self.progress.stage("write"):
            written = self._writing.rest(taken.files, taken.kept)
            self._beside = replace(taken, files={}, tables=stamped_tables(self._project.site_src, taken.tables))
        self._count(written)
        return written

    def _count(self, written: Written) -> None:
        report = self.report
        report.add(*written.issues)
        report.count("files written", len(written.written))
        if written.removed:
            report.count("files removed", len(written.removed))

    def remember(self) -> None:
        """Remember what the next build needs."""
        state = self._project.state
        notes, self._notes = self._notes, []
        if self._beside is not None:
            notes.append(partial(put_file, state / "search", self._beside.search))
            notes.append(partial(write_tables, state / "tables", self._beside.tables))
        for note in notes:
            _put_down(note, self.report)


def _publish(project: Project, sources: _Sources, session: Session, public: Callable[[], None]) -> Outputs:
    # MkDocs and its theme take half a second to import, which a build without changes is spared.
    from generator.site.driver import build_site  # noqa: PLC0415 -- MkDocs is slow to load, and not needed where nothing changed
    from generator.site.fast.memory import Previous, SiteMemory, encode_memory, read_memory  # noqa: PLC0415 -- MkDocs is slow to load, and not needed where nothing changed
    from generator.site.links import find_flaws  # noqa: PLC0415 -- MkDocs is slow to load, and not needed where nothing changed

    built, report, progress = sources.built, sources.report, sources.progress
    late = sources.write_pages()
    pages = {name.removesuffix(".md") for name in built.pages}
    staged = staging_place(project.site)

    def remember() -> None:
        with progress.stage("remember"):
            if outcome.quick:
                _keep(remembered, encode_memory(memory), report)
                session.hold("site memory", stamp(remembered), lambda: memory)
            sources.remember()

    try:
        with progress.stage("render"):
            remembered = project.state / "pages"
            twin = project.state / TWIN_NAME
            known = session.hold("site memory", stamp(remembered), lambda: read_memory(remembered))
            previous = Previous(project.site.resolve(), known, twin)
            jobs = project.settings.jobs or os.cpu_count() or 1
            outcome = build_site(
                project.mkdocs_file, project.site_src, staged, jobs, previous, session=session, late=late
            )
        report.add(*outcome.issues)
        report.count("pages", outcome.pages)
        with progress.stage("check"):
            missing = sorted(name for name in pages if not _rendered(outcome.files, name))
            if missing:
                raise CheckFailed(
                    f"{len(missing)} pages were not rendered, such as {missing[0]}",
                    "see that mkdocs.yml does not exclude generated pages (exclude_docs, plugins)",
                )
            followed = outcome.quick.anchors if outcome.quick else {}
            _require_sound(find_flaws(staged, urlsplit(outcome.site_url).path or "/", followed, outcome.files))
        with progress.stage("publish"):
            # Before the pages are public: an address that was seen once must be known for ever.
            write_registry(project.permalinks, built.registry)
            if built.history is not None:
                write_history(project.changes, built.history)
            kept: Set[str] = outcome.quick.kept if outcome.quick else frozenset()
            if project.site.exists():
                kept = keep_unchanged(project.site.resolve(), staged, kept, outcome.files)
            # How its files stand is looked at before anybody else can change them.
            memory = outcome.quick.memory(staged) if outcome.quick else SiteMemory()
            exchange(staged, project.site, twin, kept, public=public, meanwhile=remember)
        return Outputs(
            outcome.files,
            {one.path: one.published for one in memory.made.values() if one.published},
            {name: one.source for name, one in memory.made.items() if one.source},
        )
    finally:
        if staged.exists():
            shutil.rmtree(staged, ignore_errors=True)


def _require_sound(flaws: Sequence[Flaw]) -> None:
    if flaws:
        shown = "\n".join(f"  {flaw.page}: {flaw.problem}" for flaw in flaws[:_FLAWS_SHOWN])
        more = f"\n  and {len(flaws) - _FLAWS_SHOWN} more" if len(flaws) > _FLAWS_SHOWN else ""
        raise CheckFailed(
            f"the built site has {len(flaws)} flaws and is not published:\n{shown}{more}",
            "correct the hand-made pages or mkdocs.yml; a flaw in a generated page is a fault of Briefing",
        )


def _rendered(files: Set[str], name: str) -> bool:
    folder = name.removesuffix("/index") if name.endswith("/index") else name
    return f"{name}.html" in files or f"{folder}/index.html" in files


def _unchanged(project: Project, inputs: str, report: Report) -> bool:
    """Whether the last build is still good; its issues are then reported again."""
    try:
        state = read_json(_state_file(project).read_bytes())
        if state["format"] != _STATE_FORMAT or state["inputs"] != inputs or state["outputs"] != output_digest(project):
            return False
        report.add(*msgspec.convert(state["issues"], tuple[Issue, ...]))
        report.counts = msgspec.convert(state["counts"], dict[str, int])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    report.state = "unchanged"
    return True


def _remember(project: Project, report: Report, inputs: str, outputs: Outputs) -> None:
    state: dict[str, Any] = {
        "format": _STATE_FORMAT,
        "inputs": inputs,
        "outputs": output_digest(project, outputs),
        "issues": msgspec.to_builtins(report.issues),
        "counts": report.counts,
    }
    _keep(_state_file(project), json.dumps(state).encode(), report)


def _keep(path: Path, content: bytes, report: Report) -> None:
    _put_down(partial(replace_file, path, content), report)


def _put_down(note: Callable[[], None], report: Report) -> None:
    """Put something down for the next build, which it only spares time: no site is held back for that."""
    try:
        note()
    except EnvironmentFault as error:
        report.warn("state", "", error.message, "the site is not touched by that, but the next build takes longer")


def forget(project: Project) -> None:
    """Make the next build a full one. Raises `EnvironmentFault`."""
    with faults_named(_state_file(project)):
        _state_file(project).unlink(missing_ok=True)


def _state_file(project: Project) -> Path:
    return project.state / "state.json"


def _shown(path: Path) -> str:
    """`path` as a reader in the current folder would write it."""
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return f"{path}/"
