"""What machines that come by look for: `robots.txt` and `llms.txt`."""

from __future__ import annotations

from collections.abc import Iterable

from generator.encode.markdown import inline
from generator.exports.records import Place, Record

# A model reads the whole file: the newest articles, and where the rest is.
LISTED = 50
_WHAT = (
    "> News articles as they were collected, with their people, organizations, places, events, quotes and dates. "
    "Every statement names the article and paragraph it was read from; what is not known is left open, what was "
    "worked out is marked as inferred."
)


def build_discovery(records: Iterable[Record], data: Iterable[str], place: Place) -> dict[str, bytes]:
    """Path, relative to the site, to content. `data` names the data files that the site has."""
    return {"robots.txt": _robots(place), "llms.txt": _llms(tuple(records), tuple(data), place)}


def _robots(place: Place) -> bytes:
    # A page that must not be indexed says so itself, which a crawler can only read where it may come.
    lines = ["User-agent: *", "Allow: /"]
    if place.address:
        lines += ["", f"Sitemap: {place.absolute('sitemap.xml')}"]
    return ("\n".join(lines) + "\n").encode()


def _llms(records: tuple[Record, ...], data: tuple[str, ...], place: Place) -> bytes:
    lines = [
        f"# {inline(place.title)}",
        "",
        _WHAT,
        "",
        "## Pages",
        "",
        *(
            f"- [{title}]({place.absolute(path) or path}): {what}"
            for title, path, what in (
                ("Articles", "articles/index.html", "all articles by date"),
                ("Timeline", "timeline.html", "dated events with their evidence"),
                ("Quotes", "quotes.html", "who said what"),
                ("Sources", "sources.html", "outlets, agencies, authors, quality of the texts"),
                ("Method", "method.html", "how the pages were made and how far to trust them"),
            )
        ),
        "",
        "## Data",
        "",
        *(f"- [{name}]({place.absolute(name) or name})" for name in data),
        "",
        "## Newest articles",
        "",
        *(
            f"- [{inline(record.title)}]({place.absolute(record.path) or record.path}): {record.iso or 'undated'}"
            for record in records[:LISTED]
        ),
    ]
    return ("\n".join(lines) + "\n").encode()
