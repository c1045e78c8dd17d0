"""What tells languages apart: py3langid, its tables unpacked in one go."""

from __future__ import annotations

import lzma
import math
import struct
from array import array
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_magic
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

# Languages that news is hardly written in and that short English or Romance text is mistaken for.
LOOKALIKES = frozenset({"pcm", "la", "eo", "ia", "ie", "io", "vo", "jam", "sco", "an", "oc", "wa", "fur", "lmo", "nrm"})
# No header of an array in an archive is longer.
_HEAD = 4096
_TYPES = {2: "H", 4: "I", 8: "Q"}


_loaded: list[LanguageIdentifier] = []


def load_identifier(unpacked: Callable[[bytes], bytes] = lzma.decompress) -> LanguageIdentifier:
    """What tells languages apart: 68 MB of tables, packed in the package of py3langid.

    They are loaded once for each process; `unpacked` is what unpacks them then, and may put other bytes before them.
    """
    if not _loaded:
        try:
            identifier = _made(_arrays(unpacked((MODEL_DIR / MODEL_FILE).read_bytes())))
        except (OSError, EOFError, KeyError, TypeError, ValueError, lzma.LZMAError, BadZipFile, struct.error):
            # Another version keeps its tables in another form, and reads it.
            identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        # What cannot be before a text is read cannot be after it. `set_languages` would copy the table for that, a
        # third of the time of loading it, and leave it column by column, where a text reads some hundred rows.
        unlikely = [code in LOOKALIKES for code in identifier.nb_classes]
        identifier.nb_pc = np.where(unlikely, np.float32(-np.inf), identifier.nb_pc)
        _loaded.append(identifier)
    return _loaded[0]


def _made(tables: Mapping[str, NDArray[Any]]) -> LanguageIdentifier:
    """As `LanguageIdentifier.from_model_file`, which unpacks 8 KB at a time and so waits for other threads each time.

    In one go it takes no turn of the interpreter at all. Raises a number of errors where the tables are not as known.
    """
    return LanguageIdentifier(
        tables["ptc"],
        tables["pc"],
        tables["classes"].tolist(),
        _plain(tables["nextmove"]),
        tables["out_feat"].tolist(),
        norm_probs=True,
        tk_row=_plain(tables["nextmove_row"]),
    )


def _arrays(packed: bytes) -> dict[str, NDArray[Any]]:
    """The arrays of numpy's archive `packed`, none of which is compressed, where they stand in it.

    To have zipfile read them takes three times as long. What stands before the archive is passed over.
    """
    view = memoryview(packed)
    found: dict[str, NDArray[Any]] = {}
    with ZipFile(BytesIO(packed)) as archive:
        for entry in archive.infolist():
            if entry.compress_type != ZIP_STORED:
                raise ValueError(entry.filename)
            # Before the content stand a header, the name, and something else that need not be as in the directory.
            name, other = struct.unpack_from("<HH", view, entry.header_offset + 26)
            start = entry.header_offset + 30 + name + other
            head = BytesIO(view[start : start + min(entry.file_size, _HEAD)])
            if read_magic(head) != (1, 0):
                raise ValueError(entry.filename)
            shape, by_column, kind = read_array_header_1_0(head)
            if by_column or kind.hasobject:
                raise ValueError(entry.filename)
            array = np.frombuffer(view, kind, math.prod(shape), start + head.tell())
            found[entry.filename.removesuffix(".npy")] = array.reshape(shape)
    return found


def _plain(numbers: NDArray[np.unsignedinteger]) -> array[int]:
    """`numbers` as Python reads them one by one, three times as quickly as those of numpy."""
    found = array(_TYPES[numbers.itemsize])
    found.frombytes(np.ascontiguousarray(numbers).data.cast("B"))
    return found
