"""What a per-seed result depends on besides its seed, as one digest: code, data files, settings, spaCy and model."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from sqlite3 import sqlite_version
from unicodedata import unidata_version
from zlib import ZLIB_RUNTIME_VERSION

from generator.annotate.models import candidates
from generator.pipeline.tasks import Options
from generator.read.limits import Limits

# Modules whose text decides what the cached result of a seed is.
PER_SEED = (
    "aligned.py",
    "model.py",
    "hangul.py",
    "slug.py",
    "chronology",
    "read",
    "clean",
    "describe",
    "annotate",
    "data",
)

# Of the data files those that no stage over a seed or the corpus reads: pages alone do.
OF_PAGES = re.compile(r"data/(?:ui\.[^/]+\.yml|figures\.json|outlines\.csv|SOURCES\.yml)")

# Modules whose text decides what becomes of the answers that a page is given.
RENDERING = (
    "aligned.py",
    "model.py",
    "slug.py",
    "errors.py",
    "recall.py",
    "parsing.py",
    "session.py",
    "corpus",
    "data",
    "encode",
    "exports",
    "lazy",
    "pages",
)

# Those that decide what becomes of a document or a row that the last build's tables and feeds have already.
TABLES = ("recall.py", "encode", "exports", "lazy")

# Those that decide what becomes of a document or a shard that the last build's search index has already.
SEARCH = ("recall.py", "lazy", "search")

# Modules whose text decides what is kept of the engine's data in the form in which it is used.
FORMS = (
    "aligned.py",
    "model.py",
    "hangul.py",
    "sieve.py",
    "annotate/mentions",
    "corpus/resolve",
    "data",
    "pipeline/ready.py",
)


def stage_version(options: Options) -> str:
    """A digest of the code, the data files and the settings that a per-seed result depends on.

    A word of a page that is put otherwise does not have every seed read again.
    """
    models = [("spacy", _version("spacy")), *((name, _version(name)) for name in candidates(options.model))]
    return _digest(repr((options.limits, models, options.glossary)), PER_SEED, without=OF_PAGES)


def corpus_version() -> str:
    """A digest of the code that the digest of a document depends on besides what its analysis depends on."""
    libraries = ("numpy", "rapidfuzz", "rensa", "snowballstemmer")
    return _digest(repr([(name, _version(name)) for name in libraries]), ("corpus",))


@cache
def heads_version() -> str:
    """A digest of the code that makes the head of an analysis out of the analysis."""
    return _digest(_version("msgspec"), ("lazy",))


def forms_version() -> str:
    """A digest of what decides what comes of a pattern or a tree of the engine's data, and of its gazetteers."""
    libraries = [(name, _version(name)) for name in ("anyascii", "msgspec", "pyyaml")]
    return _digest(repr((sys.version, sys.byteorder, libraries)), FORMS, without=OF_PAGES)


def rendering_version() -> str:
    """A digest of the code and the data files that make a page out of what it asks of the corpus."""
    return _digest(repr([(name, _version(name)) for name in ("jinja2", "markupsafe", "msgspec")]), RENDERING)


def seeds_version(limits: Limits) -> str:
    """A digest of the code and the settings that decide which bytes are a seed, and which of its lines may recur."""
    stated = repr((limits, unidata_version, _version("charset-normalizer"), _version("pyyaml")))
    return _digest(stated, ("model.py", "recall.py", "parsing.py", "encode", "read", "pipeline/recurring.py"))


def tables_version() -> str:
    """A digest of the code that writes tables, and of the library that a database of them depends on to the byte."""
    libraries = [sqlite_version, *((name, _version(name)) for name in ("msgspec",))]
    return _digest(repr(libraries), TABLES)


def search_version() -> str:
    """A digest of the code that makes words and files of the search index out of texts and numbers."""
    libraries = [unidata_version, ZLIB_RUNTIME_VERSION, *((name, _version(name)) for name in ("msgspec", "numpy"))]
    return _digest(repr(libraries), SEARCH)


@cache
def _digest(stated: str, modules: tuple[str, ...], *, without: re.Pattern[str] | None = None) -> str:
    """The digest of `stated` and of the files of `modules`, as they were when it was asked for first.

    A process that builds again and again runs the code and the data that it has loaded, whatever becomes of the files.
    """
    digest = hashlib.sha256(stated.encode())
    root = files("generator")
    for name in modules:
        for path, content in _contents(root.joinpath(name), name):
            if without is None or not without.fullmatch(path):
                digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


@cache
def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _contents(place: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        if not path.endswith(".pyc"):
            yield path, place.read_bytes()
    elif place.is_dir():
        for child in sorted(place.iterdir(), key=lambda child: child.name):
            yield from _contents(child, f"{path}/{child.name}")
