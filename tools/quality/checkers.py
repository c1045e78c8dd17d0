"""Checkers that are programs of their own: html-validate, the Nu checker, lychee, Lighthouse, TypeScript."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Any

from tools.quality.figures import Figure, count

# Lighthouse scores what it timed on this machine; the middle of three runs bears a burst of other work.
RUNS = 3
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def run(command: Sequence[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished process of `command`, with its output as text; its exit code is for the caller to judge."""
    return subprocess.run(  # noqa: S603 -- programs that this file names
        list(command), cwd=folder, capture_output=True, text=True, check=False, env=os.environ | environment
    )


def html_validate(tools: Path, site: Path) -> Figure:
    """Errors of html-validate's standard rules over every page."""
    config = tools / "htmlvalidate.json"
    command = ["node_modules/.bin/html-validate", "--config", str(config), "--formatter", "json", f"{site}/**/*.html"]
    done = run(command, tools)
    findings = [
        f"{Path(one['filePath']).relative_to(site)}:{message['line']}: {message['ruleId']}: {message['message']}"
        for one in _json(done, command)
        for message in one["messages"]
    ]
    return count("html-validate (standard): errors", findings)


def nu(tools: Path, site: Path) -> Figure:
    """Errors of the Nu HTML checker over every page."""
    jar = tools / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-Xss8m", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "json", str(site)]
    done = run(command, tools)
    messages = json.loads(done.stderr)["messages"]
    findings = [
        f"{one.get('url', '').rpartition('/site/')[2]}:{one.get('lastLine', 0)}: {one['message']}"
        for one in messages
        if one["type"] == "error"
    ]
    return count("Nu checker: errors", findings)


def lychee(program: str, site: Path) -> Figure:
    """Links and fragments of the whole site that lead nowhere."""
    command = [
        program,
        "--offline",
        "--include-fragments",
        "--no-progress",
        "--format",
        "json",
        "--root-dir",
        str(site),
    ]
    done = run([*command, f"{site}/**/*.html"], site)
    answer = _json(done, command)
    if not answer.get("total"):
        raise RuntimeError(f"lychee looked at no link: {done.stderr}")
    failed: Mapping[str, Iterable[Mapping[str, Any]]] = answer.get("error_map") or answer.get("fail_map") or {}
    findings = [
        f"{page.rpartition('/site/')[2]}: {one['url']}: {one['status'].get('text', one['status'])}"
        for page, broken in failed.items()
        for one in broken
    ]
    return count(f"lychee: broken among {answer['total']} links and fragments", findings)


def lighthouse(tools: Path, address: str, pages: Mapping[str, str], chromium: str, output: Path) -> list[Figure]:
    """The lowest of each category's scores over `pages`, each the median of `RUNS` runs; desktop, then a phone."""
    figures = []
    for form, flags, goals in (
        ("desktop", ("--preset=desktop",), dict.fromkeys(_CATEGORIES, 100.0)),
        ("mobile", (), {"performance": 95.0}),
    ):
        scores: dict[str, dict[str, float]] = {category: {} for category in goals}
        failed: dict[str, list[str]] = {category: [] for category in goals}
        for kind, path in pages.items():
            reports = [_lighthouse(tools, address + path, flags, chromium, output) for _ in range(RUNS)]
            for category in goals:
                scores[category][kind] = median(
                    100 * (report["categories"][category]["score"] or 0) for report in reports
                )
                failed[category] += [f"{kind}: {line}" for line in _short_of(reports[-1], category)]
        for category, goal in goals.items():
            per_page = ", ".join(f"{kind} {score:g}" for kind, score in scores[category].items())
            figures.append(
                Figure(
                    f"Lighthouse {form}: {category}, lowest of {len(pages)} pages",
                    min(scores[category].values()),
                    goal,
                    "at least",
                    findings=(per_page, *failed[category]),
                )
            )
    return figures


def _lighthouse(tools: Path, url: str, flags: Iterable[str], chromium: str, output: Path) -> dict[str, Any]:
    command = [
        "node_modules/.bin/lighthouse",
        url,
        "--quiet",
        "--output=json",
        f"--output-path={output}",
        f"--only-categories={','.join(_CATEGORIES)}",
        f"--chrome-flags={_FLAGS}",
        *flags,
    ]
    done = run(command, tools, CHROME_PATH=chromium)
    if done.returncode:
        raise RuntimeError(f"Lighthouse ended with {done.returncode}: {done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return report


def _short_of(report: Mapping[str, Any], category: str) -> list[str]:
    lines = []
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            lines.append(f"{audit['id']} {audit['score']:g} {audit.get('displayValue', '')}".rstrip())
    return lines


class _Linked(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = False


def linked_data(tools: Path, site: Path, work: Path) -> Figure:
    """Errors of JSON-LD against schema.org's vocabulary, as the types of schema-dts write it down.

    Each thing of each page becomes a typed constant of a TypeScript program: the compiler then finds unknown types,
    unknown properties and values of the wrong kind.
    """
    lines = ['import type { Thing } from "schema-dts";', "export const things: Thing[] = ["]
    origin: dict[int, str] = {}
    for path in sorted(site.rglob("*.html")):
        reader = _Linked()
        reader.feed(path.read_text(encoding="utf-8"))
        for text in reader.found:
            for thing in json.loads(text)["@graph"]:
                lines.append(json.dumps(thing, ensure_ascii=True) + ",")
                origin[len(lines)] = f"{path.relative_to(site)}: {thing.get('@type')}"
    lines.append("];")
    if not origin:
        raise RuntimeError(f"{site}: no page has linked data")
    program = work / "linked.ts"
    program.write_text("\n".join(lines), encoding="utf-8")
    (work / "node_modules").symlink_to(tools / "node_modules")
    command = ["node_modules/.bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", str(program)]
    done = run(command, tools)
    findings = []
    for line in done.stdout.splitlines():
        if match := re.search(r"linked\.ts\((\d+),\d+\): error (.*)", line):
            findings.append(f"{origin.get(int(match[1]), 'all')}: {match[2]}")
    if done.returncode and not findings:
        raise RuntimeError(f"tsc ended with {done.returncode}: {done.stdout}{done.stderr}")
    return count(f"JSON-LD against schema.org: errors in {len(origin)} things", findings)


def _json(done: subprocess.CompletedProcess[str], command: Sequence[str]) -> Any:
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}") from error
