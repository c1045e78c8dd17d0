"""How long search takes to answer in a browser, and what it loads: `python -m tests.search.bench [ARTICLES ...]`.

Over generated articles of 500 words, in real Chromium, from disk and from a server, each query in a fresh page
(nothing loaded, nothing kept), from the first key to the first result. The page is one of a built site: SITE names it.
Words are made of chance syllables, which deflate worse than English: sizes on real text are smaller (docs/search.md).
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from generator.search.files import index_files
from generator.search.inverted import invert
from generator.search.records import Records, find_records
from tests.search.making import addresses, make_large

CHROMIUM = "/usr/bin/chromium"
SIZES = (2, 1000, 10_000)
REPEATS = 3


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main(site: Path, sizes: list[int]) -> list[dict[str, Any]]:
    """A row of figures for each size and way of loading."""
    rows: list[dict[str, Any]] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--enable-precise-memory-info"]
        )
        for size in sizes:
            corpus = make_large(size)
            begin = time.perf_counter()
            records = find_records(corpus, addresses(corpus))
            files = index_files(records, invert(records), {}, {})
            seconds = time.perf_counter() - begin
            place = Path(folder) / str(size)
            shutil.copytree(site, place, ignore=shutil.ignore_patterns("search"))
            for name, content in files.items():
                (place / name).parent.mkdir(exist_ok=True)
                (place / name).write_bytes(content)
            disk = sum(map(len, files.values())) / 1e6
            del corpus
            queries = _queries(records)
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(place)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for way, root in (("file", place.as_uri()), ("http", f"http://127.0.0.1:{server.server_address[1]}")):
                rows.append(
                    {
                        "articles": size,
                        "from": way,
                        "build_s": round(seconds, 1),
                        "disk_mb": round(disk, 1),
                        **_measured(browser, root, queries),
                    }
                )
                sys.stdout.write(f"{json.dumps(rows[-1])}\n")
                sys.stdout.flush()
            server.shutdown()
        browser.close()
    return rows


def _queries(records: Records) -> list[str]:
    text = records.articles[len(records.articles) // 2].passages[2].text.replace("“", "").replace("”", "").split()
    return [text[5], " ".join(text[8:10]), f'"{" ".join(text[12:15])}"', records.entities[0].names[0]]


def _measured(browser: Browser, root: str, queries: list[str]) -> dict[str, Any]:
    first: list[float] = []
    heap: list[float] = []
    loaded: list[float] = []
    for query in queries * REPEATS:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{root}/people/index.html")
        page.evaluate(
            "() => { const list = document.getElementById('bf-box-list');"
            " new MutationObserver(() => { if (!window.__first"
            " && list.querySelector('[role=option]:not(.bf-box__all)'))"
            " window.__first = performance.now() }).observe(list, {childList: true, subtree: true}) }"
        )
        begin = page.evaluate(
            "query => { const box = document.querySelector('#bf-box input'); window.__begin = performance.now();"
            " box.focus(); box.value = query; box.dispatchEvent(new Event('input')); return window.__begin }",
            query,
        )
        page.wait_for_function("() => window.__first", timeout=60_000)
        first.append(page.evaluate("() => window.__first") - begin)
        heap.append(page.evaluate("() => performance.memory.usedJSHeapSize / 1e6"))
        loaded.append(page.evaluate("() => self.__briefingSearch.loaded / 1e3"))
        context.close()
    return {
        "first_result_ms": round(median(first)),
        "slowest_ms": round(max(first)),
        "heap_mb": round(max(heap), 1),
        "loaded_kb": round(median(loaded)),
        "most_loaded_kb": round(max(loaded)),
    }


if __name__ == "__main__":
    main(Path("site"), [int(one) for one in sys.argv[1:]] or list(SIZES))
