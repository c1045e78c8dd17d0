from __future__ import annotations

import re
from typing import Any

import pytest

from generator.clean.debris import Rules, load_rules
from generator.data import read_tree
from generator.sieve import lowered


def _found(rules: Rules, kind: str, name: str, text: str) -> bool:
    if kind == "inline":
        return any(rule == name and sieve.found(text, lowered(text)) for rule, sieve in rules.inline)
    table = {"line": rules.lines, "block": rules.blocks, "tail": rules.tails}[kind]
    only = Rules(**{f"{kind}s": tuple(pair for pair in table if pair[0] == name), **_EMPTY[kind]})
    return bool({"line": only.line, "block": only.block, "tail": only.tail}[kind](text))


_EMPTY: dict[str, dict[str, Any]] = {
    kind: {other: () for other in ("lines", "blocks", "tails", "inline") if other != f"{kind}s"}
    | {"menu_words": frozenset()}
    for kind in ("line", "block", "tail")
}
_ROWS = [
    (rule["kind"], rule["id"], text, wanted)
    for rule in read_tree("debris.yml")["rules"]
    for key, wanted in (("examples", True), ("counter", False))
    for text in rule[key]
]


@pytest.mark.parametrize(("kind", "name", "text", "wanted"), _ROWS)
def test_every_example_of_a_rule_is_found_and_no_counter_example(kind: str, name: str, text: str, wanted: bool) -> None:
    assert _found(load_rules(), kind, name, text) is wanted


def test_every_rule_gives_a_reason_and_an_example_each_way() -> None:
    for rule in read_tree("debris.yml")["rules"]:
        assert rule["reason"]
        assert rule["examples"]
        assert rule["counter"]
        assert re.fullmatch(r"[a-z-]+", rule["id"])
