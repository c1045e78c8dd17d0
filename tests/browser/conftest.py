"""A real Chromium on a real build of seeds/, from disk and from a server, with the network watched."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.serving import serving

# A seed of our own beside the two real ones: words that stand behind marks which a naive search glues to them.
HARBOUR = """Sandport harbour reopens after the storm

The mayor of Sandport called the works “quixotic and (zephyrlike) in ambition”, and the pilots ‘gossamer’ in temper.

The harbour office of Sandport said on March 3, 2021 that ferries to Eastwick would sail again.

항만공사는 “등대지기” 명단을 공개했다.
"""


@pytest.fixture(scope="session")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of seeds/ and one seed more, built by the command line."""
    project = tmp_path_factory.mktemp("browser") / "project"
    project.mkdir()
    for name in ("briefing.yml", "mkdocs.yml"):
        shutil.copy(repository / name, project / name)
    shutil.copytree(repository / "seeds", project / "seeds")
    (project / "seeds/harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (project / "site_src").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-f", str(project)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of a plain server of static files, as any host is one."""
    with serving(site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the site is: on disk, then on a server."""
    return site.as_uri() if request.param == "file" else str(request.getfixturevalue("server"))


@dataclass
class Visit:
    """A tab on the site, and everything that went wrong in it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(f"{self.address}/{path}", wait_until="load")
        return self.page

    def search(self, words: str) -> list[str]:
        """Type `words` into the search of the page; the addresses of the results, relative to the site."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("/")
        self.page.locator("#bf-box input").fill(words)
        results = self.page.locator("#bf-box a[role=option]:not(.bf-box__all)")
        results.first.wait_for(state="visible", timeout=15_000)
        links = results.evaluate_all("links => links.map(link => link.href)")
        return [str(link).removeprefix(f"{self.address}/").partition("?")[0].partition("#")[0] for link in links]

    def found(self, words: str, address: str) -> bool:
        """Whether a search for `words` comes to list a page whose address contains `address`."""
        self.search(words)
        try:
            self.page.locator(f'#bf-box a[role=option][href*="{address}"]').first.wait_for(
                state="attached", timeout=10_000
            )
        except PlaywrightTimeout:
            return False
        return True

    def console(self, message: ConsoleMessage) -> None:
        """Note what the console says."""
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def requested(self, request: Request) -> None:
        """Note a request that leaves the site."""
        scheme, host = urlsplit(request.url).scheme, urlsplit(request.url).netloc
        own = urlsplit(self.address)
        if scheme not in ("data", "blob", "about") and (scheme, host) != (own.scheme, own.netloc):
            self.foreign.append(request.url)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A fresh tab. When the test is over, nothing may have gone wrong in it and no request have left the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context.new_page(), address)

    def route(route: Route) -> None:
        visit.requested(route.request)
        if visit.foreign:
            route.abort()
        else:
            route.continue_()

    context.route("**/*", route)
    visit.page.on("console", visit.console)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("request", visit.requested)
    yield visit
    context.close()
    assert visit.errors == []
    assert visit.foreign == []
