"""`briefing new`: an empty project."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from generator.errors import UsageError
from generator.publish.files import faults_named

# What the file is called in a project: its template. A template called .gitignore would act on our own repository.
FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "briefing.yml": "briefing.yml",
    "entities.yml": "entities.yml",
    "README.md": "README.md",
    ".gitignore": "gitignore",
}
FOLDERS = ("seeds", "site_src")


def create_project(folder: Path) -> tuple[Path, ...]:
    """Lay out a project in `folder`; the files made.

    Never overwrites: raises `UsageError`, before anything is made, where one of the files is there.
    Raises `EnvironmentFault` where the disk says no.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", "name a folder")
    there = sorted(name for name in FILES if (folder / name).exists() or (folder / name).is_symlink())
    if there:
        raise UsageError(f"{folder} already holds {', '.join(there)}", "name another folder, or move those files away")
    made: list[Path] = []
    with faults_named(folder):
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, template in FILES.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(_filled(template, folder.resolve().name))
            made.append(folder / name)
    return tuple(made)


def _filled(template: str, folder: str) -> str:
    text = files(__package__).joinpath("templates", template).read_text(encoding="utf-8")
    # The folder's name may be anything; only words of it can stand in YAML and Markdown as they are.
    words = "".join(char if char.isalnum() else " " for char in folder).split()
    return Template(text).substitute(name=" ".join(words).capitalize() or "Briefing")
