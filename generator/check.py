"""`briefing check`: the published data against the seeds. Whoever doubts the site can run the proof.

For each seed: that its bytes are those that were published; that each of its characters is in exactly
one place; that every published span says what the seed says there. For the site: that every address in
the data is there and that no page links into the void.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.cache import Cache
from generator.clean.ledger import account
from generator.errors import UsageError
from generator.model import Annotated, Issue
from generator.parsing import read_json
from generator.pipeline.analyse import Options, analyse
from generator.pipeline.gather import gather
from generator.read.limits import Limits
from generator.report import Report, printable
from generator.settings import Project
from generator.site.links import find_flaws

# Tables whose rows quote the seed, and the column that does.
QUOTING = {"mentions": "surface", "dates": "surface", "glosses": "surface", "removals": "text", "quotes": "text"}
_SHOWN = 3  # so many faults of a kind per seed show what is wrong; the count tells how much


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    message: str


def check_project(project: Project, report: Report) -> tuple[str, ...]:
    """Prove the published site of `project`; one line for each seed. Faults are recorded as errors.

    Counts `seeds`, `characters` and `spans` that were checked. Raises `UsageError` where there is no site.
    """
    report.state, report.place = "checked", f"{project.site}/"
    tables = _tables(project.site / "data")
    annotated = _analysed(project, report)
    copies = frozenset(_digest(path) for path in (project.site / "seeds").glob("*"))
    quoting = {table: _by_article(tables.get(table, ())) for table in QUOTING}
    lines = [
        _check_article(row, annotated.get(row["seed"]), copies, quoting, report)
        for row in sorted(tables["articles"], key=lambda row: str(row["seed"]))
    ]
    published = {row["seed"] for row in tables["articles"]}
    for name in sorted(annotated.keys() - published):
        _fault(report, "not-published", name, "this seed is not in the published site", "build again")
    _check_addresses(project.site, tables, report)
    for flaw in find_flaws(project.site):
        _fault(report, "dead-link", flaw.page, flaw.problem, "build again; if it stays, report it")
    return tuple(lines)


def _check_article(
    row: Mapping[str, Any],
    annotated: Annotated | None,
    copies: frozenset[str],
    quoting: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]],
    report: Report,
) -> str:
    name, key = str(row["seed"]), str(row["id"])
    report.count("seeds")
    if annotated is None:
        _fault(report, "seed-gone", name, "published, but there is no such readable seed any more", "build again")
        return f"{printable(name)}: not there"
    document = annotated.document
    faults: list[_Fault] = []
    if document.seed.sha256 != row["seed_sha256"]:
        faults.append(_Fault("seed-changed", "the seed is not the one that was published"))
    if row["publish"] == "full" and row["seed_sha256"] not in copies:
        faults.append(_Fault("copy-differs", "the untouched seed is not beside the pages"))
    text = document.seed.text
    report.count("characters", len(text))
    faults.extend(
        _Fault("unaccounted", f"characters {fault.span.start} to {fault.span.end}: {fault.kind}")
        for fault in account(document)
    )
    checked = 0
    for table, column in QUOTING.items():
        for entry in quoting[table].get(key, ()):
            checked += 1
            faults.extend(_span_faults(table, column, entry, text))
    report.count("spans", checked)
    for code in dict.fromkeys(fault.code for fault in faults):
        found = [fault.message for fault in faults if fault.code == code]
        more = f" (and {len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
        _fault(
            report, code, name, "; ".join(found[:_SHOWN]) + more, "build again; if it stays, report it with the seed"
        )
    outcome = f"{len(faults)} faults" if faults else "proved"
    return f"{printable(name)}: {len(text)} characters each in one place, {checked} spans; {outcome}"


def _span_faults(table: str, column: str, entry: Mapping[str, Any], text: str) -> Iterator[_Fault]:
    start, end = entry["start"], entry["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        yield _Fault("bad-span", f"{table}: {start} to {end} is no stretch of the seed")
        return
    said, stands = str(entry[column] or ""), text[start:end]
    # Quotes are published as shown: marks that open each paragraph anew, mojibake and spacing are mended there.
    same = _letters(said) == _letters(stands) if table == "quotes" else said == stands
    if not same:
        yield _Fault("wrong-text", f"{table}: {start} to {end} reads {stands[:40]!r}, published as {said[:40]!r}")


def _fault(report: Report, code: str, where: str, message: str, remedy: str) -> None:
    report.add(Issue("error", code, where, message, remedy))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _by_article(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(str(row["article"]), []).append(row)
    return grouped


def _check_addresses(site: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], report: Report) -> None:
    for table in ("articles", "entities", "events"):
        for row in tables.get(table, ()):
            url = str(row.get("url") or "")
            report.count("addresses")
            if not url or not (site / url / "index.html" if url.endswith("/") else site / url).is_file():
                where = f"data/{table}.json"
                _fault(report, "dead-address", where, f"{row['id']}: {url or 'no address'} is not there", "build again")


def _tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    remedy = "run `briefing build` first"
    try:
        package = read_json((folder / "datapackage.json").read_bytes())
        names = {str(resource["name"]) for resource in package["resources"]}
        tables = {name: read_json((folder / f"{name}.json").read_bytes()) for name in sorted(names)}
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}", remedy) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder}: not a data package of Briefing: {error}", remedy) from error
    if "articles" not in tables:
        raise UsageError(f"{folder}: there is no table of articles", remedy)
    return tables


def _analysed(project: Project, report: Report) -> dict[str, Annotated]:
    limits = project.settings.limits
    bounds = Limits(size=limits.size, lines=limits.lines, line=limits.line)
    gathered = gather(project.seeds, limits.size)
    options = Options(bounds, project.settings.nlp.model or None)
    cache = Cache.open(project.state / "cache.sqlite")
    try:
        analysis = analyse(gathered.seeds, options, cache, lambda _done, _total: None)
    finally:
        cache.close()
    report.add(*(_noted(issue) for issue in (*gathered.issues, *analysis.issues) if issue.severity == "error"))
    return {annotated.document.seed.name: annotated for annotated in analysis.annotated}


def _noted(issue: Issue) -> Issue:
    """A quarantined seed is known since the build; for the proof it is a note."""
    return Issue("info", issue.code, issue.seed, issue.message, issue.remedy)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
