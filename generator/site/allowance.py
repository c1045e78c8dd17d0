"""What the theme brings to a page, taken from a clean render of it: a page without any text.

The Content-Security-Policy and the tripwire both start from this, so that no page can vouch for itself.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

_SCRIPT = re.compile(r"<script((?:\s[^<>]*+)?)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style((?:\s[^<>]*+)?)>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<([^<>]*+)>")
_SOURCE = re.compile(r"""\ssrc\s*=""", re.IGNORECASE)
# A block that no browser runs: Material keeps its settings in one.
_INERT = re.compile(r"""\stype="application/(?:ld\+)?json\"""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Everything of a theme that a page may hold beyond plain markup."""

    tags: frozenset[str] = frozenset()
    """Whole tags, without `<` and `>`, as the theme writes them at any depth of the site."""
    scripts: frozenset[tuple[str, str]] = frozenset()
    """Attributes and content of each script element."""
    styles: frozenset[tuple[str, str]] = frozenset()
    """Attributes and content of each style element."""
    policy: str = ""
    """The Content-Security-Policy that every page of the theme carries."""
    rendered: frozenset[str] = frozenset()
    """Paths of the pages that the theme renders, relative to the site; these must carry the policy."""


def read_allowance(clean: Iterable[str]) -> Allowance:
    """The allowance of a theme from the clean renders of its templates, with the policy that suits it."""
    tags: set[str] = set()
    scripts: set[tuple[str, str]] = set()
    styles: set[tuple[str, str]] = set()
    for page in clean:
        rest, found = take_out(page, _SCRIPT)
        scripts.update(found)
        rest, found = take_out(rest, _STYLE)
        styles.update(found)
        tags.update(_TAG.findall(rest))
    return Allowance(frozenset(tags), frozenset(scripts), frozenset(styles), _policy(scripts, styles))


def take_scripts(page: str) -> tuple[str, list[tuple[str, str]]]:
    """`page` without its script elements, and attributes and content of each."""
    return take_out(page, _SCRIPT)


def take_styles(page: str) -> tuple[str, list[tuple[str, str]]]:
    """`page` without its style elements, and attributes and content of each."""
    return take_out(page, _STYLE)


def take_out(page: str, pattern: re.Pattern[str]) -> tuple[str, list[tuple[str, str]]]:
    """`page` without what `pattern` matches, and the two groups of each match."""
    found: list[tuple[str, str]] = []
    kept: list[str] = []
    end = 0
    for match in pattern.finditer(page):
        found.append((match[1], match[2]))
        kept.append(page[end : match.start()])
        end = match.end()
    return "".join((*kept, page[end:])), found


def _policy(scripts: Iterable[tuple[str, str]], styles: Iterable[tuple[str, str]]) -> str:
    """The policy: everything from the site itself, of inline scripts and styles those of the theme alone."""
    script_hashes = sorted(
        {
            _hash(content)
            for attributes, content in scripts
            if not _SOURCE.search(attributes) and not _INERT.search(attributes)
        }
    )
    style_hashes = sorted({_hash(content) for _, content in styles})
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *script_hashes)),
            " ".join(("style-src 'self'", *style_hashes)),
            "img-src 'self' data:",
            "font-src 'self'",
            # Search without a server reads its index through script elements, with one through fetch; `briefing serve`
            # waits for the next build through fetch.
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            # The search box leads to the search page where scripts do not run.
            "form-action 'self'",
            "object-src 'none'",
            "frame-src 'none'",
        )
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
