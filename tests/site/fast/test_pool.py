"""Work in several processes."""

from __future__ import annotations

import sys

import pytest

from generator.site.fast.pool import in_parts


def told(begin: int, end: int) -> bytes:
    return b" ".join(b"%d" % number for number in range(begin, end))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do it in one process")
@pytest.mark.parametrize("missing", ["", "ctypes"])
def test_parts_come_back_in_order_also_where_nothing_calls_the_c_library(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)
    assert b" ".join(in_parts(told, 11, 2)) == told(0, 11)
