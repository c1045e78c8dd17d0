"""The markup that a built page may hold: which tags, which attributes on them, which schemes in addresses.

What Markdown, the generator's templates and Material's chrome are made of, and nothing that runs, embeds,
submits or restyles. Scripts, styles and whatever else a theme needs beyond this are taken from a clean
render of the theme (`generator.site.allowance`), never from here and never from the page that is checked.
"""

from __future__ import annotations

import html
import re

# On any element. `style`, `on…`, `is`, `slot`, `part`, `nonce` are not among them.
_ANYWHERE = frozenset(
    "class id title lang dir role hidden tabindex translate itemprop itemscope itemtype inert".split()  # noqa: SIM905 -- shorter
)
_PREFIXES = ("aria-", "data-")

_DRAWN = "fill stroke stroke-width stroke-linecap stroke-linejoin opacity transform vector-effect"

_ELEMENTS = {
    **dict.fromkeys(
        (
            *("html", "head", "body", "title", "main", "article", "aside", "header", "footer", "nav", "section", "div"),
            *("p", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "pre", "hr", "br", "wbr", "figure", "figcaption"),
            *("ul", "dl", "dt", "dd", "menu", "address", "search"),
            *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "rp", "rt"),
            *("ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "del", "ins", "center"),
            *("table", "caption", "colgroup", "col", "tbody", "thead", "tfoot", "tr", "th", "td"),
            *("details", "summary", "img", "label", "input", "button", "output", "meter", "progress"),
            *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "desc"),
            *("meta", "link", "noscript", "datalist", "option"),
        ),
        "",
    ),
    "a": "href rel target download hreflang name",
    "blockquote": "cite",
    "button": "type disabled",
    "col": "span width",
    "colgroup": "span",
    "del": "cite datetime",
    "details": "open name",
    "html": "xmlns",
    "img": "src alt width height loading decoding align",
    "input": "type name value checked placeholder autocomplete autocapitalize autocorrect spellcheck required disabled "
    "min max step size maxlength list",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "link": "rel href hreflang type media sizes",
    "meta": "charset name content property http-equiv",
    "meter": "min max low high optimum value",
    "ol": "start type reversed",
    "option": "value selected label",
    "output": "for name",
    "progress": "max value",
    "q": "cite",
    "td": "colspan rowspan headers align",
    "th": "colspan rowspan headers scope align abbr",
    "time": "datetime",
    "svg": f"xmlns viewbox width height preserveaspectratio focusable {_DRAWN}",
    "g": _DRAWN,
    "path": f"d fill-rule clip-rule {_DRAWN}",
    "rect": f"x y width height rx ry {_DRAWN}",
    "circle": f"cx cy r {_DRAWN}",
    "ellipse": f"cx cy rx ry {_DRAWN}",
    "line": f"x1 y1 x2 y2 {_DRAWN}",
    "polyline": f"points {_DRAWN}",
    "polygon": f"points {_DRAWN}",
    "text": f"x y dx dy text-anchor dominant-baseline font-size {_DRAWN}",
    "tspan": f"x y dx dy {_DRAWN}",
}
_ALLOWED = {tag: frozenset(names.split()) for tag, names in _ELEMENTS.items()}

# What a reader may follow, and what a page may show of itself. A browser fetches nothing by following `href` of `a`.
_FOLLOWED = frozenset(("", "http", "https", "mailto", "tel"))
_ADDRESSES = {
    ("a", "href"): _FOLLOWED,
    ("link", "href"): _FOLLOWED,
    ("img", "src"): frozenset(("", "data")),
    **dict.fromkeys((("blockquote", "cite"), ("q", "cite"), ("del", "cite"), ("ins", "cite")), _FOLLOWED),
}
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=]*\Z")
# Relations that tell a reader or a crawler something and fetch nothing; sheets and icons come from the clean render.
_RELATIONS = frozenset(
    "canonical prev next alternate author feed license edit up search cite-as describedby item collection type".split()  # noqa: SIM905 -- shorter
)
# Of the names of meta elements these tell the browser to do something, all others tell a reader or a crawler.
_META_ACTIVE = frozenset(("referrer", "viewport", "color-scheme", "theme-color", "supported-color-schemes"))
# A control that can be typed into or ticked, and never one that submits, shows a picture or takes a file.
_CONTROLS = frozenset(("checkbox", "radio", "text", "search", "date", "number", "range"))
_BUTTONS = frozenset(("button", "reset"))
_REFRESH = re.compile(r"0; url=(?![/\\]{2})([^\s:\\\"'<>]+)\Z")

