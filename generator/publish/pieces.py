"""Files that are put together from new bytes and from stretches of the files that they replace."""

from __future__ import annotations

import filecmp
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from generator.publish.files import temporary_name
from generator.publish.writer import Content
from generator.recall import Cut, Made, Pieced

# So much is copied at once: it stays in the processor's cache on the way.
_STEP = 1 << 18


def lay_out(files: Mapping[str, Made], folder: Path, spool: Path) -> tuple[dict[str, Content], frozenset[str]]:
    """`files` as the writer takes them, those in pieces put together as temporary files in the folder `spool`.

    Also the names of those in pieces that come out as they stand below `folder`; they are not among the files.
    Raises `OSError`.
    """
    found: dict[str, Content] = {}
    same: set[str] = set()
    for name, made in files.items():
        if not isinstance(made, Pieced):
            found[name] = made
            continue
        target = spool / temporary_name(name)
        _put_together(made, folder / name, target)
        if filecmp.cmp(folder / name, target, shallow=False):
            target.unlink()
            same.add(name)
        else:
            found[name] = target
    return found, frozenset(same)


def _put_together(made: Pieced, standing: Path, target: Path) -> None:
    """Write `made` to the new file `target`, with what it takes of the file `standing`."""
    with standing.open("rb", buffering=0) as source, target.open("wb") as out:
        for piece in made.pieces:
            if isinstance(piece, Cut):
                _copy(source, piece, out)
            else:
                out.write(piece)


def _copy(source: BinaryIO, cut: Cut, out: BinaryIO) -> None:
    source.seek(cut.begin)
    left = cut.end - cut.begin
    while left:
        some = source.read(min(left, _STEP))
        if not some:
            raise OSError(0, "shorter than it was", source.name)
        out.write(some)
        left -= len(some)
