"""Texts out of files that people write, YAML above all, as one line without what no page may carry."""

from __future__ import annotations

from generator.encode.markdown import one_line


def plain(text: str) -> str:
    r"""`text` normalised, white space folded, the halves of a character that JSON and YAML escape in two made one.

    A YAML reader takes `"\ud83d\ude00"`, the way JSON writes a face, for two lone surrogates.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return " ".join(one_line(text).split())
