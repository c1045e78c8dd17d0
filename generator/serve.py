"""`briefing serve`: the site on this machine, built again and shown again whenever an input changes."""

from __future__ import annotations

import mimetypes
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from watchdog.events import (
    EVENT_TYPE_DELETED,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.errors import EnvironmentFault
from generator.inputs import watched_folders
from generator.publish.census import stamp
from generator.publish.manifest import MANIFEST_NAME, read_manifest
from generator.settings import Project

HOST = "127.0.0.1"
"""Only this machine: what is served is a draft, and the server is not made for the open net."""

_WAIT_PATH = "/__briefing/wait"
_SCRIPT_PATH = "/__briefing/reload.js"
# A browser asks again after this many seconds; proxies and sleeping laptops drop longer requests.
_PATIENCE = 25.0
# What the system tells of one file that is saved, it tells within this time. What follows within the next is more than
# one save, or an editor that saves in steps; a folder of seeds arrives file by file: build once they have settled. A
# build that came too early is followed by another.
_ONE_SAVE, _QUIET, _SETTLE = 0.02, 0.03, 0.15
# Not that files are opened, read and closed, of which a build causes thousands.
_EVENTS = (
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
)

_SCRIPT = """\
(() => {
  let generation = document.currentScript.dataset.generation
  const wait = () => fetch(`/__briefing/wait?generation=${generation}`)
    .then((answer) => answer.text())
    .then((current) => current === generation ? wait() : location.reload())
    .catch(() => setTimeout(wait, 2000))
  wait()
})()
"""


class Generations:
    """Counts published sites; threads wait here for the next one."""

    def __init__(self) -> None:
        self._number = 1
        self._changed = threading.Condition()
        self._closed = False

    @property
    def number(self) -> int:
        """The number of the site that is published now."""
        return self._number

    def advance(self) -> None:
        """A new site is published."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let every waiting thread go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_beyond(self, number: int, patience: float) -> int:
        """The present number, at once where it is not `number`, else as soon as it changes or patience ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._number != number, timeout=patience)
            return self._number


class SiteServer(ThreadingHTTPServer):
    """Serves the folder `site` to this machine, with a script in each page that reloads it."""

    daemon_threads = True

    def __init__(self, site: Path, port: int, generations: Generations) -> None:
        self.generations = generations
        try:
            super().__init__((HOST, port), partial(_Handler, directory=str(site)))
        except OSError as error:
            raise EnvironmentFault(f"port {port}: {error.strerror}", "name a free one with --port") from error

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{HOST}:{self.server_address[1]}/"


class Watcher(FileSystemEventHandler):
    """Notices when an input of the build is added, changed or removed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._touched = threading.Event()
        self._observer = Observer()
        self._seeds, self._pages = (f"{folder}{os.sep}" for folder in (project.seeds, project.site_src))
        self._generated = _Generated(project.site_src)

    def start(self) -> None:
        """Begin to watch. Raises `EnvironmentFault` where the system refuses."""
        try:
            for folder in watched_folders(self._project):
                self._observer.schedule(self, str(folder), recursive=True, event_filter=list(_EVENTS))
            self._observer.schedule(self, str(self._project.root), recursive=False, event_filter=list(_EVENTS))
            self._observer.start()
        except OSError as error:
            raise EnvironmentFault(
                f"the folders cannot be watched: {error.strerror}", "raise fs.inotify.max_user_watches"
            ) from error

    def stop(self) -> None:
        """Cease to watch."""
        self._observer.stop()
        self._observer.join()

    def wait(self, timeout: float) -> bool:
        """Whether an input changed within `timeout` seconds; returns once the changes have settled."""
        if not self._touched.wait(timeout):
            return False
        # One file that is saved is told of several times at once.
        time.sleep(_ONE_SAVE)
        self._touched.clear()
        if self._touched.wait(_QUIET):
            while self._touched.is_set():
                self._touched.clear()
                time.sleep(_SETTLE)
        return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of one event of the file system, unless the build itself caused it."""
        gone = event.event_type == EVENT_TYPE_DELETED
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if any(self._is_input(path, folder=event.is_directory, gone=gone) for path in paths):
            self._touched.set()

    def _is_input(self, path: str, *, folder: bool, gone: bool) -> bool:
        # A build writes hundreds of files, and is told of each: so these are texts.
        if f"{path}{os.sep}".startswith(self._seeds):
            return True
        if path.startswith(self._pages):
            name = path.removeprefix(self._pages).replace(os.sep, "/")
            temporary = name.rsplit("/", 1)[-1].startswith(".")
            return not (folder or temporary or name == MANIFEST_NAME or self._generated.has(name, gone=gone))
        project, place = self._project, Path(path)
        if place.parent == project.root:
            named = (project.settings_file, project.mkdocs_file, project.entities, project.glossary, project.seeds)
            return place in named
        return any(place.is_relative_to(extra) for extra in watched_folders(project)[2:]) and not folder


