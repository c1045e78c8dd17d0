"""The files below docs_dir, as MkDocs finds them.

Stands for `mkdocs.structure.files.get_files`, which takes paths apart and puts them together several times for each
file and asks every pattern of mkdocs.yml. Names of letters, digits, hyphens, underscores and full stops stand in paths
and addresses as they are; of any other MkDocs works them out itself, when they are asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, _file_sort_key, get_files, set_exclusions

_PLAIN = re.compile(r"[-\w][-\w.]*\Z", re.ASCII)
_PAGE = ".md"
# MkDocs makes an index of it.
_README = "README"
# What MkDocs leaves out by itself: `.*` anywhere, and `/templates/`.
_HIDDEN, _TEMPLATES = ".", "templates/"


def find_files(config: MkDocsConfig) -> Files:
    """As `get_files(config)`."""
    if config.use_directory_urls or os.sep != "/":
        return get_files(config)
    files: list[File] = []
    for found in _folders(config):
        # Of two files that become one MkDocs leaves one out, and says so.
        if len({file.dest_uri for file in found}) != len(found):
            return get_files(config)
        files += found
    if config.get("exclude_docs") or config.get("draft_docs"):
        set_exclusions(files, config)
    else:
        _exclude(files, config)
    return Files(files)


def _folders(config: MkDocsConfig) -> Iterator[list[File]]:
    """The files of each folder, in MkDocs' order."""
    docs, site = config.docs_dir, config.site_dir
    root = os.path.normpath(docs)
    ahead = [""]
    while ahead:
        below = ahead.pop()
        folders: list[str] = []
        names: list[str] = []
        try:
            with os.scandir(f"{docs}/{below}") as entries:
                for entry in entries:
                    (folders if _is_folder(entry) else names).append(entry.name)
        except OSError:
            # MkDocs passes over folders that may not be read.
            continue
        plain = all(map(_PLAIN.match, below.split("/")[:-1]))
        names.sort(key=_file_sort_key)
        yield [_file(below, name, docs, site, root if plain and _PLAIN.match(name) else "") for name in names]
        folders.sort(reverse=True)
        ahead += [f"{below}{name}/" for name in folders]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file(below: str, name: str, docs: str, site: str, root: str) -> File:
    """The file `name`, with its paths where `root` says that they are plain."""
    if not root:
        return File(below + name, docs, site, use_directory_urls=False)
    file = File.__new__(File)
    file.src_uri = uri = below + name
    file.src_dir, file.dest_dir, file.use_directory_urls = docs, site, False
    file.inclusion = InclusionLevel.UNDEFINED
    file.abs_src_path = f"{root}/{uri}"
    page = name.endswith(_PAGE)
    if page and name[: -len(_PAGE)] != _README:
        file.dest_uri = file.url = f"{uri[: -len(_PAGE)]}.html"
    elif not page and not file.is_documentation_page():
        file.dest_uri = file.url = uri
    return file


def _exclude(files: list[File], config: MkDocsConfig) -> None:
    """As `set_exclusions`, where mkdocs.yml names none that are excluded and no drafts."""
    matches = _matching(config.get("not_in_nav"))
    for file in files:
        uri = file.src_uri
        if uri.startswith((_HIDDEN, _TEMPLATES)) or f"/{_HIDDEN}" in uri:
            file.inclusion = InclusionLevel.EXCLUDED
        else:
            file.inclusion = InclusionLevel.NOT_IN_NAV if matches(uri) else InclusionLevel.INCLUDED


def _matching(spec: Any) -> Callable[[str], bool]:
    """What tells whether a path matches `spec`, patterns as in .gitignore: the one that matched last is asked first."""
    patterns = [pattern for pattern in spec.patterns if pattern.include is not None] if spec else []
    # An exception depends on which pattern stands last.
    if not all(pattern.include for pattern in patterns):
        return spec.match_file  # type: ignore[no-any-return]  # pathspec is untyped here

    def matches(path: str) -> bool:
        for at, pattern in enumerate(patterns):
            if pattern.match_file(path) is not None:
                if at:
                    patterns.insert(0, patterns.pop(at))
                return True
        return False

    return matches
