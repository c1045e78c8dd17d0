"""Slugs: names as parts of addresses and of file names on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from anyascii import anyascii

LIMIT = 80
"""Characters; leaves room for date, suffix and folder below the 255 bytes of a path part and Windows' 260 of a path."""

_MARKS_DROPPED = re.compile(r"['’‘ʼʻ`´.]")
_POSSESSIVE = re.compile(r"['’ʼ]s(?= )")
_OTHERS = re.compile(r"[^a-z0-9]+")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""What Windows takes for a device, whatever ending it has."""
_HASH_LENGTH = 8


def slugify(text: str, limit: int = LIMIT) -> str:
    """`text` as lower-case ASCII letters, digits and single hyphens, at most `limit` characters (at least 12).

    Never empty, never a name that Windows reserves; a longer one is cut at a hyphen. Text of which
    nothing can be spelled in ASCII becomes `x-` and a short hash of it. Equal text gives an equal slug.

    Raises `ValueError` where `limit` leaves no room for a hash.
    """
    if limit < _HASH_LENGTH + 4:
        raise ValueError(f"a slug of {limit} characters is too short")
    head = text[: limit * 8]
    # Of what is ASCII none is spelled otherwise.
    spelled = head if head.isascii() else anyascii(_spaced(unicodedata.normalize("NFKC", head)))
    slug = _OTHERS.sub("-", _MARKS_DROPPED.sub("", _POSSESSIVE.sub("", spelled.lower()))).strip("-")
    if not slug:
        return f"x-{_digest(text)}"
    if len(slug) > limit:
        cut = slug[: limit + 1].rfind("-")
        # A first word longer than half the room is cut inside the word: a short slug would say too little.
        slug = slug[:cut] if cut > limit // 2 else slug[:limit].rstrip("-")
    return f"{slug}-" + _digest(text)[:2] if slug in RESERVED else slug


def unique_slugs(names: Iterable[tuple[str, str]], limit: int = LIMIT) -> dict[str, str]:
    """A slug for each `(id, name)`: ids are unique, names need not be.

    The first id, in the order of ids, keeps the plain slug; every other one of the same slug gets a hash of its
    id at the end, so that an address does not depend on how many others bear the name.

    Raises `ValueError` where an id occurs twice.
    """
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    later: list[tuple[str, str]] = []
    for identity, name in sorted(names):
        if identity in slugs:
            raise ValueError(f"the id {identity!r} occurs twice")
        slug = slugify(name, limit)
        slugs[identity] = slug
        if slug in taken:
            later.append((identity, slug))
        taken.add(slug)
    for identity, slug in later:
        digest = _digest(identity)
        length = 4  # 65,536 values: enough for namesakes; lengthened where two still meet
        while (candidate := f"{slug[: limit - length - 1].rstrip('-')}-{digest[:length]}") in taken:
            length += 1
        taken.add(candidate)
        slugs[identity] = candidate
    return slugs


def _spaced(text: str) -> str:
    """Han characters and Hangul syllables set apart, so that `习近平` reads `xi jin ping`, not `xijinping`."""
    return "".join(
        f" {character} " if "⺀" <= character <= "鿿" or "가" <= character <= "힣" else character for character in text
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[: 8 * _HASH_LENGTH]
