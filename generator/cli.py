"""The command line: `briefing new | build | serve | check | export | clean`.

Results go to stdout, everything else to stderr. The exit code is the report's.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__
from generator.build import BuildOptions, build_project, clear_leftovers, forget, require_apart
from generator.cache import Cache
from generator.errors import BriefingError, EnvironmentFault, UsageError
from generator.progress import Progress
from generator.publish.built import Built
from generator.publish.files import faults_named, replace_file
from generator.publish.lock import project_lock
from generator.publish.permalinks import Registry
from generator.publish.swap import remove_site, require_replaceable
from generator.publish.twin import TWIN_NAME, discard
from generator.publish.writer import remove_generated
from generator.report import EXIT_BUG, EXIT_ENVIRONMENT, EXIT_INTERRUPTED, EXIT_TERMINATED, EXIT_USAGE, Report
from generator.session import Session
from generator.settings import Project, load_project
from generator.talk import Talk, Terminated, open_streams, terminable

DEFAULT_PORT = 8000

Command = Callable[..., object]


def run() -> NoReturn:
    """Run the command line and end the process, at once: to free some million values one by one takes a second."""
    held: list[object] = []
    open_streams()
    code = main(held=held)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None, held: list[object] | None = None) -> int:
    """Run the command line and return the exit code. `arguments` defaults to those of the process.

    What a build leaves that need not be freed before it returns goes to `held`.
    """
    outcome: object = 0
    with terminable():
        try:
            outcome = briefing.main(
                args=list(arguments) if arguments is not None else None,
                standalone_mode=False,
                obj=[] if held is None else held,
            )
            sys.stdout.flush()
        except click.exceptions.Exit as exit_request:
            return exit_request.exit_code
        except click.ClickException as error:
            error.show()
            return EXIT_USAGE
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted; the published site is whole", err=True)
            return EXIT_INTERRUPTED
        except Terminated:
            click.echo("terminated; the published site is whole", err=True)
            return EXIT_TERMINATED
        except BriefingError as error:
            click.echo(f"error  {error}", err=True)
            return error.exit_code
        except (BrokenPipeError, SystemExit):
            # Whoever read our output has seen enough (click makes a SystemExit of it); Python would complain
            # once more when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        except (OSError, MemoryError) as error:
            click.echo(f"error  {error}\n  -> the machine refused; mend that and run again", err=True)
            return EXIT_ENVIRONMENT
        except Exception:  # noqa: BLE001 -- the last stop of every error that nobody foresaw
            traceback.print_exc()
            click.echo("error  this is a fault of Briefing; please report it with the lines above", err=True)
            return EXIT_BUG
    return outcome if isinstance(outcome, int) else 0


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several click options as one decorator, in the order in which help shows them."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_file = click.option(
    "-f",
    "--config-file",
    "location",
    type=click.Path(path_type=Path),
    help="The project: its folder, its briefing.yml or its mkdocs.yml. Default: the current folder.",
)
_quiet = click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
_verbose = click.option("-v", "--verbose", is_flag=True, help="Say more: notes, and the time of each stage.")
_json = click.option("--json", "as_json", is_flag=True, help="Write the report to stdout as JSON.")
_strict = click.option("-s", "--strict", is_flag=True, help="Let warnings count: exit with 1.")
_site_dir = click.option(
    "-d", "--site-dir", default="", help="Where to put the site. Default: site_dir of briefing.yml."
)


def _processes(_context: click.Context, _option: click.Parameter, jobs: int | None) -> int | None:
    """`jobs` where the work can be done with so many processes; raises `EnvironmentFault` else.

    A number is no mistake of writing, which would end with 2: what is lacking is somebody to do the work.
    """
    if jobs is not None and jobs < 1:
        raise EnvironmentFault(
            f"--jobs {jobs}: no process would be left to do the work",
            "name 1 or more, or leave --jobs out for one for each processor",
        )
    return jobs


_jobs = click.option("--jobs", type=int, callback=_processes, help="Worker processes. Default: one for each processor.")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 good; 1 built, but seeds were quarantined, or there were warnings under --strict; 2 usage, "
    "settings, nothing to build; 3 the machine (disk, permissions, missing model); 9 another build is running; "
    "70 a fault of Briefing; 130/143 interrupted.",
)
@click.version_option(__version__, "-V", "--version", prog_name="briefing")
def briefing() -> None:
    """Turn a folder of raw articles into a briefing site."""


@briefing.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Lay out an empty project in FOLDER. Nothing is overwritten."""
    from generator.scaffold import create_project  # noqa: PLC0415 -- only this verb needs it

    create_project(folder)
    click.echo(f"Created {folder}/. Put articles into {folder / 'seeds'}/, then: briefing build -f {folder}")
    return 0


