"""What a browser sees: accessibility by axe-core, requests to other hosts, the weight of a first visit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright

from tools.quality.figures import Figure, count

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Material's palette is kept by the browser's storage; the media query decides where nothing is stored.
SCHEMES = ("light", "dark")
WIDTHS = (360, 1440)
_AXE = "() => axe.run(document, {resultTypes: ['violations']})"
# 250 KB with pictures deferred is what a slow phone connection (1.6 Mbit/s) loads in little more than a second.
WEIGHT = 250.0


def executable() -> str | None:
    """The browser that is installed."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """A headless browser that itself asks nobody anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        try:
            yield browser
        finally:
            browser.close()


def accessibility(browser: Browser, address: str, pages: Mapping[str, str], axe: Path) -> Figure:
    """Violations of axe-core's rules on each kind of page, in each scheme and width, and with the search open."""
    script = axe.read_text(encoding="utf-8")
    findings = []
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
                # The policy of the site refuses scripts that are not its own, and axe-core is one.
                bypass_csp=True,
            )
            page = context.new_page()
            for kind, path in pages.items():
                page.goto(address + path, wait_until="load")
                findings += _violations(page, script, f"{kind}, {scheme}, {width} px")
            page.goto(address + "index.html", wait_until="load")
            page.keyboard.press("/")
            page.keyboard.type("minister", delay=20)
            page.wait_for_timeout(800)
            findings += _violations(page, script, f"search open, {scheme}, {width} px")
            context.close()
    return count("axe-core: violations, light and dark, 360 and 1440 px, search open", findings)


def _violations(page: Page, script: str, where: str) -> list[str]:
    page.evaluate(script)
    found = page.evaluate(_AXE)["violations"]
    return [f"{where}: {one['id']} on {one['nodes'][0]['html'][:120]} ({len(one['nodes'])} in all)" for one in found]


def foreign_requests(browser: Browser, address: str, pages: Mapping[str, str]) -> Figure:
    """Requests to any other host while each kind of page is opened and searched in."""
    own = urlsplit(address).netloc
    asked: list[str] = []

    def note(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob"} and target.netloc != own:
            asked.append(f"{request.frame.url}: {request.url}")

    context = browser.new_context()
    context.on("request", note)
    page = context.new_page()
    for path in pages.values():
        page.goto(address + path, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("minister")
    page.wait_for_timeout(800)
    context.close()
    return count("requests to other hosts", asked)


def weight(browser: Browser, address: str, path: str) -> Figure:
    """Kilobytes that a first visit to an article brings, compressed, as counted on the wire."""
    context = browser.new_context()
    page = context.new_page()
    sizes: dict[str, float] = {}
    session = context.new_cdp_session(page)
    names: dict[str, str] = {}
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
    session.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: float(event["encodedDataLength"])})
    )
    page.goto(address + path, wait_until="networkidle")
    context.close()
    heaviest = sorted(sizes, key=lambda one: -sizes[one])
    findings = tuple(f"{sizes[one] / 1000:.1f} KB: {names.get(one, one)}" for one in heaviest)
    total = round(sum(sizes.values()) / 1000, 1)
    return Figure("weight of an article page, first visit, compressed", total, WEIGHT, unit=" KB", findings=findings)
