"""Driving MkDocs: one function from site_src/ to a folder of HTML, with everything MkDocs says as issues."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.structure.files import File, Files

from generator.errors import CheckFailed, UsageError
from generator.model import Issue
from generator.publish.files import faults_named
from generator.publish.late import Late
from generator.session import Session
from generator.site.fast.build import build as build_quickly
from generator.site.fast.build import why_not
from generator.site.fast.held import environment
from generator.site.fast.memory import FastOutcome, Previous
from generator.site.links import files_below

_QUICKER = "the site is the same; it is only built more slowly"
_NAMED = re.compile(r"'([^']+\.md)'")


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What MkDocs did."""

    pages: int
    """HTML files in the built folder."""
    issues: tuple[Issue, ...]
    """A warning for each warning of MkDocs or one of its plugins."""
    files: frozenset[str]
    """The path of every file in the built folder."""
    site_url: str = ""
    """The address that mkdocs.yml gives the site; empty: it has none."""
    quick: FastOutcome | None = None
    """What the quick build did; `None` where MkDocs built alone."""


def build_site(
    mkdocs_file: Path,
    docs_dir: Path,
    site_dir: Path,
    jobs: int = 1,
    previous: Previous | None = None,
    *,
    session: Session | None = None,
    late: Late | None = None,
) -> BuildOutcome:
    """Build `docs_dir` into `site_dir` as `mkdocs build -f mkdocs_file` would, on up to `jobs` processes.

    Where `generator.site.fast` surely gives the same bytes, it builds; else MkDocs does, and an issue says why.
    `late` are files of `docs_dir` that are still being made: they are waited for when nothing more can be done without.

    Raises `UsageError` where mkdocs.yml is missing, wrong, or builds another folder, `CheckFailed` where MkDocs gives
    up on a page, `EnvironmentFault` where the disk says no; and what `late.take` raises.
    """
    if not mkdocs_file.is_file():
        raise UsageError(f"{mkdocs_file}: no such file", "write one, or copy the one that `briefing new` makes")
    log = _Log()
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(log)
    try:
        with faults_named(site_dir):
            config = _configured(mkdocs_file, docs_dir, site_dir, log)
            quick, reason = _build(config, log, jobs, previous, session=session, late=late)
    finally:
        logger.removeHandler(log)
        logger.propagate = propagate
    # Nobody but the build writes there, so it need not be looked for again by whoever checks and publishes it.
    files = (quick.files if quick else None) or frozenset(files_below(site_dir))
    pages = sum(name.endswith(".html") for name in files)
    issues = list(log.issues)
    if reason:
        issues.append(
            Issue("info", "stock-build", mkdocs_file.name, f"MkDocs rendered every page itself: {reason}", _QUICKER)
        )
    return BuildOutcome(pages, tuple(issues), files, config.site_url or "", quick)


def warm_up(mkdocs_file: Path, session: Session) -> None:
    """Compile the templates of the theme for the builds of `session`, by a page without text.

    Where that fails nothing is compiled, and the next build says why.
    """
    log = _Log()
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(log)
    try:
        config = load_config(str(mkdocs_file))
        if why_not(config):
            return
        config.plugins.on_startup(command="build", dirty=False)
        try:
            config = config.plugins.on_config(config)
            files = Files([File.generated(config, "x.md", content="")])
            config.plugins.on_env(environment(config, session), config=config, files=files)
        finally:
            config.plugins.on_shutdown()
    except (ConfigurationError, BuildError, Abort, OSError, TemplateError):
        return
    finally:
        logger.removeHandler(log)
        logger.propagate = propagate


def _configured(mkdocs_file: Path, docs_dir: Path, site_dir: Path, log: _Log) -> MkDocsConfig:
    try:
        config = load_config(str(mkdocs_file), site_dir=str(site_dir))
    except (ConfigurationError, Abort) as error:
        raise UsageError(
            f"{mkdocs_file}: {log.last_error() or error}", "correct it; www.mkdocs.org lists its keys"
        ) from error
    if Path(config.docs_dir).resolve() != docs_dir.resolve():
        raise UsageError(
            f"{mkdocs_file}: docs_dir is {config.docs_dir}, but the pages are written to {docs_dir}",
            "let docs_dir of mkdocs.yml and site_src of briefing.yml name one folder",
        )
    if "briefing" not in config.plugins:
        raise UsageError(f"{mkdocs_file}: the plugin `briefing` is not listed", "add `- briefing` to its plugins")
    return config


def _build(
    config: MkDocsConfig, log: _Log, jobs: int, previous: Previous | None, *, session: Session | None, late: Late | None
) -> tuple[FastOutcome | None, str]:
    """Build; what the quick build did, or why it was left to MkDocs."""
    reason = why_not(config)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        if not reason:
            return build_quickly(config, jobs, previous, session=session, late=late), ""
        if late:
            late.take()
        build(config)
        return None, reason
    except (BuildError, Abort) as error:
        raise CheckFailed(
            f"MkDocs gave up: {log.last_error() or error}",
            "correct the page or the plugin that it names, then build again",
        ) from error
    finally:
        config.plugins.on_shutdown()


class _Log(logging.Handler):
    """Keeps the warnings and errors of MkDocs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.issues: list[Issue] = []
        self._errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        message = record.getMessage().strip()
        if record.levelno >= logging.ERROR:
            self._errors.append(message)
            return
        named = _NAMED.search(message)
        issue = Issue(
            "warning", "mkdocs", named[1] if named else "", message, "correct the page, or what it is made from"
        )
        if issue not in self.issues:
            self.issues.append(issue)

    def last_error(self) -> str:
        """The last thing that MkDocs called an error."""
        return self._errors[-1] if self._errors else ""
