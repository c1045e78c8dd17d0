"""The catalogue of words: complete, used, and alone in holding what pages say of themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment

from generator.pages import build_pages
from generator.pages.wording import Words, english, placeholders, words_of
from tests.pages.fixture import corpus, facts

PAGES = Path(__file__).parent.parent.parent / "generator/pages"
TEMPLATES = sorted((PAGES / "templates").glob("*.html"))
THEME = sorted(path for path in (PAGES.parent / "theme").rglob("*.html"))
CATALOGUES = sorted((PAGES.parent / "data").glob("ui.*.yml"))
KEY = re.compile(r"\[\[([a-z]+\.[a-z0-9-]+)")
# What a template may hold itself: names of files and fragments of addresses are no words.
NO_WORDS = re.compile(r"\b[a-z]+\.(?:json|sqlite)\b|#p\d|&[a-z]+;")
TOLD = {"title", "aria-label", "alt", "placeholder", "data-label", "aria-description", "aria-roledescription"}


def _constants(tree: ast.AST, method: str, part: int, page: str = "") -> Iterator[str]:
    """Keys that calls of `method` ask for in argument `part`, with `page` before them.

    Of a key that varies, all that it may be.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            argument = node.args[part] if len(node.args) > part else ast.Constant(None)
            for one in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield page + one.value
                elif isinstance(one, ast.JoinedStr) and isinstance(one.values[0], ast.Constant):
                    begin = page + str(one.values[0].value)
                    # Of a key, only its end may vary: what is asked for can then be seen in the code.
                    assert re.fullmatch(r"[a-z]+\.(?:[a-z-]+-)?", begin), begin
                    yield from (key for key in english().texts if key.startswith(begin))


def used_keys() -> set[str]:
    """Every key that a template or a module of the pages asks for."""
    keys: set[str] = {"number.thousands"}
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        keys.update(KEY.findall(text))
        keys.update(re.findall(r'\bsay\("([^"]+)"', text))
        keys.update(f"count.{noun}" for noun in re.findall(r"""\bcounted\(["']([^"']+)["']\)""", text))
    for path in THEME:
        keys.update(re.findall(r"""\bsay\(["']([^"']+)["']""", path.read_text(encoding="utf-8")))
    plugin = ast.parse((PAGES.parent / "site/plugin.py").read_text(encoding="utf-8"))
    # The plugin's tables of sections name keys by themselves.
    keys.update(
        str(node.value)
        for node in ast.walk(plugin)
        if isinstance(node, ast.Constant) and str(node.value) in english().texts
    )
    # The client looks its words up by the English text; another test holds those to the code.
    keys.update(key for key in english().texts if key.startswith("client."))
    keys.add("count.result")
    # What the engine says is looked up by its English text, names of rules and fields by themselves.
    spoken = ("engine.", "table.", "column.", "measure.", "rule.", "field.", "language.", "feeds.")
    keys.update(key for key in english().texts if key.startswith(spoken))
    page = (PAGES.parent / "search/page.py").read_text(encoding="utf-8")
    keys.update(key for key in re.findall(r'"([a-z]+\.[a-z-]+)"', page) if not key.endswith(".md"))
    for path in PAGES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        keys.update(_constants(tree, "say", 0))
        keys.update(_constants(tree, "count", 1, "count."))
    return keys


def test_every_key_that_is_asked_for_is_in_the_catalogue_and_no_other() -> None:
    used = used_keys()
    known = set(english().texts)
    assert sorted(used - known) == []
    assert sorted(known - used) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_every_language_has_the_keys_and_placeholders_of_the_english_one(path: Path) -> None:
    other = words_of(yaml.safe_load(path.read_text(encoding="utf-8"))).texts
    ours = english().texts
    assert sorted(other) == sorted(ours)
    for key, text in ours.items():
        translated = other[key]
        if isinstance(text, str):
            assert isinstance(translated, str), key
            assert placeholders(translated) == placeholders(text), key
        else:
            assert not isinstance(translated, str), key
            assert set(translated) == {"one", "other"}, key