@briefing.command()
@_options(_file, _site_dir, _strict, _jobs)
@click.option("--force", is_flag=True, help="Build even where nothing changed.")
@click.option("--allow-empty", is_flag=True, help="Let a site without articles replace one that has some.")
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    help="Who reads the seeds: processes of this machine, or the workers of a Dask cluster. Default: the cluster "
    "where a scheduler is named.",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="The cluster's scheduler, such as tcp://host:8786.")
@click.option("--profile", is_flag=True, help="Say where the time went, and write it to .briefing/profile.json.")
@_options(_quiet, _verbose, _json)
@click.pass_obj
def build(
    held: list[object],
    *,
    location: Path | None,
    site_dir: str,
    strict: bool,
    jobs: int | None,
    force: bool,
    allow_empty: bool,
    executor: str | None,
    scheduler: str,
    profile: bool,
    quiet: bool,
    verbose: bool,
    as_json: bool,
) -> int:
    """Build the site, or say that it is current."""
    talk = Talk(quiet, verbose, as_json)
    report = Report("build", strict=strict)
    with talk.ending(report):
        project = load_project(location, site_dir=site_dir, jobs=jobs, scheduler=scheduler)
        if executor == "dask" and not project.settings.scheduler:
            raise UsageError(
                "--executor dask: no scheduler is named",
                "add --scheduler ADDRESS, or scheduler: ADDRESS to briefing.yml",
            )
        if executor == "local":
            project = replace(project, settings=replace(project.settings, scheduler=""))
        progress = talk.progress()
        _build(project, report, progress, BuildOptions(force, allow_empty), held=held)
        if profile:
            _profile(project, progress, quiet=quiet or as_json)
    return talk.finish(report)


