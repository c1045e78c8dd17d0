"""Templates: autoescaped, so that a value reaches a page only through `generator.encode.markdown`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.encode.frontmatter import Value, front_matter
from generator.encode.markdown import encoded, tooltip
from generator.pages import words
from generator.pages.library import Library
from generator.pages.links import Links
from generator.pages.reasons import told
from generator.pages.shelf import put
from generator.pages.templating import PageEnvironment
from generator.pages.tongues import mark_languages
from generator.pages.wording import Words

_BEHIND_NO_BREAK_SPACE = re.compile("(?<=\u00a0)")
OPEN = "<!-- briefing -->"
CLOSE = "<!-- /briefing -->"
"""The lines around the part of a page that is well-formed XML, for the Markdown extension that grafts it."""


Work = Callable[[Library, Mapping[str, Any]], Mapping[str, Any]]
"""Makes of the values that a page shows, and of what it asks the library that it is given, what else the page needs."""


def render(
    template: str, here: str, library: Library, meta: dict[str, Value], *, work: Work | None = None, **values: Any
) -> bytes:
    """The source of the page at `here`: front matter, then `template` filled in with `values` and what `work` makes.

    Nothing where `library` is a `Shelf` that keeps the page; `work` is not done then. By `values` the shelf knows
    whether the page is as it was: `work` takes nothing but them and what it asks for.
    """
    fill = partial(_filled, template, here, meta, (values, work))
    return put(library, here, (template, meta, values), fill)


def _filled(
    template: str, here: str, meta: dict[str, Value], shown: tuple[Mapping[str, Any], Work | None], library: Library
) -> bytes:
    values, work = shown
    if work is not None:
        values = {**values, **work(library, values)}
    block = (
        _environment(library.site.words)
        .get_template(template)
        .render(library=library, site=library.site, links=Links(library.addresses, here), **values)
    )
    block = mark_languages(block, str(meta.get("language") or ""), library.site.words.language)
    # A blank line would end the block for a Markdown reader that knows nothing of it.
    lines = [line for line in map(str.strip, block.split("\n")) if line]
    return "\n".join((front_matter(meta), OPEN, *lines, CLOSE, "")).encode()


def compile_templates(words: Words) -> None:
    """Compile every template with `words` put in, so that no page waits for its own: a quarter of a second in all."""
    environment = _environment(words)
    for name in environment.list_templates():
        environment.get_template(name)


class _Loader(PackageLoader):
    """Templates with the words of a catalogue put in, so that a page costs no look-up of a word."""

    def __init__(self, said: Words) -> None:
        super().__init__("generator.pages")
        self._said = said

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, fresh = super().get_source(environment, template)
        return self._said.put_in(source), path, fresh


# The words of one build: `briefing serve` makes many, each with a catalogue of its own.
@lru_cache(maxsize=2)
def _environment(said: Words) -> PageEnvironment:
    environment = PageEnvironment(
        loader=_Loader(said),
        autoescape=True,
        finalize=_encoded,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "date_words": partial(words.date_words, words=said),
        "month_words": partial(words.month_words, words=said),
        "breakable": breakable,
        "machine_date": words.machine_date,
        "basis_words": partial(words.basis_words, words=said),
        "field_words": partial(words.field_words, words=said),
        "language_words": partial(words.language_words, words=said),
        "speaker_words": partial(words.speaker_words, words=said),
        "told": partial(told, words=said),
        "shortened": words.shortened,
        "counted": said.count,
        "grouped": said.grouped,
        "tooltip": tooltip,
    }
    environment.filters.update(filters)
    environment.globals["say"] = said.say
    return environment


def breakable(text: str) -> Markup:
    """`text` that may be broken behind each no-break space: a seed full of them is one word a paragraph long."""
    parts = (encoded(part) for part in _BEHIND_NO_BREAK_SPACE.split(text))
    return Markup("<wbr/>".join(parts))  # noqa: S704 -- each part is encoded


def _encoded(value: object) -> str:
    if type(value) is str:
        return encoded(value)
    return value if isinstance(value, Markup) else encoded(str(value))
