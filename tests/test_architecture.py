"""Imports only descend: the table of layers in ARCHITECTURE.md, held against the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"
TABLE = PACKAGE.parent / "ARCHITECTURE.md"

_ROW = re.compile(r"^\| (\d) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
# Within these, neighbours do not import each other either; what they share stands in the modules named.
SIBLINGS = {
    "corpus": ("fingerprint", "resolve", "relate", "chronicle"),
    "annotate": ("mentions", "dates", "quotes"),
}


# In these layers, a row of the table is in order of dependence.
ORDERED = (0, 1)


def layers() -> dict[str, tuple[int, int]]:
    """Layer and place in its row of each module or folder directly below generator/, as ARCHITECTURE.md gives it."""
    return {
        name: (int(number), place)
        for number, modules, _ in _ROW.findall(TABLE.read_text(encoding="utf-8"))
        for place, name in enumerate(re.findall(r"`(\w+)`", modules))
    }


def may_import(importer: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] < importer[0] or (other[0] == importer[0] and importer[0] in ORDERED and other < importer)


def sources() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules of this package that the file imports, wherever in it: `("publish", "files")`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.split(".")[0] == "generator":
                yield tuple(name.split(".")[1:])


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def test_every_module_has_a_layer() -> None:
    parts = {part(path) for path in sources()} - {"__init__"}
    assert parts - layers().keys() == set()


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_descend(path: Path) -> None:
    known = layers()
    own = part(path)
    if own == "__init__":
        return
    for target in imported(path):
        other = target[0]
        if other in (own, "__version__"):
            continue
        assert may_import(known[own], known[other]), f"{path} imports {other}, which is not below {own}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_neighbouring_stages_do_not_import_each_other(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    siblings = SIBLINGS.get(parts[0], ())
    if len(parts) < 2 or parts[1] not in siblings:
        return
    for target in imported(path):
        if len(target) > 1 and target[0] == parts[0] and target[1] in siblings:
            assert target[1] == parts[1], f"{path} imports its neighbour {'.'.join(target)}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pure_stages_open_no_files_and_read_no_clock(path: Path) -> None:
    if part(path) not in ("clean", "describe", "annotate", "corpus", "pages", "exports", "encode", "read"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("open", "print", "input", "time.time", "datetime.now", "date.today", "os.getenv"), (
                called
            )
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not {"time", "os", "pickle", "random", "subprocess", "socket", "requests"} & set(names), path


def test_there_is_no_pickle_anywhere() -> None:
    assert not [path for path in sources() if re.search(r"\b(pickle|shelve|marshal)\b", _code(path))]


def _code(path: Path) -> str:
    """The names that the file imports, as text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(node) for node in imports)
