"""How long search takes to answer in a browser and what it loads, next to Material's: `python -m tests.search.bench`.

Over generated articles of 500 words, in real Chromium and Firefox, from disk and from a server, each query in a fresh
page (nothing loaded, nothing kept), from the first key to the first result. Material's search runs in the same theme,
with an index as its plugin writes it for the same articles and names, of which it gets the names alone: pages of names
that quote what is said of them would make it larger still.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from generator.model import Corpus
from generator.search.files import index_files
from generator.search.inverted import invert
from generator.search.records import Records, find_records
from tests.browser.firefox import Firefox, find_firefox, started_firefox
from tests.evaluation.relevance import MATERIAL, page_docs
from tests.search.making import addresses, make_large
from tests.serving import serving

ROOT = Path(__file__).parent.parent.parent
SIZES = "2,1000,10000"
REPEATS = 3
LARGE = 5000
PATIENCE = 240.0
"""Seconds; Material's search takes more than a minute over 10,000 articles."""

# Each script asks a question and notes when its first answer stands on the page.
_OURS = """
const list = document.getElementById('bf-box-list'), box = document.querySelector('#bf-box input');
new MutationObserver(() => {
  if (!self.__first && list.querySelector('[role=option]:not(.bf-box__all)')) self.__first = performance.now();
}).observe(list, {childList: true, subtree: true});
self.__begin = performance.now();
box.focus();
box.value = QUERY;
box.dispatchEvent(new Event('input'));
"""
_MATERIALS = """
const list = document.querySelector('.md-search-result__list'), box = document.querySelector('.md-search__input');
new MutationObserver(() => {
  if (!self.__first && list.querySelector('a')) self.__first = performance.now();
}).observe(list, {childList: true, subtree: true});
self.__begin = performance.now();
box.focus();
box.value = QUERY;
for (const kind of ['keydown', 'input', 'keyup']) box.dispatchEvent(new Event(kind, {bubbles: true}));
"""
_TAKEN = "self.__first ? self.__first - self.__begin : 0"
_LOADED = "(self.__briefingSearch?.loaded ?? 0) / 1e3"

