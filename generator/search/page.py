"""The source of the search page. What it shows is made by the client; without scripts it says where to look."""

from __future__ import annotations

from generator.encode.frontmatter import front_matter

PAGE = "search.md"
_OPEN, _CLOSE = "<!-- briefing -->", "<!-- /briefing -->"
_BLOCK = """<h1>Search</h1>
<div class="bf-find" id="bf-find" data-search-exclude="">
<noscript>
<p>Searching needs JavaScript, which is switched off here. Everything can be found without it:
<a href="people/index.md">people</a>, <a href="organizations/index.md">organizations</a>,
<a href="places/index.md">places</a> and <a href="events/index.md">events</a> are listed in full,
<a href="articles/index.md">articles</a> and the <a href="timeline.md">timeline</a> by date.</p>
</noscript>
</div>"""


def search_page() -> bytes:
    """The source of `search.md`."""
    meta = front_matter(
        {
            "title": "Search",
            "description": "Search the articles, names, quotes and events of this briefing.",
            "hide": ("navigation", "toc"),
            "search": {"exclude": True},
            "kind": "index",
        }
    )
    return f"{meta}\n{_OPEN}\n{_BLOCK}\n{_CLOSE}\n".encode()