class _Words(HTMLParser):
    """The texts and the told attributes of a template whose expressions and markers are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self._see(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in TOLD and value:
                self._see(value)

    def _see(self, text: str) -> None:
        if re.search(r"[^\W\d_]", NO_WORDS.sub("", text)):
            self.found.append(text.strip())


def bare_words(template: str) -> list[str]:
    """The words that stand in the template itself."""
    # The name of an element may be an expression; everything else of the template language leaves no trace.
    bare = re.sub(r"(?<=[</])\{\{.*?\}\}", "div", template)
    bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", bare, flags=re.DOTALL)
    bare = re.sub(r" \|\| [a-z_0-9]+ = ", "", re.sub(r"\[\[[a-z]+\.[a-z0-9-]+", "", bare))
    reader = _Words()
    reader.feed(bare)
    reader.close()
    return reader.found


def spoken_literals(template: str) -> list[str]:
    """The strings in the expressions of the template that read like words for a reader."""
    strings = (str(value) for _, kind, value in Environment(autoescape=True).lex(template) if kind == "string")
    # A name in code is lower case and one word; what has a space or a capital letter before lower case is for readers.
    return [one for one in strings if re.search(r"[A-Za-z]{2,} [A-Za-z]|\b[A-Z][a-z]", one) and one != '"unnamed: "']


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_holds_words_of_its_own(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    assert bare_words(template) == []
    assert [one for one in spoken_literals(template) if not one.strip("\"'").startswith((" bf-", "bf-"))] == []


@pytest.mark.parametrize(
    "path",
    # Names of scripts, and the message of an error that is for programmers.
    [path for path in sorted(PAGES.rglob("*.py")) if path.name not in ("tongues.py", "wording.py")],
    ids=lambda path: path.stem,
)
def test_no_module_holds_words_of_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]
    assert [text for text in found if re.search(r"[A-Za-z]{2,} [a-z]{2,}", text) and not text.startswith("<")] == []


def test_words_in_a_template_would_be_seen() -> None:
    assert bare_words('<p>{{ x }} of it</p><a title="Told">[[home.map || x = <b>bold</b>]]</a>') == [
        "of it",
        "Told",
        "bold",
    ]
    assert spoken_literals('{{ say("home.map") or "not known" }}{{ "Built" }}') == ['"not known"', '"Built"']


def test_a_marker_becomes_the_words_escaped_with_its_placeholders_in_their_order() -> None:
    words = Words({"page.key": "<{second}> & {first}", "page.inner": 'a "{b}'})
    assert (
        words.put_in("<p>[[page.key || first = {{ x|f(1) }} || second = <b>[[page.inner || b = 1]]</b>]]</p>")
        == "<p>&lt;<b>a &quot;1</b>&gt; &amp; {{ x|f(1) }}</p>"
    )


def test_words_cannot_open_an_expression() -> None:
    assert "{{" not in Words({"page.key": "{{ 7 * 7 }} {% raw %}"}).put_in("[[page.key]]")


def test_a_key_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        english().put_in("[[home.no-such-key]]")
    with pytest.raises(KeyError):
        english().say("home.no-such-key")


def test_numbers_have_their_forms() -> None:
    assert english().count(1, "article") == "1 article"
    assert english().count(1200, "article") == "1,200 articles"
    assert english().count(0, "article") == "0 articles"


def test_another_catalogue_speaks_on_every_page() -> None:
    """A toy language: each word of the English catalogue in capitals."""

    def loud(text: str) -> str:
        return "".join(part if part.startswith("{") else part.upper() for part in re.split(r"(\{\w+\})", text))

    toy = Words(
        {
            key: loud(text) if isinstance(text, str) else {form: loud(one) for form, one in text.items()}
            for key, text in english().texts.items()
        }
    )
    pages = build_pages(corpus(), replace(facts(), words=toy))
    home, quotes = pages["index.md"].decode(), pages["quotes.md"].decode()
    assert "NEWEST ARTICLES" in home
    assert "Newest articles" not in home
    assert "WHO SAID WHAT, EACH LINKED TO ITS PARAGRAPH." in quotes
    assert {path.split("/")[0] for path in pages} == {
        path.split("/")[0] for path in build_pages(corpus(), facts())
    }  # addresses do not depend on the language
    assert "Newest articles" in build_pages(corpus(), facts())["index.md"].decode()


def test_the_client_of_the_search_and_the_catalogue_have_the_same_texts() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((PAGES.parent.parent / "web/src").glob("*.js")))
    client = {str(text) for key, text in english().texts.items() if key.startswith("client.")}
    dates = {str(text) for key, text in english().texts.items() if key.startswith(("date.", "number."))}
    asked = set(re.findall(r'\bsay\("((?:[^"\\]|\\.)+)"', source))
    assert len(asked) > 30
    assert sorted(asked - client - dates) == []
    assert [text for text in client if f'"{text}"' not in source] == []


def test_a_client_in_another_language_is_handed_its_words_by_the_english_ones() -> None:
    texts = dict(english().texts)
    texts["client.newest-first"] = "Neueste zuerst"
    texts["count.result"] = {"one": "{n} Treffer", "other": "{n} Treffer"}
    assert Words(texts, "de").client() == {
        "Newest first": "Neueste zuerst",
        "{n} result": "{n} Treffer",
        "{n} results": "{n} Treffer",
    }
    assert english().client() == {}
