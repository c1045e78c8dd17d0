"""One build of a project, in memory: seeds that were found in, the files of site_src/ out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from generator import __version__
from generator.cache import Cache
from generator.corpus.editions import Digested, next_edition
from generator.corpus.keypoints import corpus_points
from generator.corpus.resolve import Decisions, parse_decisions
from generator.corpus.resolve.gazetteer import load_gazetteer
from generator.corpus.rights import Rights, withhold
from generator.errors import UsageError
from generator.exports.bundle import Bundle, build_bundle
from generator.exports.records import Place
from generator.lazy import marked_in
from generator.model import Annotated, Corpus, Evidence
from generator.pages import (
    Addresses,
    SiteFacts,
    TableFacts,
    build_all,
    compile_templates,
    find_addresses,
    published_figures,
)
from generator.pages.wording import Words, speaking
from generator.pipeline.ahead import Forerunners
from generator.pipeline.analyse import analyse
from generator.pipeline.beside import PARALLEL_FILES, begin
from generator.pipeline.collector import held_still
from generator.pipeline.copies import copy_seeds
from generator.pipeline.digests import MOST_REMEMBERED, fetch_digests, find_digests
from generator.pipeline.gather import SeedFile, StandingSeed
from generator.pipeline.identity import read_identity
from generator.pipeline.reduce import reduce
from generator.pipeline.start import Begun, text_of
from generator.pipeline.stowed import Stowed
from generator.pipeline.version import corpus_version, rendering_version, search_version, tables_version
from generator.pipeline.workers import processors
from generator.progress import Progress
from generator.publish.built import Awaited, Beside, Built
from generator.publish.history import read_history
from generator.publish.kept import read_pages
from generator.publish.kept_points import read_points
from generator.publish.kept_search import read_search, sealed_search, standing
from generator.publish.kept_tables import StandingTables, read_tables
from generator.publish.permalinks import Registry, Wanted, redirect_page, settle
from generator.publish.pieces import lay_out
from generator.recall import SeedMemory
from generator.report import Report
from generator.search import PAGE as SEARCH_PAGE
from generator.search import build_search
from generator.search.known import Origin
from generator.search.page import search_page
from generator.session import Session
from generator.settings import Project

# Of the texts that a catalogue lacks, so many tell what to look for.
_NAMED = 12


def finish(
    project: Project,
    registry: Registry,
    report: Report,
    cache: Cache,
    progress: Progress,
    *,
    begun: Begun,
    session: Session,
) -> Built:
    """As `start.build`, of whose work this is what comes after the seeds are found."""
    words = _words(project, report, session)
    options, ahead, gathered = begun.options, begun.ahead, begun.gathered
    decisions = _decisions(project)
    report.add(*gathered.issues)
    report.count("seeds", len(gathered.seeds))
    with ahead:
        if ahead.loading:
            compile_templates(words)
        with progress.stage("read and annotate"):
            meter = progress.meter("read and annotate")
            early = _Early(ahead, cache, project, session)
            analysis = analyse(
                gathered.seeds,
                options,
                cache,
                meter,
                ahead.spread,
                memory=begun.before,
                session=session,
                ready=early.ready,
            )
    progress.parts = {f"read and annotate: {part}": seconds for part, seconds in analysis.seconds.items()}
    report.add(*analysis.issues)
    report.count("articles", len(analysis.annotated))
    report.count("from cache", analysis.cached)
    with progress.stage("digest"):
        digests = find_digests(
            analysis.annotated,
            analysis.keys,
            cache,
            progress.meter("digest"),
            options.jobs,
            fetched=early.digests,
            folder=project.state,
            session=session,
        )
    with progress.stage("resolve and relate"), held_still():
        points_before = read_points(project.state / "points", corpus_version())
        reduced = reduce(analysis.annotated, decisions, digests, options.jobs, points_before, session=session)
    corpus = reduced.corpus
    for name in reduced.unmatched:
        report.warn(
            "unmatched-decision", project.entities.name, f"no entity is called {name}", "correct the name or remove it"
        )
    report.count("entities", len(corpus.entities))
    report.count("events", len(corpus.events))
    with progress.stage("pages and data"), held_still():
        publishable = _publishable(project, corpus, report)
        # Where nothing is withheld, mentions and key points are those of the whole corpus.
        whole = (reduced.mentions, reduced.points, reduced.once) if publishable is corpus else (None, None, None)
        points = corpus_points(publishable, reduced.candidates, *whole)
        origins = {id(one): key for one, key in zip(analysis.annotated, analysis.keys, strict=True)}
        sources = _Sources(gathered.seeds, begun.copies, analysis.memory, origins)
        pages_before = early.pages or _PagesBefore(project, session)
        built = _render(
            project,
            words,
            publishable,
            sources,
            registry=registry,
            report=report,
            points=points,
            before=pages_before,
            session=session,
        )
        return replace(built, points=reduced.memory)


class _Early:
    """Reads what later stages ask of articles that are known, while others load the engine for those that are new."""

    def __init__(self, ahead: Forerunners, cache: Cache, project: Project, session: Session) -> None:
        self._ahead = ahead
        self._cache = cache
        self._project = project
        self._session = session
        self.digests: Stowed | None = None
        self.pages: _PagesBefore | None = None

    def ready(self, known: Mapping[str, Annotated]) -> None:
        """Told which articles are known."""
        self._ahead.meanwhile = partial(self._read, dict(known))

    def _read(self, known: Mapping[str, Annotated]) -> None:
        with held_still():
            self.digests = fetch_digests(known, self._cache, self._project.state)
            for one in sorted(known.values(), key=lambda one: one.document.id):
                # They stay with the article.
                _ = marked_in(one), one.quotes
            self.pages = _PagesBefore(self._project, self._session)
            # What is needed after this process has waited for the others.
            load_gazetteer()
            import generator.site.driver  # noqa: F401, PLC0415 -- MkDocs is slow to load


def _publishable(project: Project, corpus: Corpus, report: Report) -> Corpus:
    stated = project.settings.publish
    withheld = withhold(corpus, Rights(stated.default, stated.sources, stated.seeds))
    for name in withheld.unmatched:
        report.warn(
            "unmatched-rights",
            project.settings_file.name,
            f"publish: nothing here is {name}",
            "correct it or remove it",
        )
    return withheld.corpus


def _decisions(project: Project) -> Decisions:
    if not project.entities.exists():
        return Decisions()
    return parse_decisions(text_of(project.entities), project.entities.name)


@dataclass(frozen=True, slots=True)
class _Sources:
    """The seeds, which copies of them stand below site_src/ by path, and what the next build needs to know of them."""

    seeds: Sequence[SeedFile | StandingSeed]
    copies: Mapping[str, str]
    memory: SeedMemory
    origins: Mapping[int, str]
    """What each document was read from and by, as the key of its analysis, by the identity of its object."""


def _render(
    project: Project,
    words: Words,
    corpus: Corpus,
    sources: _Sources,
    *,
    registry: Registry,
    report: Report,
    points: Mapping[str, tuple[Evidence, ...]],
    before: _PagesBefore,
    session: Session,
) -> Built:
    wanted = find_addresses(corpus, {})
    digests = {article.id: article.annotated.document.seed.sha256 for article in corpus.articles}
    settled = settle(
        registry,
        (Wanted(page, path.removesuffix(".md"), digests.get(page, "")) for page, path in wanted.pages.items()),
    )
    addresses = Addresses({page: f"{path}.md" for page, path in settled.paths.items()}, wanted.seeds)
    identity = read_identity(project)
    place = Place(identity.name, __version__, _build_time(), identity.address, words.page("feeds"))

    def origin(annotated: Annotated) -> str:
        return sources.origins.get(id(annotated), "")

    bundle = build_bundle(corpus, addresses.urls, place, origin)
    beside = _begin_beside(project, words, corpus, addresses, bundle=bundle, origin=origin)
    with ExitStack() as ending:
        ending.callback(beside.close)
        remembers = session.lasting and len(corpus.articles) <= MOST_REMEMBERED
        digested = session.hold("editions", "", Digested) if remembers else None
        history = next_edition(read_history(project.changes), corpus, digested)
        facts = SiteFacts(
            words=words,
            name=place.title,
            version=place.version,
            generated=place.generated,
            seeds=report.counts.get("seeds"),
            issues=tuple(report.issues),
            key_points=points,
            figures=published_figures(),
            downloads=bundle.data,
            tables=tuple(
                TableFacts(
                    table.name,
                    table.title,
                    len(table.rows),
                    tuple((column.name, column.type, column.description) for column in table.columns),
                )
                for table in bundle.tables
            ),
            feeds=bundle.feeds,
            history=history,
            linked=bundle.linked,
            citations=bundle.citations,
        )
        if before.damaged:
            report.warn("cache", "", before.damaged, "nothing needs to be done")
        pages = build_all(corpus, facts, addresses, before.memory, origin, session=session)
        copies = copy_seeds(corpus, sources.seeds, addresses, sources.copies)
        files = {**pages.files, SEARCH_PAGE: search_page(words.say, words.client()), **copies.files}
        files.update({f"{old}.html": redirect_page(old, new) for old, new in settled.redirects.items()})
        built = Built(
            files,
            len(corpus.articles),
            settled.registry,
            history,
            kept=pages.kept | copies.kept,
            memory=pages.memory,
            seeds=sources.memory,
            copies=copies.digests,
            beside=beside,
        )
        # Whoever takes it from here closes it.
        ending.pop_all()
        return built


def _begin_beside(
    project: Project, words: Words, corpus: Corpus, addresses: Addresses, *, bundle: Bundle, origin: Origin
) -> Awaited:
    """Begin to make data and search."""
    # Of the code that this process runs: another, forked later, would find the files that it may have been changed to.
    tables_made_by, search_made_by = tables_version(), search_version()

    def make() -> Beside:
        tables = read_tables(project.state / "tables", tables_made_by)
        made = bundle.make(tables, StandingTables(project.site_src, tables))
        search = build_search(
            corpus,
            addresses.urls,
            words.say,
            words.client(),
            signals=words.page("rule"),
            languages=words.page("language"),
            origin=origin,
            memory=read_search(project.state / "search", search_made_by),
            read=standing(project.site_src),
        )
        there = search.kept | {SEARCH_PAGE}
        index = {name: content for name, content in search.files.items() if name not in there}
        files, same = lay_out(made.files, project.site_src, project.state)
        return Beside({**files, **index}, sealed_search(search.memory), made.memory, made.kept | same | search.kept)

    names = frozenset((*bundle.data, *bundle.feeds.values()))
    jobs = (project.settings.jobs or processors()) if len(corpus.articles) >= PARALLEL_FILES else 1
    return begin(make, names, project.site_src, project.state, jobs)


class _PagesBefore:
    """What the last build left of the pages that stand as it wrote them."""

    def __init__(self, project: Project, session: Session) -> None:
        self.damaged = ""
        """Why nothing of it is believed, where that is to be told: once the pages know all that they tell."""
        self._remembered = project.state / "sources"
        self.memory = read_pages(self._remembered, project.site_src, rendering_version(), self._distrust, session)

    def _distrust(self) -> None:
        what = f"what {self._remembered} remembers of the pages"
        self.damaged = f"{what} is damaged or of another version; every page is made again"


def _words(project: Project, report: Report, session: Session) -> Words:
    """The words of the pages in the language of the settings; what its catalogue lacks is reported.

    While the session holds them, the templates that have them put in are compiled no second time.
    """
    file = project.catalogue
    stated = project.settings.language, text_of(file) if file.exists() else None, file.name
    words = session.hold("words", stated, lambda: speaking(*stated))
    if words.unsaid:
        report.warn(
            "untranslated",
            file.name,
            f"{len(words.unsaid)} texts are shown in English: {', '.join(words.unsaid[:_NAMED])}"
            f"{' …' if len(words.unsaid) > _NAMED else ''}",
            "translate them; keep the placeholders in braces",
        )
    return words


def _build_time() -> str:
    """The time of the build where the environment states it (SOURCE_DATE_EPOCH); never the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH={epoch}: not a number of seconds since 1970", "set it to a whole number or unset it"
        ) from error
