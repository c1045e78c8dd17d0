"""The registry of addresses: what was published once keeps working.

An address is a path below the site without extension: `articles/2024/2024-02-15-short-headline`.
`settle` gives every page its address; it is pure. The registry lives in `permalinks.json`, which
belongs under version control: it is the only memory of addresses that no seed explains any more.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import msgspec

from generator.errors import UsageError
from generator.publish.files import holds, replace_file
from generator.publish.stated import read_stated

_FORMAT = 1
# Letters, digits and hyphens, as `slugify` and `_free` make them, which are at most half as long.
_ADDRESS = re.compile(r"[^\W_][\w-]{0,199}(?:/[^\W_][\w-]{0,199}){0,9}")
# A page that sends readers on needs nothing but itself.
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


class Wanted(msgspec.Struct, frozen=True, gc=False):
    """A page that needs an address."""

    id: str
    path: str
    """The address it would like; not necessarily free."""
    content: str = ""
    """Digest of what the page is made of; how a renamed seed is known again. Empty: never matched so."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the registry knows about one page."""

    path: str
    """Where it is."""
    wanted: str
    """The address that it asked for when it was put there."""
    content: str = ""
    past: tuple[str, ...] = ()
    """Where it was, oldest first."""


@dataclass(frozen=True, slots=True)
class Registry:
    """Every page that was ever published, by id."""

    entries: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of `settle`."""

    paths: Mapping[str, str]
    """Address by page id."""
    redirects: Mapping[str, str]
    """Present address by past address."""
    registry: Registry


def settle(registry: Registry, wanted: Iterable[Wanted]) -> Settled:
    """Give every page an address of its own.

    A page keeps its address while it asks for the same one. One that asks for another moves, and its
    old address leads to the new one. A page with an unknown id but the content of a known page that is
    gone is that page renamed: it keeps the address. Of two that ask for the same address, the one that
    had it keeps it; among new ones the lesser id has it, and the other gets `-2`.
    """
    pages = sorted(wanted, key=lambda page: page.id)
    live = {page.id for page in pages}
    known = dict(registry.entries)
    gone = {
        entry.content: key for key, entry in sorted(known.items(), reverse=True) if entry.content and key not in live
    }
    renamed: set[str] = set()
    for page in pages:
        if page.id not in known and page.content in gone:
            known[page.id] = known.pop(gone.pop(page.content))
            renamed.add(page.id)

    paths: dict[str, str] = {}
    taken: dict[str, str] = {}
    for page in pages:
        entry = known.get(page.id)
        if entry and (entry.wanted == page.path or page.id in renamed) and entry.path not in taken:
            paths[page.id] = entry.path
            taken[entry.path] = page.id
    reserved = {past: page.id for page in pages for past in (known[page.id].past if page.id in known else ())}
    for page in pages:
        if page.id not in paths:
            path = _free(page.path, page.id, taken, reserved)
            paths[page.id] = path
            taken[path] = page.id

    # A page that is gone has no claim on an address that another has taken since.
    entries = {
        key: Entry(entry.path, entry.wanted, entry.content, tuple(old for old in entry.past if old not in taken))
        for key, entry in known.items()
        if entry.path not in taken
    }
    redirects: dict[str, str] = {}
    for page in pages:
        entry, path = known.get(page.id), paths[page.id]
        if entry and not entry.past and entry.path == path:
            # Nearly every page of nearly every build.
            same = entry.wanted == page.path and entry.content == page.content
            entries[page.id] = entry if same else Entry(path, page.path, page.content)
            continue
        past = [old for old in ((*entry.past, entry.path) if entry else ()) if old not in taken]
        entries[page.id] = Entry(path, page.path, page.content, tuple(dict.fromkeys(past)))
        redirects.update((old, path) for old in past)
    return Settled(paths, dict(sorted(redirects.items())), Registry(dict(sorted(entries.items()))))


def redirect_page(old: str, new: str) -> bytes:
    """The HTML page at the address `old` that sends readers on to the address `new`."""
    target = quote(posixpath.relpath(new, posixpath.dirname(old) or ".") + ".html")
    link = html.escape(target)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<title>This page has moved</title>\n'
        f'<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={link}">\n'
        f'<link rel="canonical" href="{link}">\n</head>\n<body>\n'
        f'<p>This page has moved: <a href="{link}">{html.escape(new)}</a></p>\n</body>\n</html>\n'
    ).encode()


def read_registry(path: Path) -> Registry:
    """The registry in the file `path`; an empty one where there is no file.

    Raises `UsageError` where the file cannot be understood: to go on without it would break addresses.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Registry()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "make the file readable") from error
    try:
        entries = read_stated(raw, "addresses", dict[str, Entry], _FORMAT)
        if entries is None:
            raise ValueError(f"its format is not {_FORMAT}")
        # Files are written there: an address that Briefing would not give is none.
        for address in (address for entry in entries.values() for address in (entry.path, *entry.past)):
            if not _ADDRESS.fullmatch(address):
                raise ValueError(f"{address[:80]!r} is no address of a page")
        return Registry(entries)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: not a registry of addresses: {error}",
            "restore it from version control, or delete it if no address of this site is used elsewhere",
        ) from error


def write_registry(path: Path, registry: Registry) -> bool:
    """Record the registry; whether the file differed. Raises `EnvironmentFault`."""
    written = msgspec.json.encode({"format": _FORMAT, "addresses": dict(sorted(registry.entries.items()))})
    content = msgspec.json.format(written, indent=1) + b"\n"
    if holds(path, content):
        return False
    replace_file(path, content)
    return True


def _free(path: str, page: str, taken: Mapping[str, str], reserved: Mapping[str, str]) -> str:
    """The first of `path`, `path-2`, `path-3` … that neither another page nor another page's past holds."""
    number, candidate = 1, path
    while candidate in taken or reserved.get(candidate, page) != page:
        number += 1
        candidate = f"{path}-{number}"
    return candidate
