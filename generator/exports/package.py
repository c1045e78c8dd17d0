"""The data package: every table as CSV and JSON, described by a Frictionless `datapackage.json`.

Standard: Frictionless Data Package v1 (specs.frictionlessdata.io), RFC 4180 for CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.encode.csv import encode_csv
from generator.exports.database import build_database
from generator.exports.tables import Table, build_tables
from generator.model import Corpus


def build_package(corpus: Corpus, addresses: Mapping[str, str], *, title: str, version: str) -> dict[str, bytes]:
    """File name (relative to the data folder) to content, deterministic.

    `addresses` maps ids of articles, entities and events to their addresses in the site.
    """
    return package_files(build_tables(corpus, addresses), title=title, version=version)


def package_files(tables: Sequence[Table], *, title: str, version: str) -> dict[str, bytes]:
    """What `build_package` gives, from tables that are built already."""
    files: dict[str, bytes] = {}
    for table in tables:
        header = [column.name for column in table.columns]
        files[f"{table.name}.csv"] = encode_csv(header, table.rows).encode()
        files[f"{table.name}.json"] = _json([dict(zip(header, row, strict=True)) for row in table.rows])
    files["briefing.sqlite"] = build_database(tables)
    files["datapackage.json"] = _json(_descriptor(tables, title, version))
    return files


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


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