_ATTRIBUTES = re.compile(r"""\s+([A-Za-z_:][-\w:.]*+)(?:\s*=\s*(?:"([^"<>]*+)"|'([^'<>]*+)'|([^\s"'=<>`]++)))?+""")
_TAG = re.compile(
    r"""(/?)([A-Za-z][-A-Za-z0-9]*+)((?:\s+[A-Za-z_:][-\w:.]*+(?:\s*=\s*(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`]++))?+)*+)\s*/?\Z"""
)
# What a browser ignores in front of and inside of an address: controls and spaces, tabs and line ends.
_IGNORED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
_FOREIGN = re.compile(r"[/\\]{2}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


# Most tags of most pages, told at a glance: attributes that any element may have, in the order of the serializer,
# an address without a scheme or with one for pages, and what a page says of itself. `examine` says the same of them,
# ten times more slowly.
_VALUE = r'"[^"<>]*+"'
_DATA = rf"(?: data-who={_VALUE} data-year={_VALUE}|(?: data-[-a-z]++={_VALUE})?)"
_BEFORE = rf"(?: aria-[a-z]++={_VALUE})?(?: class={_VALUE})?{_DATA}"
_AFTER = rf"(?: id={_VALUE})?(?: title={_VALUE})?"
_HREF = r'"(?:[-\w./%#]*+|https?://[^"<>\x00-\x20]*+)"'
_ORDINARY = "|".join(
    (
        rf"(?:div|h[1-6]|li|p|section|span){_BEFORE}{_AFTER}",
        rf"a{_BEFORE}(?: href={_HREF})?(?: id={_VALUE})?(?: rel={_VALUE})?(?: title={_VALUE})?",
        rf"time(?: class={_VALUE})?(?: datetime={_VALUE})?(?: title={_VALUE})?",
        rf'meta name="(?:description|date|author)" content={_VALUE}',
    )
)
_ORDINARY_TAG = re.compile(_ORDINARY, re.ASCII)
_ORDINARY_BYTES = re.compile(f"<(?:{_ORDINARY})>".encode())


def find_fault(tag: str) -> str:
    """Why `tag`, what stands between `<` and `>`, may not be in a page; empty where it may."""
    return "" if _ORDINARY_TAG.fullmatch(tag) else examine(tag)


def is_ordinary(tag: bytes) -> bool:
    """Whether `tag`, in UTF-8 and with `<` and `>`, is one of those; `find_fault` has nothing to say of them."""
    return _ORDINARY_BYTES.fullmatch(tag) is not None


def examine(tag: str) -> str:
    """As `find_fault`, attribute by attribute."""
    match = _TAG.match(tag)
    if not match:
        return "is not a well-formed tag; write &lt; and &gt; for the characters"
    name = match[2].lower()
    allowed = _ALLOWED.get(name)
    if allowed is None:
        return f"the element {name} is not allowed"
    if match[1]:
        return "a closing tag has no attributes" if match[3].strip() else ""
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTES.finditer(match[3]):
        key = found[1].lower()
        if key in attributes:
            return f"the attribute {key} stands twice"
        if key not in allowed and key not in _ANYWHERE and not key.startswith(_PREFIXES):
            return f"the attribute {key} of {name} is not allowed"
        attributes[key] = html.unescape(found[2] or found[3] or found[4] or "")
    for key, value in attributes.items():
        schemes = _ADDRESSES.get((name, key))
        if schemes is not None and (fault := _address_fault(value, schemes)):
            return fault
    return _PARTICULAR[name](attributes) if name in _PARTICULAR else ""


def _address_fault(value: str, schemes: frozenset[str]) -> str:
    address = _IGNORED.sub("", value)
    match = _SCHEME.match(address)
    scheme = match[1].lower() if match else ""
    if scheme not in schemes:
        return f"an address with the scheme {scheme} is not allowed"
    if scheme == "data" and not _PICTURE.match(address):
        return "of data: addresses, only those of pictures are allowed"
    if schemes is not _FOLLOWED and _FOREIGN.match(address):
        return "an address on another host is not allowed here"
    return ""


def _link_fault(attributes: dict[str, str]) -> str:
    relations = frozenset(attributes.get("rel", "").lower().split())
    return "" if relations and relations <= _RELATIONS else "a link element that fetches something is not allowed"


def _meta_fault(attributes: dict[str, str]) -> str:
    kind = attributes.get("http-equiv")
    if kind is not None:
        if kind.lower() == "refresh" and _REFRESH.match(attributes.get("content", "")):
            return ""
        return f"a meta element with http-equiv {kind} is not allowed"
    name = attributes.get("name", "").strip().lower()
    return f"the meta name {name} is not allowed" if name in _META_ACTIVE else ""


def _input_fault(attributes: dict[str, str]) -> str:
    kind = attributes.get("type", "text").lower()
    return "" if kind in _CONTROLS else f"an input of type {kind} is not allowed"


def _button_fault(attributes: dict[str, str]) -> str:
    kind = attributes.get("type", "submit").lower()
    return "" if kind in _BUTTONS else f"a button of type {kind} is not allowed"


_PARTICULAR = {"link": _link_fault, "meta": _meta_fault, "input": _input_fault, "button": _button_fault}
