from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from generator.pages import build_pages, compile_templates
from generator.pages.templating import PageEnvironment
from generator.pages.wording import english
from tests.pages.fixture import corpus, facts


def _filled(source: str, **values: object) -> str:
    environment = PageEnvironment(
        loader=DictLoader(
            {
                "page": source,
                "macros": '{% macro chip(name, count=0) %}<b title="{{ count }}">{{ name }}</b>{% endmacro %}',
            }
        ),
        autoescape=True,
        finalize=lambda value: str(escape(value)),
        undefined=StrictUndefined,
    )
    return environment.get_template("page").render(**values)


def test_what_a_macro_gives_is_markup_and_what_it_is_given_is_text() -> None:
    source = '{% import "macros" as m %}{% for name in names %}{{ m.chip(name, count=names|length) }}{% endfor %}'
    assert _filled(source, names=["a<b", Markup("<i>")]) == '<b title="2">a&lt;b</b><b title="2"><i></b>'


def test_markup_that_a_template_keeps_for_later_is_not_encoded_again() -> None:
    assert _filled("{% set title %}<i>{{ name }}</i>{% endset %}{{ title }}{{ name }}", name="&") == "<i>&amp;</i>&amp;"


def test_what_is_not_given_fails_and_so_does_an_attribute_that_is_a_key() -> None:
    with pytest.raises(UndefinedError):
        _filled("{{ name }}")
    with pytest.raises(UndefinedError):
        _filled("{{ name.part }}")
    with pytest.raises(AttributeError):
        _filled("{{ one.key }}", one={"key": "value"})
    assert _filled('{{ one["key"] }}', one={"key": "value"}) == "value"


def test_no_page_waits_for_a_template_that_was_compiled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    words = replace(english())
    expected = build_pages(corpus(), replace(facts(), words=replace(words)))
    compile_templates(words)

    def compiled(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(PageEnvironment, "compile", compiled)
    assert build_pages(corpus(), replace(facts(), words=words)) == expected
    with pytest.raises(AssertionError):
        build_pages(corpus(), replace(facts(), words=replace(words)))
