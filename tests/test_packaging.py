"""What a fresh clone installs: everything that is imported is declared, everything declared is pinned with a hash."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

# Where the name to import is not the name to install.
INSTALLED_AS = {
    "yaml": "pyyaml",
    "pymdownx": "pymdown-extensions",
    "markdown": "markdown",
    "material": "mkdocs-material",
}
# Comes with a declared package that promises it: jinja2 autoescapes with it.
IMPLIED = {"markupsafe": "jinja2", "thinc": "spacy", "numpy": "spacy"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def declared() -> dict[str, set[str]]:
    """Names that pyproject.toml declares: at run time, and for development."""
    root = Path(__file__).parent.parent
    tree = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    names = {"run": tree["project"]["dependencies"]}
    names["extra"] = [entry for extra in tree["project"]["optional-dependencies"].values() for entry in extra]
    # Checkers of the built site have a lock of their own.
    groups = [entry for name, group in tree["dependency-groups"].items() if name != "audit" for entry in group]
    names["dev"] = [*names["run"], *names["extra"], *groups]
    return {key: {normal(re.split(r"[<>=!~\[; ]", entry)[0]) for entry in entries} for key, entries in names.items()}


def pins(path: Path) -> dict[str, str]:
    """Each pinned name with the lines that belong to it."""
    text = path.read_text(encoding="utf-8")
    return {normal(match[1]): match[0] for match in re.finditer(r"^([\w.-]+)==(?:.|\n(?![\w]))+", text, re.MULTILINE)}


def test_what_is_imported_is_declared(repository: Path, declared: dict[str, set[str]]) -> None:
    missing: set[str] = set()
    for path in (repository / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"generator", "msvcrt"}:
                package = normal(INSTALLED_AS.get(name, IMPLIED.get(name, name)))
                if package not in declared["run"] | declared["extra"]:
                    missing.add(f"{path.name}: {name}")
    assert missing == set()


@pytest.mark.parametrize(("lock", "kind"), [("requirements.lock", "run"), ("requirements-dev.lock", "dev")])
def test_what_is_declared_is_pinned_with_a_hash(
    repository: Path, declared: dict[str, set[str]], lock: str, kind: str
) -> None:
    pinned = pins(repository / lock)
    assert declared[kind] - pinned.keys() == set(), "run `make lock`"
    assert [name for name, lines in pinned.items() if "--hash=sha256:" not in lines] == []


def test_what_runs_is_what_was_tested(repository: Path) -> None:
    run, dev = (
        {line for line in (repository / name).read_text(encoding="utf-8").splitlines() if re.match(r"[\w.-]+==", line)}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert run <= dev


def test_the_locks_name_no_package_index(repository: Path) -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "http" not in re.sub(r"# +.*|httpx?\S*|httpcore\S*", "", (repository / name).read_text(encoding="utf-8"))
