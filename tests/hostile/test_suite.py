"""The tests notice when an encoder is gone: with text passed on as it is, they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run_without(repository: Path, encoder: str, *tests: str) -> int:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.hostile.without_encoder",
            "-p",
            "no:cacheprovider",
            "-x",
            "-q",
            *tests,
        ],
        cwd=repository,
        env={**os.environ, "WITHOUT": encoder, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=False,
    )
    # 0 passed, 1 failed; anything else means that the tests did not run.
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.returncode


@pytest.mark.parametrize("encoder", ["encoded", "html", "inline", "text", "tooltip"])
def test_the_tests_of_the_encoder_fail_without_it(repository: Path, encoder: str) -> None:
    assert run_without(repository, encoder, "tests/encode/test_markdown.py") == 1


def test_the_tests_of_the_pages_fail_without_the_encoder(repository: Path) -> None:
    assert run_without(repository, "encoded", "tests/pages/test_pages.py", "tests/pages/test_body.py") == 1


def test_the_tests_of_the_encoder_pass_with_it(repository: Path) -> None:
    assert run_without(repository, "", "tests/encode/test_markdown.py") == 0
