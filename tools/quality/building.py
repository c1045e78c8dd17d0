"""The sites that are looked at, and the server that they are looked at on."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

COPIED = ("briefing.yml", "mkdocs.yml", "entities.yml", "permalinks.json")
# What any host compresses; fonts and pictures are compressed already.
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv")


def build(project: Path, target: Path, address: str = "") -> Path:
    """A build of the seeds of `project` in the folder `target`; returns the folder of the site.

    With an `address` the site is built as for publication there: with absolute links where formats ask for them, and
    open to search engines. Raises `RuntimeError` with the output of a build that failed.
    """
    target.mkdir(parents=True)
    for name in COPIED:
        if (project / name).exists():
            shutil.copy(project / name, target / name)
    for name in ("seeds", "site_src"):
        shutil.copytree(project / name, target / name)
    if address:
        config = target / "mkdocs.yml"
        text, opened = re.subn(r"(?m)^(\s+robots:).*$", r"\1 all", config.read_text(encoding="utf-8"))
        if not opened:
            raise RuntimeError(f"{config}: has no `robots:` to open the site with")
        config.write_text(f"site_url: {address}\n{text}", encoding="utf-8")
    done = subprocess.run(  # noqa: S603 -- this project's own command
        [sys.executable, "-m", "generator", "build", "-f", str(target)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the build ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return target / "site"


class _Compressing(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file() or path.suffix not in _TEXT:
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        return BytesIO(body)


@contextmanager
def serving(root: Path, port: int = 0) -> Iterator[str]:
    """Serve `root` on this machine; gives the address, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Compressing, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port that nobody listens on now."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
        return int(server.server_address[1])


def kinds(site: Path) -> dict[str, str]:
    """Kind of page to its address in `site`: one page of each kind that the site has, the fullest of its kind."""
    fixed = {path.stem: path.name for path in sorted(site.glob("*.html"))}
    found = {"home" if stem == "index" else stem: name for stem, name in fixed.items()}
    # Each other order of the quotes, and the fullest of each kind of archive and part.
    found |= {f"quotes {path.stem}": path.relative_to(site).as_posix() for path in sorted(site.glob("quotes/*.html"))}
    for pattern, kind in (
        ("articles/*/index.html", "archive"),
        ("articles/*/*/index.html", "archive of a kind"),
        ("*/letters/*.html", "letter"),
        ("timeline/*.html", "part of the timeline"),
    ):
        some = sorted(site.glob(pattern), key=lambda path: (path.stat().st_size, path.name))
        if some:
            found[kind] = some[-1].relative_to(site).as_posix()
    for folder, kind in (
        ("articles", "article"),
        ("people", "person"),
        ("organizations", "organization"),
        ("places", "place"),
        ("events", "event"),
        ("seeds", "seed"),
    ):
        pages = [path for path in (site / folder).rglob("*.html") if path.name != "index.html"]
        if pages:
            fullest = max(pages, key=lambda path: (path.stat().st_size, path.name))
            found[kind] = fullest.relative_to(site).as_posix()
        if (site / folder / "index.html").exists():
            found[folder] = f"{folder}/index.html"
    return found
