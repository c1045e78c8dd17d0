"""Data and search, made beside the pages: neither needs what the other makes, so two processors do them at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from generator.pipeline.aside import aside
from generator.pipeline.collector import held_still
from generator.publish.built import Awaited, Beside
from generator.publish.files import faults_named, holds, temporary_name
from generator.publish.manifest import read_manifest
from generator.publish.writer import Content
from generator.recall import TableMemory

# Below this many articles the files take less than a tenth of a second, and another process is not worth its start.
PARALLEL_FILES = 200


# What is remembered of the search index, until it is put down.
_SEARCH = temporary_name("search")


class _Told(msgspec.Struct, frozen=True):
    """What one process tells the other, besides the contents."""

    files: list[str]
    tables: TableMemory
    kept: list[str]


def begin(work: Callable[[], Beside], names: frozenset[str], site_src: Path, spool: Path, jobs: int) -> Awaited:
    """Have `work` begun on one of `jobs` processes, which makes files of these `names` and others.

    Another process inherits all that `work` reads, compares what it made with what stands in `site_src`, and writes
    what differs into the folder `spool`, as temporary files: hundreds of megabytes take long through a pipe.
    """
    if jobs < 2:
        made = work()
        return Awaited(names, lambda: made)
    # Whoever has what comes of this closes it.
    ending = ExitStack()
    outcome = ending.enter_context(aside(lambda: _put(work(), site_src, spool), jobs))

    def take() -> Beside:
        with held_still(), faults_named(spool):
            return _taken(outcome(), spool)

    return Awaited(names, take, ending.close, outcome.there)


def _put(made: Beside, site_src: Path, spool: Path) -> bytes:
    generated = read_manifest(site_src)
    kept: list[str] = []
    changed: list[str] = []
    for name, content in made.files.items():
        if name in generated and isinstance(content, bytes) and holds(f"{site_src}/{name}", content):
            kept.append(name)
            continue
        _hand_over(content, spool / temporary_name(name))
        changed.append(name)
    _hand_over(made.search, spool / _SEARCH)
    return msgspec.msgpack.encode(_Told(changed, made.tables, [*made.kept, *kept]))


def _taken(told: bytes, spool: Path) -> Beside:
    one = msgspec.msgpack.decode(told, type=_Told)
    files = {name: spool / temporary_name(name) for name in one.files}
    return Beside(files, spool / _SEARCH, one.tables, frozenset(one.kept))


def _hand_over(content: Content, file: Path) -> None:
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        content.replace(file)
