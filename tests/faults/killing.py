"""Killing a build at a chosen operation: what an operator, the kernel or a power switch may do at any moment."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.publish.late import Late
from generator.site.driver import BuildOutcome
from generator.site.links import files_below
from tests.projects import make_project, run_build, tree

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Everything Python reports before it changes a folder or a file. The exchange of two folders goes through
# ctypes, which reports that the function is looked up.
_CHANGING = frozenset(
    (
        "os.chmod",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.truncate",
        "os.utime",
        "ctypes.dlsym",
    )
)

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork a process")

EVERY = bool(os.environ.get("BRIEFING_EVERY_FAULT"))
"""Whether to inject every fault there is, which takes long, or those that differ."""


@dataclass(frozen=True, slots=True)
class Kill:
    """Die before the operation with this number; with `opened`, right behind it, the file being open and empty."""

    number: int
    opened: bool = False


def operations(action: Callable[[], object], folder: Path) -> list[str]:
    """What `action` changes below `folder`, step by step, as `event path`; it runs in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)

        def note(_number: int, event: str, path: str) -> None:
            os.write(writing, f"{event} {path}\n".encode())

        _Hook(folder, note)
        _end(action)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        listed = stream.read().splitlines()
    assert os.waitpid(child, 0)[1] == 0
    return listed


def killed(action: Callable[[], object], folder: Path, kill: Kill) -> bool:
    """Run `action` in a process of its own that is killed at `kill`; whether it came so far."""
    child = os.fork()
    if child == 0:

        def die(number: int, event: str, path: str) -> None:
            if number == kill.number:
                if kill.opened and event == "open":
                    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644))
                os.kill(os.getpid(), signal.SIGKILL)

        _Hook(folder, die)
        _end(action)
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _end(action: Callable[[], object]) -> None:
    try:
        action()
    except BaseException:  # noqa: BLE001 -- nothing of the child may run on in the parent's name
        os._exit(1)
    os._exit(0)


class _Hook:
    """Calls back before each change below a folder. An audit hook cannot be taken away: for processes that end."""

    def __init__(self, folder: Path, call: Callable[[int, str, str], None]) -> None:
        self._folder = f"{folder}/"
        self._call = call
        self._number = 0
        self._busy = False
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._busy:
            return
        if event == "open":
            flags = arguments[2]
            if not (isinstance(flags, int) and flags & _WRITING):
                return
        elif event not in _CHANGING:
            return
        path = "" if isinstance(arguments[0], int) else str(arguments[0])
        if event == "ctypes.dlsym":
            path = str(arguments[1])
            if path not in ("renameat2", "renamex_np"):
                return
        elif path and not path.startswith(self._folder):
            return
        self._busy = True
        self._number += 1
        self._call(self._number, event, path)
        self._busy = False


_TITLE = re.compile(rb"# (.*)")


def quick_site(
    _mkdocs_file: Path, docs_dir: Path, site_dir: Path, *_options: object, late: Late, **_named: object
) -> BuildOutcome:
    """In the place of MkDocs where its output does not matter: a small page for each source."""
    late.take()
    pages = 0
    for source in sorted(docs_dir.rglob("*")):
        name = source.relative_to(docs_dir)
        if source.is_dir() or any(part.startswith(".") for part in name.parts):
            continue
        target = site_dir / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix != ".md":
            shutil.copyfile(source, target)
            continue
        found = _TITLE.match(source.read_bytes())
        links = re.sub(r"- \[(.*)\]\((.*)\.md#p1\)", r'<a href="\2.html#p1">\1</a>', source.read_text(encoding="utf-8"))
        title = found[1].decode() if found else ""
        target.with_suffix(".html").write_text(f"<title>{title}</title>\n{links}", encoding="utf-8")
        pages += 1
    (site_dir / "404.html").write_text("Nothing here", encoding="utf-8")
    return BuildOutcome(pages, (), frozenset(files_below(site_dir)))


_HIDDEN = {".briefing", ".gitignore", "site_src/.gitignore", "site_src/.briefing-manifest.json"}
"""What may be there whose name starts with a dot."""


