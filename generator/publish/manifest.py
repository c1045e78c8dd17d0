"""The manifest: which files of site_src/ are generated. Everything else there belongs to the user."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from generator.parsing import read_json
from generator.publish.files import holds, replace_file

MANIFEST_NAME = ".briefing-manifest.json"
_FORMAT = 1
# What no path below a folder holds, its parts on lines of their own.
_WRONG = ("\\", "\0", "\n\n", "\n.\n", "\n..\n")


def read_manifest(folder: Path) -> frozenset[str]:
    """The generated files of `folder`, as paths with `/`; empty where there is no readable manifest.

    Without a manifest every file counts as the user's: nothing is lost, at worst something is reported.
    """
    try:
        return _listed((folder / MANIFEST_NAME).read_bytes())
    except OSError:
        return frozenset()


# A build asks for it half a dozen times.
@lru_cache(maxsize=2)
def _listed(manifest: bytes) -> frozenset[str]:
    """The files that `manifest` lists."""
    try:
        content = read_json(manifest)
    except ValueError:
        return frozenset()
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        return frozenset()
    listed = content.get("files")
    if not isinstance(listed, list):
        return frozenset()
    try:
        # Tens of thousands of names, of which none is wrong: all are looked at together.
        text = "".join(listed)
        if are_paths(listed) and ":" not in text and _is_writable(text):
            return frozenset(listed)
    except TypeError:
        # Not all are names.
        pass
    return frozenset(name for name in listed if _inside(name))


def are_paths(names: Iterable[str]) -> bool:
    """Whether `names` surely are plain relative paths, of which none leads out of the folder that they are below."""
    text = "\n".join(("", *names, "")).replace("/", "\n")
    return not any(wrong in text for wrong in _WRONG)


def write_manifest(folder: Path, names: Iterable[str]) -> bool:
    """Record the generated files of `folder`; whether the manifest differed. Raises `EnvironmentFault`."""
    content = json.dumps({"format": _FORMAT, "files": sorted(names)}, ensure_ascii=True, indent=0).encode() + b"\n"
    if holds(folder / MANIFEST_NAME, content):
        return False
    replace_file(folder / MANIFEST_NAME, content)
    return True


def _inside(name: object) -> bool:
    """Whether `name` is a plain relative path: a manifest that was tampered with deletes nothing elsewhere."""
    if not isinstance(name, str) or not name or "\\" in name or "\0" in name or name.startswith("/") or ":" in name:
        return False
    return _is_writable(name) and all(part not in ("", ".", "..") for part in name.split("/"))


def _is_writable(text: str) -> bool:
    """Whether the system can be asked for a file of that name: of half a surrogate pair it makes nothing."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True
