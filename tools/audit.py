"""Hold locked versions to the floors of pyproject.toml and to the advisories that are known: `audit.py LOCK...`.

Works without a network, so it knows no more than `advisories.toml` beside it, and says of which day that is.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_FLOOR = re.compile(r"^([A-Za-z0-9._-]+).*?>=\s*([0-9][^\s,;]*)")


def main(locks: list[str]) -> int:
    """Print each unsafe pin of `locks`; 1 where there is one, else 0."""
    known = tomllib.loads((HERE / "advisories.toml").read_text(encoding="utf-8"))
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [
        *project["project"]["dependencies"],
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    found = [
        f"{lock}: {problem}"
        for lock in locks
        for problem in unsafe(Path(lock).read_text(encoding="utf-8"), declared, known["advisory"])
    ]
    sys.stderr.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{len(found)} of the locked versions are known to be unsafe (list of {known['checked']})\n")
    return 1 if found else 0


def unsafe(lock: str, declared: list[str], advisories: list[dict[str, str]]) -> Iterator[str]:
    """What is wrong with the versions that the text of a lock pins."""
    floors = [(match[1], match[2]) for match in map(_FLOOR.match, declared) if match]
    for name, version in _PIN.findall(lock):
        for package, floor in floors:
            if normal(package) == normal(name) and release(version) < release(floor):
                yield f"{name} {version} is below the floor {floor} of pyproject.toml"
        for one in advisories:
            if normal(one["package"]) == normal(name) and release(version) < release(one["fixed"]):
                yield f"{name} {version}: {one['id']}, {one['what']}; fixed in {one['fixed']}"


def normal(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version, without zeros at the end."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in match[0].split(".")] if match else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