class Crash:
    """A project whose next build changes, adds, renames and removes pages, and what that build may leave."""

    def __init__(self, folder: Path, **seeds: str) -> None:
        self.project = project = make_project(folder / "port", **seeds)
        (project.site_src / "notes.md").write_text("# Notes\n\nMine.\n", encoding="utf-8")
        assert self.build() == 0
        self._keep = folder / "keep"
        self.before = tree(project.site)
        project.seeds.joinpath("new.txt").write_text("New pier\nA pier was built.", encoding="utf-8")
        project.seeds.joinpath("mayor.txt").write_text("Mayor is silent\nNo word.", encoding="utf-8")
        project.seeds.joinpath("mill.txt").unlink()
        shutil.copytree(project.root, self._keep, symlinks=True)
        assert self.build() == 0
        self.after = tree(project.site)
        self.all_after = self.everything()
        assert self.after != self.before
        self.reset()
        self._old_seeds = {f"{name}.txt": text.encode() for name, text in seeds.items()}

    def build(self) -> int:
        """Build as `briefing build` does; the exit code."""
        return run_build(self.project).exit_code

    def reset(self) -> None:
        """Back to where the build that is killed begins."""
        shutil.rmtree(self.project.root)
        shutil.copytree(self._keep, self.project.root, symlinks=True)

    def everything(self) -> dict[str, bytes]:
        """Every file of the project but its memory of past builds; the folder behind a linked site is the site."""
        found = tree(self.project.root)
        if self.project.site.is_symlink():
            found |= {f"site/{name}": content for name, content in tree(self.project.site).items()}
        behind = self._behind()
        return {name: content for name, content in found.items() if name.partition("/")[0] not in (".briefing", behind)}

    def _behind(self) -> str:
        """The folder that the site is a link to, where it is one."""
        return str(self.project.site.readlink()) if self.project.site.is_symlink() else ""

    def survey(self) -> str:
        """`old` or `new`: which site stands, whole; everything else is said in words."""
        site = self.project.site
        if not site.exists() and site.with_name(".site.old").exists():
            return "between two renames"
        now = tree(site) if site.exists() else {}
        if now == self.before:
            return "old"
        if now == self.after:
            return "new"
        lost = sorted((set(self.before) & set(self.after)) - set(now))
        changed = sorted(name for name in now if now[name] not in (self.before.get(name), self.after.get(name)))
        return f"lost {lost}, broken {changed}, {len(now)} files"

    def recovered(self) -> str:
        """What is wrong after the next build; empty where it is what a build that nobody killed leaves."""
        code = self.build()
        if code != 0:
            return f"exit {code}"
        now = self.everything()
        if now != self.all_after:
            differing = {
                name for name in now.keys() | self.all_after.keys() if now.get(name) != self.all_after.get(name)
            }
            return f"differs in {sorted(differing)}"
        return self._leftovers()

    def undone(self) -> str:
        """What is wrong after a next build for which the seeds are as they were before the one that was killed."""
        shutil.rmtree(self.project.seeds)
        self.project.seeds.mkdir()
        for name, content in self._old_seeds.items():
            (self.project.seeds / name).write_bytes(content)
        code = self.build()
        if code != 0:
            return f"exit {code}"
        gone = sorted(name for name, content in self.before.items() if self._differs(name, content))
        return f"lost {gone}" if gone else self._leftovers()

    def _differs(self, name: str, content: bytes) -> bool:
        path = self.project.site / name
        return not path.is_file() or path.read_bytes() != content

    def _leftovers(self) -> str:
        paths = [path.relative_to(self.project.root).as_posix() for path in self.project.root.rglob(".*")]
        left = sorted(set(paths) - _HIDDEN - {self._behind()})
        return f"left {left}" if left else ""


def kills(listed: list[str]) -> Iterator[Kill]:
    """Every way to die in a run that changes what `listed` says."""
    for number, line in enumerate(listed, 1):
        yield Kill(number)
        if line.startswith("open "):
            yield Kill(number, opened=True)
    yield Kill(len(listed) + 1)
