"""NAME.yml beside a seed: what the analyst states about it."""

from __future__ import annotations

import datetime
import re
from pathlib import PurePosixPath

import yaml

from generator.encode.scalars import plain
from generator.model import Issue
from generator.parsing import read_yaml

# Everything is read as text, so that 2024-02-31 is a wrong date and not a wrong file.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Value = str | list[str]
# Fields of one text each, and fields that may be several.
TEXT_FIELDS = (
    "title",
    "outlet",
    "credit",
    "category",
    "language",
    "translated_from",
    "url",
    "published",
    "updated",
)
LIST_FIELDS = ("authors",)
# What people also write for a field.
_SYNONYMS = {
    "author": "authors",
    "byline": "authors",
    "date": "published",
    "source": "outlet",
    "lang": "language",
    "headline": "title",
    "section": "category",
}
_DATE = re.compile(
    r"(?:\d{4}|\d{4}-(?:0[1-9]|1[0-2])|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?)\Z"
)
_URL = re.compile(r"https?://[^\s<>\"']{3,2000}\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}\Z")
# An override is a page of settings; a megabyte of YAML is a mistake.
_LIMIT = 100_000
# The longest title or name that a page can show.
_TEXT_LIMIT = 1_000


def read_override(name: str, raw: bytes | None) -> tuple[dict[str, Value], tuple[Issue, ...]]:
    """The fields that the override of the seed `name` states, and a warning for each that cannot be used."""
    if raw is None:
        return {}, ()
    beside = str(PurePosixPath(name).with_suffix(".yml"))
    issues: list[Issue] = []

    def warn(message: str, remedy: str) -> None:
        issues.append(Issue("warning", "override", name, f"{beside}: {message}", remedy))

    if len(raw) > _LIMIT:
        warn(f"{len(raw):,} bytes is too much for metadata; the file is ignored", "keep fields of the article only")
        return {}, tuple(issues)
    try:
        tree = read_yaml(raw, _LOADER)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())[:200]
        warn(f"not valid YAML, so it is ignored: {reason}", "write one `field: value` a line, in UTF-8")
        return {}, tuple(issues)
    if tree is None:
        return {}, ()
    if not isinstance(tree, dict):
        warn("not a list of `field: value` lines, so it is ignored", "write one `field: value` a line")
        return {}, tuple(issues)
    fields: dict[str, Value] = {}
    for key, value in tree.items():
        field = _SYNONYMS.get(str(key), str(key))
        if field not in TEXT_FIELDS and field not in LIST_FIELDS:
            known = ", ".join(sorted((*TEXT_FIELDS, *LIST_FIELDS)))
            warn(f"unknown field `{str(key)[:60]}` is ignored", f"known fields are {known}")
            continue
        if value in ("", "null", "~"):
            continue
        checked = _texts(value) if field in LIST_FIELDS else _text(value)
        if checked is None:
            expected = "a text or a list of texts" if field in LIST_FIELDS else "a text"
            warn(f"`{field}` is not {expected}, so it is ignored", f"write `{field}: …` as {expected}")
            continue
        wrong = _fault(field, checked)
        if wrong:
            warn(f"`{field}: {str(checked)[:60]}` {wrong}, so it is ignored", _REMEDY[field])
            continue
        fields[field] = (
            _timestamp(checked) if field in ("published", "updated") and isinstance(checked, str) else checked
        )
    return fields, tuple(issues)


_REMEDY = {
    "published": "write 2024, 2024-02, 2024-02-15 or 2024-02-15T23:07",
    "updated": "write 2024, 2024-02, 2024-02-15 or 2024-02-15T23:07",
    "url": "write the whole address, with https://",
    "language": "write a language code, such as en or ko",
    "translated_from": "write a language code, such as en or ko",
}


def _fault(field: str, value: Value) -> str:
    if isinstance(value, list):
        return ""
    if field in ("published", "updated"):
        return "" if _DATE.match(value) and _real(value) else "is not a date"
    if field == "url":
        return "" if _URL.match(value) else "is not a web address"
    if field in ("language", "translated_from"):
        return "" if _LANGUAGE.match(value) else "is not a language code"
    return ""


def _timestamp(value: str) -> str:
    """To the minute at most, in local time, as the model writes it."""
    return value.replace(" ", "T")[:16]


def _real(value: str) -> bool:
    try:
        datetime.datetime.fromisoformat(value if len(value) >= 10 else f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    text = plain(value)
    return text if 0 < len(text) <= _TEXT_LIMIT else None


def _texts(value: object) -> list[str] | None:
    entries = value if isinstance(value, list) else [value]
    texts = [_text(entry) for entry in entries]
    return None if any(text is None for text in texts) else [text for text in texts if text]