class _Generated:
    """The generated files of a folder, whose list is read again when it is another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp = stamp(folder / MANIFEST_NAME)
        self._names = read_manifest(folder)
        self._before: frozenset[str] = frozenset()

    def has(self, name: str, *, gone: bool) -> bool:
        """Whether `name` is one of them, or was one before it was `gone`."""
        now = stamp(self._folder / MANIFEST_NAME)
        if now != self._stamp:
            self._stamp, self._before = now, self._names
            self._names = read_manifest(self._folder)
        return name in self._names or (gone and name in self._before)


def serve(
    project: Project,
    rebuild: Callable[[Callable[[], None]], None],
    port: int,
    ready: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Serve the site of `project` until `stop` is set or the user interrupts, rebuilding on every change.

    `rebuild` brings the site up to date and calls what it is given as soon as there is a new one; where it fails in a
    way that nobody foresaw, the failure is shown and the site that is there served on. `ready` is called with the
    address once the server listens. Raises `EnvironmentFault` where the port is taken.
    """
    stop = stop or threading.Event()
    generations = Generations()
    server = SiteServer(project.site, port, generations)
    watcher = Watcher(project)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    try:
        watcher.start()
        thread.start()
        ready(server.url)
        while not stop.is_set():
            if watcher.wait(0.2):
                _rebuild(rebuild, generations)
    finally:
        generations.close()
        if thread.is_alive():
            server.shutdown()
        server.server_close()
        watcher.stop()


def _rebuild(rebuild: Callable[[Callable[[], None]], None], generations: Generations) -> None:
    try:
        rebuild(generations.advance)
    except Exception:  # noqa: BLE001 -- whoever is writing must not lose the server to a fault of ours
        sys.stderr.write(
            f"{traceback.format_exc()}This is a fault of Briefing; the site of before is still served, and built again "
            "at the next change. Please report it with what you changed.\n"
        )
        sys.stderr.flush()


class _Handler(SimpleHTTPRequestHandler):
    server: SiteServer

    # What systems disagree about, and browsers insist on.
    extensions_map = {**mimetypes.types_map, ".js": "text/javascript", ".css": "text/css", ".json": "application/json"}  # noqa: RUF012 -- the base class declares it so

    def do_GET(self) -> None:
        """Answer one request."""
        # A page of another host that resolves its name to this machine must not read the draft.
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in (HOST, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN, "This server answers to localhost only")
            return
        parts = urlsplit(self.path)
        generations = self.server.generations
        if parts.path == _WAIT_PATH:
            known = parse_qs(parts.query).get("generation", ["0"])[0]
            number = generations.wait_beyond(int(known) if known.isdecimal() else 0, _PATIENCE)
            self._answer(str(number).encode(), "text/plain")
        elif parts.path == _SCRIPT_PATH:
            self._answer(_SCRIPT.encode(), "text/javascript")
        else:
            page = self._page()
            if page is None:
                super().do_GET()
            else:
                self._answer(_with_reload(page, generations.number), "text/html; charset=utf-8")

    def end_headers(self) -> None:
        """Nothing is kept by the browser: the next look must show the next site."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not logged."""

    def _page(self) -> bytes | None:
        path = Path(self.translate_path(self.path))
        try:
            if path.is_dir() and urlsplit(self.path).path.endswith("/"):
                path /= "index.html"
            return path.read_bytes() if path.suffix == ".html" else None
        except OSError:
            return None

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _with_reload(page: bytes, generation: int) -> bytes:
    script = f'<script src="{_SCRIPT_PATH}" data-generation="{generation}"></script>'.encode()
    before, closing, after = page.rpartition(b"</body>")
    return before + script + closing + after if closing else page + script
