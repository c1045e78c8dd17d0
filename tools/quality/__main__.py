"""`python -m tools.quality`: every check, one table, `audit.json`; exit 1 where a goal is missed."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.quality import browser, building, checkers, feeds
from tools.quality.figures import Figure, absent, as_tree, table

TOOLS = Path(__file__).resolve().parent
REPOSITORY = TOOLS.parent.parent
# The pages whose scores are reported: the ones that a reader comes to first.
SCORED = ("home", "article", "person", "timeline", "network")
# Findings of one check that are printed; the file has all.
PRINTED = 8


def main() -> int:
    """Run every check that this machine can; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.quality", description=__doc__)
    parser.add_argument("--project", type=Path, default=REPOSITORY)
    parser.add_argument("--out", type=Path, default=Path("audit.json"))
    parser.add_argument("--quick", action="store_true", help="without Lighthouse, which takes a quarter of an hour")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefing-audit-") as work:
        figures = _checked(options.project, Path(work), quick=options.quick)
    options.out.write_text(json.dumps(as_tree(figures), indent=1) + "\n", encoding="utf-8")
    print("\n" + table(figures))  # noqa: T201 -- a command's output
    return 1 if any(one.reached is False for one in figures) else 0


def _checked(project: Path, work: Path, *, quick: bool) -> list[Figure]:
    figures: list[Figure] = []

    def note(made: Figure | list[Figure]) -> None:
        for one in made if isinstance(made, list) else [made]:
            figures.append(one)
            value = "-" if one.value is None else f"{one.value:g}{one.unit}"
            print(f"{one.check}: {value}", flush=True)  # noqa: T201 -- progress
            for line in one.findings[:PRINTED]:
                print(f"    {line}", flush=True)  # noqa: T201 -- progress

    port = building.free_port()
    address = f"http://127.0.0.1:{port}/"
    private = building.build(project, work / "private")
    public = building.build(project, work / "public", address)
    pages = building.kinds(private)
    node = shutil.which("node") and (TOOLS / "node_modules").is_dir()
    lychee = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    chromium = browser.executable()
    no_node = "Node or the packages of tools/quality/package.json"

    def if_there(there: object, check: str, what: str, make: Callable[[], Figure | list[Figure]]) -> None:
        note(make() if there else absent(check, what))

    if_there(node, "html-validate", no_node, lambda: checkers.html_validate(TOOLS, private))
    if_there(node and shutil.which("java"), "Nu checker", f"Java, {no_node}", lambda: checkers.nu(TOOLS, private))
    if_there(lychee, "lychee", "the program lychee", lambda: checkers.lychee(str(lychee), private))
    note(feeds.check_feeds(public))
    if_there(node, "JSON-LD", no_node, lambda: checkers.linked_data(TOOLS, public, work))
    if chromium is None:
        note(absent("axe-core, requests, weight, Lighthouse", "Chromium"))
        return figures
    with building.serving(private) as private_address, browser.chromium(chromium) as tab:
        note(browser.weight(tab, private_address, pages["article"]))
        note(browser.foreign_requests(tab, private_address, pages))
        axe = TOOLS / "node_modules/axe-core/axe.min.js"
        if_there(axe.exists(), "axe-core", no_node, lambda: browser.accessibility(tab, private_address, pages, axe))
    if quick:
        note(absent("Lighthouse", "left out by --quick"))
    else:
        scored = {kind: pages[kind] for kind in SCORED if kind in pages}
        with building.serving(public, port):
            if_there(
                node,
                "Lighthouse",
                no_node,
                lambda: checkers.lighthouse(TOOLS, address, scored, chromium, work / "lighthouse.json"),
            )
    return figures


if __name__ == "__main__":
    sys.exit(main())
