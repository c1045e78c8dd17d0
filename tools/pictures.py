"""Take the pictures that README and docs show, from a built site, in headless Chromium.

Usage: python tools/pictures.py SITE FOLDER
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: a page (the first that matches `pattern`), a window, a colour scheme."""

    name: str
    pattern: str
    width: int = 1280
    height: int = 860
    scheme: Literal["light", "dark"] = "light"
    anchor: str = ""
    hover: str = ""
    """Pointed at before the picture is taken."""
    opened: str = ""
    """Opened and scrolled to before the picture is taken."""
    query: str = ""
    """Typed into the search box before the picture is taken."""


PICTURES = (
    Picture("home", "index.html"),
    Picture("home-dark", "index.html", scheme="dark"),
    Picture("article", "articles/2024/2024-*.html"),
    Picture("article-undated", "articles/undated/[!i]*.html"),
    Picture("article-phone", "articles/2024/2024-*.html", width=390, height=844),
    Picture("card", "articles/2024/2024-*.html", hover='.bf-body a[href*="kim-yo-jong"]'),
    Picture("seed-beside-text", "articles/2024/2024-*.html", opened=".bf-beside"),
    Picture("archive", "articles/index.html"),
    Picture("wordings", "quotes/wordings.html"),
    Picture("passed-on", "quotes/passed-on.html"),
    Picture("wanted", "wanted.html"),
    Picture("person", "people/kim-yo-jong.html"),
    Picture("organization", "organizations/yonhap-news-agency.html"),
    Picture("place", "places/cuba.html"),
    Picture("event", "events/2024-02-14*.html"),
    Picture("timeline", "timeline.html"),
    Picture("quotes", "quotes.html"),
    Picture("map", "map.html"),
    Picture("network", "network.html"),
    Picture("coverage", "coverage.html"),
    Picture("data", "data.html"),
    Picture("sources", "sources.html"),
    Picture("names", "people/index.html"),
    Picture("events", "events/index.html"),
    Picture("quotes-by-date", "quotes/by-date.html"),
    Picture("changes", "changes.html"),
    Picture("method", "method.html"),
    Picture("not-found", "404.html"),
    Picture("search-page", "search.html?q=korea", scheme="dark"),
    Picture("search", "index.html", query="Kishida"),
)


def main(site: Path, folder: Path) -> None:
    """Write every picture of `PICTURES` that `site` has a page for to `folder`, as PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for picture in PICTURES:
            pattern, mark, asked = picture.pattern.partition("?")
            pages = sorted(site.glob(pattern))
            if not pages:
                sys.stderr.write(f"{picture.name}: no page matches {picture.pattern}\n")
                continue
            context = browser.new_context(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme=picture.scheme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(pages[0].resolve().as_uri() + mark + asked + picture.anchor)
            if asked:
                page.wait_for_timeout(1500)
            if picture.opened:
                # Below the header, which stays.
                page.locator(picture.opened).evaluate(
                    "part => { part.open = true; scrollTo(0, part.getBoundingClientRect().top + scrollY - 90) }"
                )
            if picture.hover:
                page.locator(picture.hover).first.hover()
                page.wait_for_timeout(800)
            if picture.query:
                page.keyboard.press("/")
                page.keyboard.type(picture.query)
                page.wait_for_timeout(1500)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{picture.name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
