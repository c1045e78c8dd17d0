"""Data and search, made beside the pages: neither needs what the other makes, so two processors do them at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from generator.pipeline.aside import aside
from generator.publish.files import holds
from generator.publish.manifest import read_manifest
from generator.recall import SearchMemory, TableMemory

# Below this many articles the files take less than a tenth of a second, and another process is not worth its start.
PARALLEL_FILES = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """The files that are no pages, and what the next build needs to make less of them anew."""

    files: Mapping[str, bytes]
    """Content by path below site_src/."""
    search: SearchMemory
    tables: TableMemory
    kept: frozenset[str] = field(default_factory=frozenset)
    """Paths of generated files that stand there with the content that they are to have; they are not in `files`."""


class _Told(msgspec.Struct, frozen=True):
    """What one process tells the other, besides the contents."""

    sizes: dict[str, int]
    search: SearchMemory
    tables: TableMemory
    kept: list[str]


@contextmanager
def meanwhile(work: Callable[[], Beside], site_src: Path, spool: Path, jobs: int) -> Iterator[Callable[[], Beside]]:
    """Have `work` done during the block, on one of `jobs` processes; what it is given waits for what came of it.

    Another process inherits all that `work` reads, compares what it made with what stands in `site_src`, and hands over
    what differs in a file without a name in the folder `spool`: hundreds of megabytes take long through a pipe.
    """
    if jobs < 2:
        yield work
        return
    try:
        file = TemporaryFile(dir=spool)  # noqa: SIM115 -- closed by the block below
    except OSError:
        yield work
        return
    with file, aside(lambda: _put(work(), site_src, file), jobs) as outcome:
        yield lambda: _taken(outcome(), file)


def _put(made: Beside, site_src: Path, file: IO[bytes]) -> bytes:
    generated = read_manifest(site_src)
    root = os.fspath(site_src)
    kept = [name for name, content in made.files.items() if name in generated and holds(f"{root}/{name}", content)]
    same = frozenset(kept)
    changed = {name: content for name, content in made.files.items() if name not in same}
    # Whoever tried before may have written some of it.
    file.seek(0)
    for content in changed.values():
        file.write(content)
    file.flush()
    sizes = {name: len(content) for name, content in changed.items()}
    return msgspec.msgpack.encode(_Told(sizes, made.search, made.tables, [*made.kept, *kept]))


def _taken(told: bytes, file: IO[bytes]) -> Beside:
    one = msgspec.msgpack.decode(told, type=_Told)
    file.seek(0)
    files = {name: file.read(size) for name, size in one.sizes.items()}
    return Beside(files, one.search, one.tables, frozenset(one.kept))
