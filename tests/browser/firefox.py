"""A real Firefox without a driver: it speaks Marionette, the protocol that drivers put WebDriver on top of."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

NAMES = ("firefox-esr", "firefox")
PATIENCE = 90.0

# Whatever would leave the machine goes to a proxy of ours. Firefox itself is told to look for nothing.
_PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", {proxy});
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", {proxy});
user_pref("network.proxy.no_proxies_on", "127.0.0.1");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("dom.disable_open_during_load", false);
"""


class MarionetteError(Exception):
    """Firefox says no. `kind` is WebDriver's word for it, such as `no such alert`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Firefox:
    """One window. `refused` lists what it asked of other hosts."""

    def __init__(self, connection: socket.socket, refused: list[str]) -> None:
        self.refused = refused
        self._stream = connection.makefile("rb")
        self._connection = connection
        self._number = 0
        self._read()
        self.call("WebDriver:NewSession", {"unhandledPromptBehavior": "ignore", "pageLoadStrategy": "normal"})

    def call(self, command: str, parameters: dict[str, Any] | None = None) -> Any:
        """Send one command; its result. Raises `MarionetteError`."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters or {}]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise MarionetteError(error["error"], error["message"])
        return result.get("value", result) if isinstance(result, dict) else result

    def open(self, address: str) -> None:
        """Go to a page and wait until it is loaded."""
        self.call("WebDriver:Navigate", {"url": address})

    def visit(self, address: str) -> None:
        """Go to a page of a known address and wait until it is the one that answers."""
        self.open(address)
        # Between two kinds of addresses the page changes its process, and the answer may come from the old one.
        self.until(f"() => location.href === {address!r} && document.readyState === 'complete'")

    def until(self, function: str, seconds: float = 15.0) -> Any:
        """The first true value that the function without arguments gives in the page."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := self.evaluate(function):
                return found
            time.sleep(0.05)
        raise AssertionError(f"never came true: {function}")

    def evaluate(self, function: str) -> Any:
        """What the function without arguments gives in the page."""
        return self.call("WebDriver:ExecuteScript", {"script": f"return ({function})()", "args": []})

    def dialog(self) -> str:
        """The text of the dialog that is open, and empty where none is."""
        try:
            return str(self.call("WebDriver:GetAlertText"))
        except MarionetteError as error:
            if error.kind == "no such alert":
                return ""
            raise

    def windows(self) -> int:
        """How many windows and tabs there are."""
        return len(self.call("WebDriver:GetWindowHandles"))

    def _read(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise EOFError("Firefox closed the connection")
            length += digit
        return json.loads(self._stream.read(int(length)))


@contextmanager
def started_firefox(path: str, place: Path) -> Iterator[Firefox]:
    """The Firefox at `path`, headless, with a fresh profile in the folder `place`."""
    refused: list[str] = []

    class Refusing(BaseHTTPRequestHandler):
        def refuse(self) -> None:
            refused.append(self.path)
            self.send_error(403)

        do_GET = do_POST = do_CONNECT = do_HEAD = do_OPTIONS = refuse  # noqa: N815 -- names of the standard library

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    profile = place / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(_PREFERENCES.format(proxy=proxy.server_address[1]), "utf-8")
    process = subprocess.Popen(
        [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        env={**os.environ, "HOME": str(place), "MOZ_CRASHREPORTER_DISABLE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        told = profile / "MarionetteActivePort"
        while not (told.exists() and told.read_text("utf-8").strip()):
            if process.poll() is not None or time.monotonic() > deadline:
                raise EOFError("Firefox did not start")
            time.sleep(0.1)
        with socket.create_connection(("127.0.0.1", int(told.read_text("utf-8"))), timeout=PATIENCE) as connection:
            browser = Firefox(connection, refused)
            # What it fetched by itself on starting is not the pages'.
            refused.clear()
            yield browser
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        proxy.shutdown()
        proxy.server_close()


def find_firefox() -> str | None:
    """The Firefox of this machine, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def installed_firefox() -> str:
    """The Firefox of this machine. Where CI is set, to have none is a failure; elsewhere a reason to skip."""
    path = find_firefox()
    if path is None:
        reason = "no Firefox on PATH; on Debian: apt-get install firefox-esr"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
