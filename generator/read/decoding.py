"""Which encoding a seed is in, and its text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

# A UTF-32 mark begins like a UTF-16 one, so the longer stand first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|coding|encoding)\s{0,4}[=:]\s{0,4}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# A declaration stands at the head of a file, as in HTML, where browsers look at the first 1,024 bytes.
_HEAD = 1024
# Detection looks at this much: enough to tell encodings apart, little enough to be quick on a long transcript.
_SAMPLE = 60_000
# The encodings that saved articles come in besides Unicode. East Asian ones are tried for strict validity.
_EAST_ASIAN = ("cp949", "cp932", "euc_jp", "gb18030", "big5")
_LATIN = ("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "koi8_r")
# Characters that everyday text of each East Asian encoding is made of, to score a valid decoding by.
_COMMON: dict[str, re.Pattern[str]] = {
    "cp949": re.compile(r"[가-힣]"),
    "cp932": re.compile(r"[ぁ-んァ-ヶー、。一-龠]"),
    "euc_jp": re.compile(r"[ぁ-んァ-ヶー、。一-龠]"),
    "gb18030": re.compile(
        r"[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经，。]"
    ),
    "big5": re.compile(
        r"[的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經，。]"
    ),
}
# Encodings that share most letters with Western European; a short text cannot tell them apart by frequency.
_LOOKALIKES = frozenset({"cp1250", "cp1252", "cp1254", "cp1257", "iso8859_2"})
# The letters beyond ASCII that the languages of each encoding use; the best fit wins.
_EASTERN = {
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽáéíýúőűăîâşţ",
    "cp1254": "ğışçöüİŞĞÇÖÜ",
    "cp1257": "āčēģīķļņšūžąęėįųĀČĒĢĪĶĻŅŠŪŽ",
}
# Read as Western European, Polish, Czech, Turkish and Baltic words have signs in the place of letters.
_MISREAD = re.compile(r"[^\W\d_][¹³¿¼¾½µ¢¤¥¦¶¸ðþÐÞýÝ]|[¹³¼¾½¢¤¥¦¶¸ðþÐÞ][^\W\d_]")
# Letters of other encodings hardly ever follow each other so that they make a character of UTF-8: where so many are
# whole for each broken place, it was not chance that made them.
_WHOLE = 4
_BROKEN = re.compile("\ufffd+")
_KANA = re.compile(r"[ぁ-んァ-ヶー]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a seed and the Python name of the encoding it was read in."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded | None:
    """The text of `raw`, or `None` where no encoding makes text of it.

    In order: a byte order mark, UTF-16 without one, UTF-8, what the file declares, UTF-8 that was damaged, East
    Asian encodings that decode it without error into everyday characters, and what charset-normalizer takes it for.
    A byte order mark is not part of the text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            body = raw[len(mark) :]
            return _attempt(body, encoding) or Decoded(body.decode(encoding, errors="replace"), encoding)
    wide = _unmarked_utf16(raw)
    if wide:
        return wide
    return (
        _attempt(raw, "utf-8")
        or _declared(raw)
        or _damaged_utf8(raw, _WHOLE)
        or _east_asian(raw)
        or _detected(raw)
        or _damaged_utf8(raw, 0)
    )


def _attempt(raw: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _damaged_utf8(raw: bytes, least: int) -> Decoded | None:
    """A UTF-8 file with a few broken places is still a UTF-8 file: at most one in fifty characters.

    At least `least` characters beyond ASCII must be whole for each broken place.
    """
    text = raw.decode("utf-8", errors="replace")
    broken = len(_BROKEN.findall(text))
    whole = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    return Decoded(text, "utf-8") if whole >= least * broken and broken * 50 <= len(text) else None


def _unmarked_utf16(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark: it has NULs, which text in no other encoding has, and reads as words and spaces."""
    if b"\x00" not in raw[:_SAMPLE] or len(raw) % 2:
        return None
    best: tuple[int, Decoded] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        decoded = _attempt(raw, encoding)
        if decoded is None:
            continue
        sample = decoded.text[:_SAMPLE]
        plain = sum(sample.count(character) for character in " \n\r,.\u3002\u3001")
        readable = sum(character.isalnum() or " " <= character <= "~" or character in "\r\n\t" for character in sample)
        # Misread, the bytes become characters of rarely used blocks, and the spaces go. Every script has a space,
        # a line end or a full stop at least once in fifty characters, and nineteen of twenty are readable.
        if plain * 50 >= len(sample) and readable * 20 >= len(sample) * 17 and (best is None or plain > best[0]):
            best = (plain, decoded)
    return best[1] if best else None


def _declared(raw: bytes) -> Decoded | None:
    match = _DECLARED.search(raw[:_HEAD])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    try:
        return _attempt(raw, name)
    except (ValueError, AttributeError, TypeError):
        return None


def _east_asian(raw: bytes) -> Decoded | None:
    best: tuple[float, Decoded] | None = None
    for encoding in _EAST_ASIAN:
        decoded = _attempt(raw, encoding)
        if decoded is None:
            continue
        wide = [character for character in decoded.text[:_SAMPLE] if character > "\x7f"]
        if not wide:
            continue
        sample = "".join(wide)
        share = len(_COMMON[encoding].findall(sample)) / len(sample)
        if encoding in ("cp932", "euc_jp") and not _KANA.search(sample):
            continue
        # The common characters of Chinese are a third of running text and a few percent of misread bytes;
        # Korean and Japanese text is nearly all hangul, kana and kanji.
        weight = share if encoding in ("cp949", "cp932", "euc_jp") else share * 2.4
        floor = 0.75 if encoding in ("cp949", "cp932", "euc_jp") else 0.35
        if weight >= floor and (best is None or weight > best[0]):
            best = (weight, decoded)
    return best[1] if best else None


def _detected(raw: bytes) -> Decoded | None:
    """What charset-normalizer takes it for, among the single-byte encodings that articles are saved in."""
    best = from_bytes(raw[:_SAMPLE], cp_isolation=[*_LATIN, *_EAST_ASIAN]).best()
    guess = best.encoding if best else "cp1252"
    if guess in _LOOKALIKES:
        western = _attempt(raw, "cp1252")
        if western and not _MISREAD.search(western.text):
            return western
        fitting = [(_letters(raw, encoding), encoding) for encoding in _EASTERN]
        guess = max(fitting)[1] if max(fitting)[0] else guess
    return _attempt(raw, guess) or _attempt(raw, "cp1252")


def _letters(raw: bytes, encoding: str) -> int:
    """How many letters of `encoding`'s own languages `raw` has, less those of others, when read in it."""
    decoded = _attempt(raw[:_SAMPLE], encoding)
    if decoded is None:
        return 0
    foreign = [character for character in decoded.text if character > "\x7f" and character.isalpha()]
    own = sum(character in _EASTERN[encoding] for character in foreign)
    return max(2 * own - len(foreign), 0)
