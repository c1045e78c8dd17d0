"""Which language a stretch of a page is in, for whoever reads it aloud, breaks its lines or picks its font.

Pages are in the language of their catalogue; names and passages in other scripts stand among it. Where a script is
written by one language alone, that language is named; where by several, the one that the article is in, or else only
the script, as RFC 5646 allows ("und-Cyrl": undetermined, in Cyrillic). Text that runs from right to left is isolated,
so that it cannot turn the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_KANA = "\u3040-\u30ff"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Script, its characters, the language where there is one, and the languages of articles that write it.
_SCRIPTS = (
    ("Cyrl", "\u0400-\u04ff", "", "ru uk be bg sr mk kk ky tg mn"),
    ("Grek", "\u0370-\u03ff", "el", "el"),
    ("Arab", "\u0600-\u06ff\u0750-\u077f", "", "ar fa ur ps ckb ug"),
    ("Hebr", "\u0590-\u05ff", "", "he yi"),
    ("Thai", "\u0e00-\u0e7f", "th", "th"),
    ("Deva", "\u0900-\u097f", "", "hi mr ne"),
    ("Armn", "\u0530-\u058f", "hy", "hy"),
    ("Geor", "\u10a0-\u10ff", "ka", "ka"),
)
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
# Two words of one script with so many other signs between them are one stretch: a comma, a space, an escaped bracket.
_BETWEEN = r"(?:[\s\d.,:;·’'()“”-]|&#?\w{1,6};){0,4}"


def _stretch(characters: str) -> str:
    return f"[{characters}]+(?:{_BETWEEN}[{characters}]+)*"


_FOREIGN = re.compile(
    "|".join(
        (f"(?P<East>{_stretch(_HANGUL + _KANA + _HAN)})", *(f"(?P<{one[0]}>{_stretch(one[1])})" for one in _SCRIPTS))
    )
)
_ANY = re.compile("[" + _HANGUL + _KANA + _HAN + "".join(one[1] for one in _SCRIPTS) + "]")
_ASCII = bytes(range(0x80))
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^>]*)>|<!--.*?-->", re.DOTALL)
_LANG = re.compile(r'\slang="([^"]*)"')
_IS_HANGUL, _IS_KANA = re.compile(f"[{_HANGUL}]"), re.compile(f"[{_KANA}]")
# Scripts hold data, not words; in what is offered for copying, nothing is anybody's language.
_LEFT_ALONE = frozenset({"script", "style", "code", "svg"})


def mark_languages(block: str, language: str = "", around: str = "en") -> str:
    """`block`, a well-formed piece of a page, with every stretch in another script marked by `lang`.

    `language` is the BCP 47 tag of the article that the page is of; empty: of none. `around` is that of the page.
    Attributes, scripts, code and pictures stay as they are, and so does what stands in an element of its language.
    """
    # Most blocks hold no such character, and all of them mostly ASCII, which need not be searched.
    if block.isascii() or not _ANY.search(block.encode("utf-8", "replace").translate(None, _ASCII).decode()):
        return block
    return "".join(_marked(block, language.partition("-")[0], around.partition("-")[0]))


def _marked(block: str, language: str, page: str) -> Iterator[str]:
    # The page itself is around everything.
    open_elements: list[tuple[str, str]] = [("html", page)]
    position = 0
    for tag in _TAG.finditer(block):
        yield _text(block[position : tag.start()], language, open_elements)
        yield tag[0]
        position = tag.end()
        if not tag["name"] or tag["rest"].endswith("/"):
            continue
        if tag["close"]:
            open_elements.pop()
        else:
            stated = _LANG.search(tag["rest"])
            inherited = open_elements[-1][1]
            open_elements.append((tag["name"], stated[1].partition("-")[0] if stated else inherited))
    yield _text(block[position:], language, open_elements)


def _text(text: str, language: str, open_elements: list[tuple[str, str]]) -> str:
    if not _ANY.search(text) or any(name in _LEFT_ALONE for name, _ in open_elements):
        return text
    around = open_elements[-1][1]
    return _FOREIGN.sub(lambda found: _wrapped(found, language, around), text)


def _wrapped(found: re.Match[str], language: str, around: str) -> str:
    script = found.lastgroup or ""
    tag = _eastern(found[0], language) if script == "East" else _other(script, language)
    if around and tag.partition("-")[0] == around:
        return found[0]
    if script in _RIGHT_TO_LEFT:
        return f'<bdi lang="{tag}" dir="rtl">{found[0]}</bdi>'
    return f'<span lang="{tag}">{found[0]}</span>'


def _eastern(text: str, language: str) -> str:
    if _IS_HANGUL.search(text):
        return "ko"
    if _IS_KANA.search(text):
        return "ja"
    return language if language in {"zh", "ja", "ko", "yue"} else "und-Hani"


def _other(script: str, language: str) -> str:
    of_one, of_several = next((one[2], one[3].split()) for one in _SCRIPTS if one[0] == script)
    return of_one or (language if language in of_several else f"und-{script}")
