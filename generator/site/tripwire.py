"""The last line: reads every built page and names whatever is not on the allow-list.

It trusts no page to say what belongs to it: elements, attributes and schemes come from `generator.site.markup`,
scripts, styles and the policy from a clean render of the theme. What a browser could take for a tag is a `<`, so
each one must open a tag that is well-formed and allowed, wherever it stands: in a comment, a title, a script
that is not the theme's. Attribute values hold no `<` or `>`, so that no reading of the page finds other tags.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Set
from pathlib import Path

from generator.site.allowance import Allowance, take_scripts, take_styles
from generator.site.links import Flaw, files_below
from generator.site.markup import find_fault, is_ordinary

_TAG = re.compile(r"<[^<>]*+>?")
_SOURCE_ONLY = re.compile(r"""(?:\s+(?:src="([^"<>:\\]++)"|type="module"|defer|async))+\s*\Z""")
_POLICY = '<meta http-equiv="Content-Security-Policy" content="{}">'
# What a page that sends readers on carries.
_BARE_POLICY = _POLICY.format("default-src 'none'; base-uri 'none'; form-action 'none'")
_MARKUP = re.compile(r"[<>&\x00-\x1f]")
_DATA_ATTRIBUTE = ' type="application/ld+json"'
_DATA_BEGUN, _SCRIPT_ENDED = f"<script{_DATA_ATTRIBUTE}>", "</script>"
_DECLARATIONS = frozenset(("!doctype html", "!--"))
# Tags that were found good are not looked at again: chrome repeats on every page. Beyond this many they are
# names and addresses of single pages, which do not come back.
_REMEMBERED = 100_000
# Of a page this many faults are told; the first ones tell what is wrong.
_TOLD = 5


class Tripwire:
    """Checks pages against one allowance."""

    def __init__(self, allowance: Allowance, scripts: Iterable[str] = ()) -> None:
        """`scripts`: paths of the script files that theme and user supply, relative to the site."""
        self._allowance = allowance
        self.files = frozenset(scripts)
        """Script files that an element may load."""
        self._policy = _POLICY.format(allowance.policy)
        self._good = {*(f"<{tag}>" for tag in (*allowance.tags, *_DECLARATIONS)), self._policy, _BARE_POLICY}
        self._admitted: set[bytes] = set()

    @property
    def allowance(self) -> Allowance:
        """What it checks against."""
        return self._allowance

    def check_site(
        self, site: Path, checked: Set[str] = frozenset(), names: Set[str] | None = None
    ) -> tuple[Flaw, ...]:
        """Every breach in the HTML files below `site`, sorted by page, but for those `checked` before.

        `names`: the path of every file below `site`, where they are known.
        """
        flaws: list[Flaw] = []
        names = set(files_below(site)) if names is None else names
        for name in sorted(name for name in names - checked if name.lower().endswith((".html", ".htm", ".xhtml"))):
            text = (site / name).read_text(encoding="utf-8", errors="replace")
            flaws.extend(Flaw(name, problem) for problem in self.check_page(name, text))
        return tuple(flaws)

    def check_page(self, name: str, text: str) -> list[str]:
        """What is wrong with the page at `name`, a path relative to the site; empty where it is as it should be."""
        problems: list[str] = []
        if not self.is_free(name) and not self.is_guarded(text):
            problems.append("carries no Content-Security-Policy in front of everything else")
        rest, scripts = take_scripts(text)
        problems.extend(
            f"<script{attributes}>: the script is not the theme's: {content.strip()[:60]!r}"
            for attributes, content in scripts
            if (attributes, content) not in self._allowance.scripts
            and not self._is_file(name, attributes, content)
            and not _is_data(attributes, content)
        )
        rest, styles = take_styles(rest)
        problems.extend(
            f"<style{attributes}>: the style is not the theme's: {content.strip()[:60]!r}"
            for attributes, content in styles
            if (attributes, content) not in self._allowance.styles
        )
        tags = _TAG.findall(rest)
        new = set(tags).difference(self._good)
        for tag in dict.fromkeys(tags) if new else ():
            if tag not in new:
                continue
            fault = _fault(tag)
            if fault:
                problems.append(f"<{tag.strip('<>')[:80]}>: {fault}")
            elif len(self._good) < _REMEMBERED:
                self._good.add(tag)
        return problems if len(problems) <= _TOLD else [*problems[:_TOLD], f"and {len(problems) - _TOLD} more"]

    def admits(self, tags: Set[bytes]) -> bool:
        """Whether each of `tags`, in UTF-8, is one or more whole tags that a page may hold."""
        for written in tags - self._admitted:
            if not is_ordinary(written) and not self._admits(written.decode("utf-8", "replace")):
                return False
            if len(self._admitted) < _REMEMBERED:
                self._admitted.add(written)
        return True

    def admits_data(self, element: bytes) -> bool:
        """Whether `element`, in UTF-8, is one or more script elements with data for machines, and nothing else."""
        text = element.decode("utf-8", "replace")
        # Nearly always one element, whose data hold no `<`: to look for its end letter by letter takes longest.
        inner = text.removeprefix(_DATA_BEGUN).removesuffix(_SCRIPT_ENDED)
        if "<" not in inner and len(text) == len(_DATA_BEGUN) + len(inner) + len(_SCRIPT_ENDED):
            return _is_data(_DATA_ATTRIBUTE, inner)
        rest, scripts = take_scripts(text)
        return not rest and all(_is_data(attributes, content) for attributes, content in scripts)

    def _admits(self, text: str) -> bool:
        tags = _TAG.findall(text)
        if not tags or "".join(tags) != text:
            return False
        return not any(tag.startswith("<!") or (tag not in self._good and _fault(tag)) for tag in tags)

    def is_free(self, name: str) -> bool:
        """Whether the page `name` need not carry the policy."""
        return name not in self._allowance.rendered

    def is_guarded(self, text: str) -> bool:
        """Whether the policy stands before the first thing that it is to hold."""
        at = text.find(self._policy)
        return at >= 0 and not re.search(r"<(?:script|link|style|img|body)\b", text[:at], re.IGNORECASE)

    def _is_file(self, name: str, attributes: str, content: str) -> bool:
        """Whether a script element does no more than load a script file of the site."""
        match = _SOURCE_ONLY.match(attributes)
        if not match or not match[1] or content:
            return False
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1])) in self.files


def _fault(tag: str) -> str:
    if tag.startswith("<!--") or tag.lower() in ("<!doctype html>", "<!doctype html"):
        return ""
    return find_fault(tag[1:-1]) if tag.endswith(">") else "the tag does not end"


def _is_data(attributes: str, content: str) -> bool:
    """Whether a script element holds linked data, which no browser runs, and nothing that could end it early."""
    if attributes != _DATA_ATTRIBUTE or _MARKUP.search(content):
        return False
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False
