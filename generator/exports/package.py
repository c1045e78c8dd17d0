"""The data package: every table as CSV and JSON, described by a Frictionless `datapackage.json`.

Standard: Frictionless Data Package v1 (specs.frictionlessdata.io), RFC 4180 for CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.exports.blocks import DATABASE, Written, indented, write_tables
from generator.exports.rows import Table
from generator.exports.tables import build_tables
from generator.model import Corpus
from generator.recall import TableMemory

DESCRIPTOR = "datapackage.json"


def build_package(corpus: Corpus, addresses: Mapping[str, str], *, title: str, version: str) -> dict[str, bytes]:
    """File name (relative to the data folder) to content, deterministic.

    `addresses` maps ids of articles, entities and events to their addresses in the site.
    """
    return package_files(build_tables(corpus, addresses), title=title, version=version).files


def package_files(
    tables: Sequence[Table],
    *,
    title: str,
    version: str,
    memory: TableMemory | None = None,
    read: Callable[[str], bytes] = lambda name: b"",
) -> Written:
    """What `build_package` gives, from tables that are built already, with what the last build left of them.

    See `write_tables` for `memory` and `read`.
    """
    written = write_tables(tables, memory or TableMemory(), read)
    return Written({**written.files, DESCRIPTOR: indented(_descriptor(tables, title, version))}, written.memory)


def package_names(tables: Iterable[Table]) -> tuple[str, ...]:
    """The names of the files that `package_files` makes."""
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
