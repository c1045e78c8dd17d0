"""The only way from seed text into a page: normalise, then encode by context.

Seed text is data. What looks like Markdown, HTML, a template or a snippet include in a seed is shown as
those characters. Backslash escapes show up in some places and `html.escape` leaves Markdown active, so
everything active becomes a numeric character reference, which every Markdown dialect leaves alone.

Four contexts:

`html`
    text and double-quoted attribute values inside the HTML blocks that the page templates emit.
`tooltip`
    a `title` attribute there, which Material's script takes out and puts back as markup.
`inline`
    one line of Markdown: a heading, a table cell, a link label.
`text`
    a paragraph of Markdown of its own. It is an HTML block, since Python-Markdown's handling of character
    references in inline text costs the square of their number.
"""

from __future__ import annotations

import re

from markupsafe import Markup

# C0 and C1 controls but tab and line feed; bidirectional embeddings, overrides and isolates, which make text
# read as other than it is; lone surrogates and noncharacters, which no file or XML parser may hold. Zero-width
# joiner and non-joiner stay: Persian, Hindi and emoji sequences need them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]+"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LINE_ENDS_OR_FORBIDDEN = re.compile(_FORBIDDEN.pattern[:-2] + "\u2028\u2029]")


def _references(characters: str) -> dict[int, str]:
    return {ord(character): f"&#{ord(character)};" for character in characters}


# Inside an HTML block only markup matters to Markdown itself, but preprocessors run over the page's source
# before any block is known: critic marks and macros ({), fences (` and ~), snippet includes (<), [TOC].
# Tabs would be expanded, and a line feed inside a block could end it where blank lines follow.
_HTML_CHARACTERS = '&<>"`~{}[]*_\\|^$\t\n'
_HTML = _references(_HTML_CHARACTERS)
_HTML_ACTIVE = re.compile(f"[{re.escape(_HTML_CHARACTERS)}]").search

# All ASCII punctuation: there is some Markdown extension for nearly each of them. A space at either end is
# trimmed or read as indentation, so those are encoded as well; line ends are spaces in one line.
_INLINE = _references("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
# After these a browser takes `<` for a tag, and `&` for a reference.
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=[A-Za-z#])")
_JOINED = "\\g<0>\u2060"
_EDGES = re.compile(r"^ +| +$")


def normalise(text: str) -> str:
    """`text` without what no page may carry; line ends become line feeds. Idempotent.

    This is what a reader sees: the text of a rendered page equals the normalised seed text.
    """
    # All that is taken out or replaced is among what does not print, which Python tells without a pattern.
    if text.isprintable() or not _LINE_ENDS_OR_FORBIDDEN.search(text):
        return text
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """`text` normalised, with line feeds and tabs as spaces."""
    return text if text.isprintable() else normalise(text).replace("\n", " ").replace("\t", " ")


def html(text: str) -> Markup:
    """`text` for an HTML block: as an element's text, or between the double quotes of an attribute value."""
    return Markup(encoded(text))  # noqa: S704 -- encoded above


def encoded(text: str) -> str:
    """What `html` gives, as a plain string: for what is put together and marked as a whole."""
    if not text.isprintable():
        text = normalise(text)
    return text.translate(_HTML) if _HTML_ACTIVE(text) else text


def tooltip(text: str) -> Markup:
    """`text` for a `title` attribute: reads the same, and stays text where a script takes its value for markup.

    Material shows the title of an element in a box of its own and sets it as HTML. A word joiner, which shows nothing,
    parts each `<` and `&` from what would make a tag or a reference of it.
    """
    return html(_MARKUP.sub(_JOINED, normalise(text)))


def inline(text: str) -> Markup:
    """`text` for one line of Markdown: heading, table cell, link label. Line feeds and tabs become spaces.

    Meant for short text: Python-Markdown handles a reference in time that grows with the line.
    """
    encoded = one_line(text).translate(_INLINE)
    return Markup(_EDGES.sub(lambda match: "&#32;" * len(match[0]), encoded))  # noqa: S704 -- encoded above


def text(text: str) -> Markup:
    """`text` as a paragraph of Markdown, line feeds and spaces as they are. Linear in its length."""
    return Markup("<p>{}</p>\n").format(html(text))
