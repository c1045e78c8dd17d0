"""What tells languages apart: py3langid, its tables unpacked in one go."""

from __future__ import annotations

import lzma
from array import array
from functools import cache
from io import BytesIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

# Languages that news is hardly written in and that short English or Romance text is mistaken for.
LOOKALIKES = frozenset({"pcm", "la", "eo", "ia", "ie", "io", "vo", "jam", "sco", "an", "oc", "wa", "fur", "lmo", "nrm"})
_TYPES = {2: "H", 4: "I", 8: "Q"}


@cache
def load_identifier() -> LanguageIdentifier:
    """What tells languages apart: 70 MB of tables, packed in the package of py3langid."""
    try:
        identifier = _unpacked()
    except (OSError, EOFError, KeyError, TypeError, ValueError, lzma.LZMAError, BadZipFile):
        # Another version keeps its tables in another form, and reads it.
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # What cannot be before a text is read cannot be after it. `set_languages` would copy the table for that, a third of
    # the time of loading it, and leave it column by column, where a text reads some hundred rows.
    unlikely = [code in LOOKALIKES for code in identifier.nb_classes]
    identifier.nb_pc = np.where(unlikely, np.float32(-np.inf), identifier.nb_pc)
    return identifier


def _unpacked() -> LanguageIdentifier:
    """As `LanguageIdentifier.from_model_file`, which unpacks 8 KB at a time and so waits for other threads each time.

    In one go it takes no turn of the interpreter at all. Raises a number of errors where the tables are not as known.
    """
    with np.load(BytesIO(lzma.decompress((MODEL_DIR / MODEL_FILE).read_bytes())), allow_pickle=False) as tables:
        return LanguageIdentifier(
            tables["ptc"],
            tables["pc"],
            tables["classes"].tolist(),
            _plain(tables["nextmove"]),
            tables["out_feat"].tolist(),
            norm_probs=True,
            tk_row=_plain(tables["nextmove_row"]),
        )


def _plain(numbers: NDArray[np.unsignedinteger]) -> array[int]:
    """`numbers` as Python reads them one by one, three times as quickly as those of numpy."""
    found = array(_TYPES[numbers.itemsize])
    found.frombytes(np.ascontiguousarray(numbers).data.cast("B"))
    return found
