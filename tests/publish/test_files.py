from __future__ import annotations

import errno
from pathlib import Path

import pytest

from generator.errors import EnvironmentFault
from generator.publish.files import faults_named, replace_file


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "state.json"
    replace_file(path, b"old")

    def failing(self: Path, _target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(EnvironmentFault):
            replace_file(path, b"new")
    assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir()} == {"state.json": b"old"}


@pytest.mark.parametrize(
    ("error", "said", "remedy"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device", "/lib/a.js", None, "/site/a.js"),
            "/site/a.js",
            "free some space",
        ),
        (OSError(errno.EFBIG, "File too large"), "/site", "ulimit"),
        (PermissionError(errno.EACCES, "Permission denied", "/site/b"), "/site/b", "permission"),
        (OSError(errno.EIO, "Input/output error", b"/site/\xff"), "/site/", "build again"),
    ],
)
def test_a_fault_names_the_path_that_could_not_be_written_and_what_to_do(
    error: OSError, said: str, remedy: str
) -> None:
    with pytest.raises(EnvironmentFault) as caught, faults_named(Path("/site")):
        raise error
    assert caught.value.message.startswith(said)
    assert remedy in caught.value.remedy
    assert caught.value.exit_code == 3