@briefing.command()
@_options(_file, _strict, _jobs)
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@_options(_quiet, _verbose)
def serve(
    *,
    location: Path | None,
    strict: bool,
    jobs: int | None,
    port: int,
    open_browser: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Serve the site on this machine; build and reload whenever a seed comes, changes or goes."""
    from generator.serve import serve as run_server  # noqa: PLC0415 -- only this verb needs a server

    talk = Talk(quiet, verbose, json=False)
    project = load_project(location, jobs=jobs)
    session = Session()

    def rebuild(public: Callable[[], None]) -> None:
        # The build needs what is being loaded, and forks: a lock that another thread holds is held there for ever.
        if warming.is_alive():
            warming.join()
        report = Report("build", strict=strict)
        with talk.ending(report):
            # The settings may be what changed.
            _build(
                load_project(location, jobs=jobs),
                report,
                talk.progress(),
                BuildOptions(),
                session=session,
                public=public,
            )
        talk.finish(report)

    def warm_up() -> None:
        from generator.pipeline import warm_up as load  # noqa: PLC0415 -- the engine is slow to load
        from generator.site.driver import warm_up as load_theme  # noqa: PLC0415 -- MkDocs is slow to load

        # What is wrong, the next build says.
        with suppress(BriefingError):
            load_theme(project.mkdocs_file, session)
            load(project)

    warming = threading.Thread(target=warm_up, daemon=True)

    def ready(url: str) -> None:
        click.echo(f"Serving {url} (Ctrl-C ends it)")
        # A site that is current was not built, and nothing is loaded yet: it is by the time that somebody saves a seed.
        warming.start()
        if open_browser:
            click.launch(url)

    rebuild(lambda: None)
    try:
        run_server(project, rebuild, port, ready)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return 0


@briefing.command()
@_options(_file, _site_dir, _strict, _quiet, _verbose, _json)
def check(*, location: Path | None, site_dir: str, strict: bool, quiet: bool, verbose: bool, as_json: bool) -> int:
    """Prove the published data against the seeds: every offset, every character, every link."""
    from generator.check import check_project  # noqa: PLC0415 -- only this verb needs it

    talk = Talk(quiet, verbose, as_json)
    report = Report("check", strict=strict)
    with talk.ending(report):
        lines = check_project(load_project(location, site_dir=site_dir), report)
        if not quiet and not as_json:
            for line in lines:
                click.echo(line)
    return talk.finish(report)


@briefing.command()
@_options(_file, _site_dir)
@click.option("--cache", "cache_too", is_flag=True, help="Forget what was worked out for each seed as well.")
@_options(_quiet, _json)
def clean(*, location: Path | None, site_dir: str, cache_too: bool, quiet: bool, as_json: bool) -> int:
    """Remove what the build made, and only that: the site and the generated files of site_src/.

    Seeds, hand-made pages, settings, permalinks.json and changes.json stay.
    """
    talk = Talk(quiet, verbose=False, json=as_json)
    report = Report("clean")
    with talk.ending(report):
        project = load_project(location, site_dir=site_dir)
        report.state, report.place = "cleaned", f"{project.root}/"
        _clean(project, report, cache_too=cache_too)
    return talk.finish(report)


@briefing.group()
def export() -> None:
    """Hand the built site over in another form."""


@export.command(name="zip")
@_options(_file, _site_dir)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write. Default: the name of the site's folder with .zip, beside it.",
)
@_options(_quiet)
def export_zip(*, location: Path | None, site_dir: str, output: Path | None, quiet: bool) -> int:
    """Pack the site into one file that opens from disk on a machine with nothing installed."""
    from generator.archive import zip_site  # noqa: PLC0415 -- only this verb needs it

    site = load_project(location, site_dir=site_dir).site
    target = output or site.with_name(f"{site.name}.zip")
    files = zip_site(site, target)
    if not quiet:
        click.echo(f"Packed {files} files into {target}; unpack it and open {site.name}/index.html.")
    return 0


def _build(
    project: Project,
    report: Report,
    progress: Progress,
    options: BuildOptions,
    *,
    session: Session | None = None,
    public: Callable[[], None] = lambda: None,
    held: list[object] | None = None,
) -> None:
    kept = session or Session(lasting=False)

    def pipeline(project: Project, registry: Registry, report: Report, cache: Cache, progress: Progress) -> Built:
        # The engine is heavy to import, and a build without changes does without it.
        from generator.pipeline import build as make  # noqa: PLC0415 -- the engine is slow to load, and most commands do without

        built = make(project, registry, report, cache, progress, session=kept)
        if held is not None:
            held.append((kept, built))
        return built

    build_project(project, pipeline, report, progress, options, session=kept, public=public)


def _profile(project: Project, progress: Progress, *, quiet: bool) -> None:
    told = {"stages": progress.timings, "parts of stages, processor time": progress.parts}
    replace_file(project.state / "profile.json", (json.dumps(told, indent=1) + "\n").encode())
    if not quiet:
        for line in progress.table():
            click.echo(line, err=True)


def _clean(project: Project, report: Report, *, cache_too: bool) -> None:
    require_apart(project)
    require_replaceable(project.site)
    with project_lock(project.state / "lock", project.settings.timeouts.lock):
        clear_leftovers(project)
        report.count("files removed", len(remove_generated(project.site_src)))
        forget(project)
        remove_site(project.site)
        with faults_named(project.state):
            discard(project.state / TWIN_NAME)
        if cache_too:
            with faults_named(project.state):
                for path in project.state.glob("cache.sqlite*"):
                    path.unlink()
