"""The script that ships is made from the sources beside it."""

from __future__ import annotations

import hashlib
import re

from generator.site.plugin import THEME
from tests.search.client import WEB


def test_the_bundle_is_made_from_these_sources() -> None:
    digest = hashlib.sha256()
    for path in sorted((WEB / "src").iterdir(), key=lambda path: path.name):
        digest.update(path.read_bytes())
    banner = (THEME / "assets/briefing-search.js").read_text(encoding="ascii").splitlines()[0]
    assert digest.hexdigest() in banner, "run `make search` after a change in web/src/"


def test_nothing_of_an_index_is_ever_read_as_markup() -> None:
    for path in (WEB / "src").iterdir():
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for risk in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "DOMParser",
        ):
            assert risk not in code, f"{path.name}: {risk}"
