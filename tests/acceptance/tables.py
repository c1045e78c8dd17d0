"""The published data package, read as a stranger would: from its JSON files."""

from __future__ import annotations

import json
from pathlib import Path

Row = dict[str, object]


class Tables:
    """The tables of a data package in `folder`; `seeds` is the folder of the seeds it was made from."""

    def __init__(self, folder: Path, seeds: Path) -> None:
        self._folder = folder
        self._seeds = seeds

    def __getitem__(self, name: str) -> list[Row]:
        rows: list[Row] = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
        return rows

    def seed_text(self, name: str) -> str:
        """The seed's text as in the file."""
        return (self._seeds / name).read_bytes().decode()
