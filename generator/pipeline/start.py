"""How a build of a project begins: finding the seeds, and having workers load the engine for those that are new.

Apart from what comes after, which takes half a second to import: the workers are at work meanwhile.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from generator.cache import Cache
from generator.errors import EnvironmentFault, UsageError
from generator.pipeline.ahead import Forerunners, load_ahead
from generator.pipeline.collector import held_still
from generator.pipeline.gather import Gathered, gather
from generator.pipeline.tasks import Options
from generator.pipeline.version import seeds_version
from generator.pipeline.workers import processors
from generator.progress import Progress
from generator.publish.built import Built
from generator.publish.kept_seeds import read_seeds
from generator.publish.permalinks import Registry
from generator.read.limits import Limits
from generator.recall import SeedMemory
from generator.report import Report
from generator.session import Session
from generator.settings import Project


@dataclass(frozen=True, slots=True)
class Begun:
    """A build whose seeds are found."""

    options: Options
    ahead: Forerunners
    gathered: Gathered
    before: SeedMemory
    """What the last build knew of the seeds."""
    copies: Mapping[str, str]
    """Which copies of seeds stand below site_src/ as they were written: the digest of each by its path."""


def build(
    project: Project,
    registry: Registry,
    report: Report,
    cache: Cache,
    progress: Progress,
    *,
    session: Session | None = None,
) -> Built:
    """Everything that the seeds of `project` become. Issues and counts go to `report`; nothing is written here.

    `session` is that of a process which builds more than once.

    Raises `UsageError` where there is no seed folder or a settings file is wrong, `EnvironmentFault` where
    a folder cannot be read or no model is installed.
    """
    options = options_of(project)
    with Forerunners(options, project.state) as ahead:
        with progress.stage("gather"):
            before, copies = read_seeds(project.state / "seeds", project.site_src, seeds_version(options.limits))
            gathered = gather(project.seeds, options.limits.size, before.seeds, ahead.start)
        with progress.stage("load"), held_still():
            from generator.pipeline.run import finish  # noqa: PLC0415 -- slow to load: workers load the engine meanwhile
        begun = Begun(options, ahead, gathered, before, copies)
        kept = session or Session(lasting=False)
        return finish(project, registry, report, cache, progress, begun=begun, session=kept)


def warm_up(project: Project) -> None:
    """Load what builds, so that the first seed that is saved need not wait for it: the engine and its data.

    Raises `UsageError` or `EnvironmentFault` where a build would.
    """
    import generator.pipeline.run  # noqa: F401, PLC0415 -- slow to load
    from generator.search import warm_up as load_search  # noqa: PLC0415 -- numpy is slow to load

    load_search()
    options = options_of(project)
    if options.scheduler:
        return
    load_ahead(options, project.state)


def options_of(project: Project) -> Options:
    """What the settings of `project` say about the work on seeds. Raises `UsageError` or `EnvironmentFault`."""
    settings = project.settings
    limits = Limits(settings.limits.size, settings.limits.lines, settings.limits.line)
    jobs = settings.jobs or processors()
    return Options(
        limits, settings.nlp.model or None, _glossary(project), jobs, settings.timeouts.seed, settings.scheduler
    )


def text_of(path: Path) -> str:
    """What the settings file `path` holds. Raises `UsageError` where it is no text, `EnvironmentFault`."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 text", "save the file as UTF-8") from error
    except OSError as error:
        raise EnvironmentFault(f"{path}: {error.strerror}", "make the file readable") from error


def _glossary(project: Project) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The rows of the user's own glossary, checked; none where the settings name no file."""
    if project.glossary is None:
        return ()
    from generator.describe.glossary import load_glossary  # noqa: PLC0415 -- most projects have no glossary of their own

    rows = [
        {column: (cell or "").strip() for column, cell in row.items() if column}
        for row in csv.DictReader(StringIO(text_of(project.glossary)))
    ]
    try:
        load_glossary(rows)
    except (ValueError, KeyError) as error:
        raise UsageError(
            f"{project.glossary}: {error}", "write it with the columns spun,original,kind,strength,example,context"
        ) from error
    return tuple(tuple(row.items()) for row in rows)
