"""The client in web/src/, run by the Node that Playwright brings along."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

WEB = Path(__file__).parent.parent.parent / "web"


def node() -> str:
    """The Node of Playwright's driver: the tests need no other."""
    return str(compute_driver_executable()[0])


class Client:
    """Asks a client process one question at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, **question: Any) -> Any:
        """The answer to one line of JSON."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the client gave up on {question}"
        return json.loads(line)


@contextmanager
def started_client() -> Iterator[Client]:
    """A client that runs until the block ends."""
    with subprocess.Popen(
        [node(), str(WEB / "test/answer.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Client(process)
        assert process.stdin
        process.stdin.close()


def write_index(files: dict[str, bytes], folder: Path) -> Path:
    """The files of an index in `folder`."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