Row = dict[str, Any]
Ask = Callable[[str, str], Row]
"""Opens an address, asks by a script, and gives the time in milliseconds and what else the browser tells."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="tests.search.bench", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="articles, separated by commas")
    parser.add_argument(
        "--repeats", type=int, default=REPEATS, help="how often each question is asked of our own search"
    )
    parser.add_argument("--out", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sites = {search: _site(folder / search, search) for search in ("ours", "material")}
        for size in map(int, chosen.sizes.split(",")):
            for row in _rows(sites, size, chosen.repeats):
                rows.append(row)
                sys.stdout.write(f"{json.dumps(row)}\n")
                sys.stdout.flush()
    if chosen.out:
        machine = {"system": platform.platform(), "cores": os.cpu_count(), "load": os.getloadavg()}
        chosen.out.write_text(json.dumps({"machine": machine, "search": rows}, indent=1) + "\n", "utf-8")
    return 0


def _site(project: Path, search: str) -> Path:
    """A built site of the seeds, with this search or with Material's."""
    project.mkdir()
    shutil.copytree(ROOT / "seeds", project / "seeds")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    if search == "material":
        settings = settings.replace("  - briefing\n", "  - briefing\n  - search\n")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    shutil.copy(ROOT / "briefing.yml", project)
    (project / "site_src").mkdir()
    command = [sys.executable, "-m", "generator", "build", "-f", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return project / "site"


def _rows(sites: Mapping[str, Path], size: int, repeats: int) -> Iterator[Row]:
    corpus = make_large(size)
    urls = addresses(corpus)
    begin = time.process_time()
    records = find_records(corpus, urls)
    files = index_files(records, invert(records), {}, {})
    facts: Row = {"build_cpu_s": round(time.process_time() - begin, 1)}
    shutil.rmtree(sites["ours"] / "search")
    (sites["ours"] / "search").mkdir()
    for name, content in files.items():
        (sites["ours"] / name).write_bytes(content)
    facts["disk_mb"] = round(sum(map(len, files.values())) / 1e6, 2)
    theirs = {"disk_mb": round(_write_materials(sites["material"], corpus) / 1e6, 2)}
    queries = _queries(records)
    del corpus, files, records
    for way in ("file", "http"):
        for search, script, more in (("ours", _OURS, facts), ("material", _MATERIALS, theirs)):
            # One question is enough where each takes a minute.
            asked = queries * repeats if search == "ours" else queries[: 2 if size < LARGE else 1]
            with _address(sites[search], way) as root:
                for browser, opened in (("chromium", _chromium), ("firefox", _firefox)):
                    row = {"search": search, "articles": size, "from": way, "browser": browser}
                    with opened() as ask:
                        if ask is not None:
                            page = f"{root}/people/index.html"
                            told = [ask(page, script.replace("QUERY", json.dumps(query))) for query in asked]
                            yield {**row, **more, **_told(told)}


def _write_materials(site: Path, corpus: Corpus) -> int:
    """Material's index as its plugins write it, for a server and, as a script, for the disk; the size of one."""
    index = {"config": {**MATERIAL}, "docs": page_docs(corpus, told=False)}
    text = json.dumps(index, sort_keys=True, separators=(",", ":"), default=str)
    (site / "search").mkdir(exist_ok=True)
    (site / "search/search_index.json").write_text(text, "utf-8")
    (site / "search/search_index.js").write_text(f"var __index = {text}", "utf-8")
    return len(text.encode())


def _queries(records: Records) -> list[str]:
    text = records.articles[len(records.articles) // 2].passages[2].text
    words = [word for word in text.translate(str.maketrans("“”.,", "    ")).split() if word.isalpha()]
    rare = max(words, key=len)
    return [rare, records.entities[0].names[0], " ".join(words[8:10]), f'"{" ".join(words[12:15])}"', '"of the"']


@contextmanager
def _address(site: Path, way: str) -> Iterator[str]:
    if way == "file":
        yield site.as_uri()
        return
    with serving(site) as address:
        yield address


@contextmanager
def _chromium() -> Iterator[Ask | None]:
    program = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield partial(_ask_chromium, browser)
        browser.close()


def _ask_chromium(browser: Browser, address: str, script: str) -> Row:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address)
    page.evaluate(f"() => {{ {script} }}")
    with suppress(PlaywrightTimeout):
        page.wait_for_function(f"() => {_TAKEN}", timeout=PATIENCE * 1000)
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    row = {
        "ms": page.evaluate(_TAKEN) or math.inf,
        "loaded": page.evaluate(_LOADED),
        "heap": page.evaluate("performance.memory.usedJSHeapSize / 1e6"),
        "memory": max(_memory(one["id"]) for one in processes if one["type"] == "renderer"),
    }
    context.close()
    return row


def _memory(process: int) -> float:
    """The memory of a process in MB, workers of its pages included; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


@contextmanager
def _firefox() -> Iterator[Ask | None]:
    program = find_firefox()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as profile, started_firefox(program, Path(profile)) as window:
        yield partial(_ask_firefox, window)


def _ask_firefox(window: Firefox, address: str, script: str) -> Row:
    window.open("about:blank")
    window.visit(address)
    window.evaluate(f"() => {{ {script} }}")
    try:
        taken = float(window.until(f"() => {_TAKEN}", PATIENCE))
    except AssertionError:
        taken = math.inf
    return {"ms": taken, "loaded": window.evaluate(f"() => {_LOADED}")}


def _told(rows: Sequence[Row]) -> Row:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    limit = PATIENCE * 1000
    told: Row = {
        "median_ms": round(min(median(columns["ms"]), limit)),
        "slowest_ms": round(min(max(columns["ms"]), limit)),
    }
    told["gave_up"] = columns["ms"].count(math.inf)
    told |= {"loaded_kb": round(median(columns["loaded"])), "most_loaded_kb": round(max(columns["loaded"]))}
    return told | {f"{name}_mb": round(max(columns[name]), 1) for name in ("heap", "memory") if name in columns}


if __name__ == "__main__":
    raise SystemExit(main())
