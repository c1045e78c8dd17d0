"""A Firefox driven by the protocol that it brings along (Marionette): JSON messages, each behind its length."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
# A loaded machine takes that long to start a browser.
STARTING = 60.0


def firefox() -> str | None:
    """The Firefox of this machine, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Firefox:
    """One window."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stream = connection.makefile("rb")
        self._asked = 0
        self._received()
        self._command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def open(self, address: str) -> None:
        """Go to a page and wait until it is loaded."""
        self._command("WebDriver:Navigate", url=address)
        # Between two kinds of addresses the page changes its process, and the answer may come from the old one.
        self.until(f"return location.href === {address!r} && document.readyState === 'complete'")

    def run(self, script: str) -> Any:
        """What the body of a function returns in the page."""
        return self._command("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def until(self, script: str, seconds: float = 15.0) -> Any:
        """The first true value that the body of a function returns."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := self.run(script):
                return found
            time.sleep(0.05)
        raise AssertionError(f"never came true: {script}")

    def _command(self, name: str, **parameters: Any) -> Any:
        self._asked += 1
        message = json.dumps([0, self._asked, name, parameters]).encode()
        self._connection.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._received()
        assert error is None, error
        return result

    def _received(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) not in (b":", b""):
            length += byte
        return json.loads(self._stream.read(int(length)))


@contextmanager
def started_firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """A headless Firefox with a fresh profile in `folder`, ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="ascii")
    with subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            with _connected(port) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + STARTING
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
