"""The source of the search page. What it shows is made by the client; without scripts it says where to look."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from generator.data import read_tree
from generator.encode.frontmatter import front_matter
from generator.encode.markdown import html

PAGE = "search.md"
_OPEN, _CLOSE = "<!-- briefing -->", "<!-- /briefing -->"
_BLOCK = """<h1>{title}</h1>
<div class="bf-find" id="bf-find" data-search-exclude=""{said}>
<noscript>
<p>{without}</p>
</noscript>
</div>"""
# Where everything is found without scripts, with the keys of the names of those pages.
_ELSEWHERE = {
    "people": ("people/index.md", "folders.person"),
    "organizations": ("organizations/index.md", "folders.organization"),
    "places": ("places/index.md", "folders.place"),
    "events": ("events/index.md", "events.events"),
    "articles": ("articles/index.md", "home.articles"),
    "timeline": ("timeline.md", "timeline.timeline"),
}


@cache
def _catalogue() -> dict[str, str]:
    return {f"{page}.{key}": text for page, texts in read_tree("ui.en.yml").items() for key, text in texts.items()}


def english(key: str, **values: str) -> str:
    """The text of `key` in English, with `values` in its places."""
    return _catalogue()[key].format(**values)


def search_page(say: Callable[..., str] = english, said: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The source of `search.md` in the words of `say`; `said` goes with it, for the client that fills the page."""
    meta = front_matter(
        {
            "title": say("search.search"),
            "description": say("search.description"),
            "hide": ("navigation", "toc"),
            "search": {"exclude": True},
            "kind": "index",
        }
    )
    links = {name: f'<a href="{path}">{html(say(key))}</a>' for name, (path, key) in _ELSEWHERE.items()}
    # The words are escaped before the links come in, which hold marks of their own.
    places = {name: f"qz{name}zq" for name in links}
    without = str(html(say("search.without-scripts", **places)))
    for name, link in links.items():
        without = without.replace(places[name], link)
    words = f' data-said="{html(json.dumps(dict(said), ensure_ascii=False))}"' if said else ""
    block = _BLOCK.format(title=html(say("search.search")), said=words, without=without)
    return f"{meta}\n{_OPEN}\n{block}\n{_CLOSE}\n".encode()
