"""Gazetteers, patterns and glossaries: data files, their sources and licences, and their loader.

`SOURCES.yml` beside the files names where each comes from and under which licence.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import yaml


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of the CSV file `name` of this package, keyed by its header; cells are stripped.

    Raises `FileNotFoundError` where the package has no such file.
    """
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    # By hand, since csv.DictReader takes three times as long, and gazetteers are most of what a build waits for.
    lines = csv.reader(StringIO(text))
    header = next(lines)
    nothing = [""] * len(header)
    return [
        dict(zip(header, [*map(str.strip, cells), *nothing[len(cells) :]], strict=False)) for cells in lines if cells
    ]


def read_tree(name: str) -> Any:
    """The content of the YAML file `name` of this package: dicts, lists and scalars.

    Raises `FileNotFoundError` where the package has no such file.
    """
    return parsed(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def parsed(text: str) -> Any:
    """The value that the YAML `text` of a file of this package holds."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both loaders are safe ones; the C one is ten times faster


@cache
def common_words() -> Mapping[str, int]:
    """The common words of English, inflected, in lower case, to the rank up to which their family is common.

    Of the ranks the file has those that its rows begin with: 200, 2,000 and so on. What is not there is a rarer word.
    """
    return {word: int(row["rank"]) for row in read_rows("common-words.csv") for word in row["words"].split()}


def data_names() -> tuple[str, ...]:
    """The names of the files of this package, sorted."""
    return tuple(sorted(one.name for one in files(__package__).iterdir()))
