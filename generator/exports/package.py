"""The data package: every table as CSV and JSON, described by a Frictionless `datapackage.json`.

Standard: Frictionless Data Package v1 (specs.frictionlessdata.io), RFC 4180 for CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from generator.encode.csv import encode_csv
from generator.exports.blocks import Form, Run, indented, json_form, write_rows
from generator.exports.database import Kept, build_database
from generator.exports.rows import Table
from generator.recall import Blocks, Made

DATABASE = "briefing.sqlite"
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a data package, and what the next build needs to write less of them anew."""

    files: dict[str, Made]
    """Content by name."""
    kept: frozenset[str]
    """Names of those that stand as they are to be; they are not in `files`."""
    blocks: dict[str, Blocks]
    """By name of the table."""


def build_package(
    tables: Sequence[Table],
    *,
    title: str,
    version: str,
    last: Mapping[str, Blocks] = MappingProxyType({}),
    read: Callable[[str], bytes] = lambda name: b"",
    stands: Callable[[str], bool] = lambda name: False,
) -> Package:
    """`tables` as CSV and JSON each, as a database together, and what describes them. Equal tables give equal bytes.

    What is left of the last build changes nothing of that: `last` says how it wrote the tables, `stands` whether a file
    is there as it wrote it, `read` gives the bytes of one that is.
    """
    files: dict[str, Made] = {DESCRIPTOR: indented(_descriptor(tables, title, version))}
    kept: set[str] = set()
    blocks: dict[str, Blocks] = {}
    runs: dict[str, list[Run]] = {}
    for table in tables:
        written = write_rows(table.rows, _forms(table), last.get(table.name, Blocks()), stands)
        files.update(written.files)
        kept.update(written.kept)
        blocks[table.name], runs[table.name] = written.blocks, written.runs
    standing = stands(DATABASE)
    if standing and blocks == last:
        return Package(files, frozenset({*kept, DATABASE}), blocks)
    known = standing and any(isinstance(run, range) for run in chain.from_iterable(runs.values()))
    files[DATABASE] = build_database(tables, Kept(read(DATABASE), runs) if known else None)
    return Package(files, frozenset(kept), blocks)


def _forms(table: Table) -> tuple[Form, Form]:
    header = [column.name for column in table.columns]
    head = encode_csv(header, ()).encode()
    return (
        Form(f"{table.name}.csv", lambda rows: encode_csv(None, rows).encode(), before=head, empty=head),
        json_form(f"{table.name}.json", lambda rows: indented([dict(zip(header, row, strict=True)) for row in rows])),
    )


def package_names(tables: Iterable[Table]) -> tuple[str, ...]:
    """The names of the files that `build_package` makes."""
    return (*(f"{table.name}.{kind}" for table in tables for kind in ("csv", "json")), DATABASE, DESCRIPTOR)


def _descriptor(tables: Iterable[Table], title: str, version: str) -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "briefing-data",
        "title": title,
        "version": version,
        "description": (
            "Offsets are code points into the decoded seed text, end exclusive, line ends as in the file. "
            "In CSV, lists are joined with '; ', an unknown value is empty, and a cell that a spreadsheet would "
            "run as a formula has one apostrophe in front; the JSON files hold the exact values."
        ),
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            # Frictionless arrays are JSON inside a cell; ours are joined text, so CSV declares a string.
            {
                "name": column.name,
                "type": "string" if column.type == "array" else column.type,
                "description": column.description,
            }
            for column in table.columns
        ],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": target, "fields": "id"}}
            for column, target in table.foreign_keys
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
