"""Articles as bibliographies hold them: CSL-JSON 1.0 (the schema of citationstyles.org), BibTeX and RIS.

What the seed does not state is absent: no style then prints a date or an outlet that nobody gave. What a
bracket of an undated article says goes into the note, where it is read as the remark that it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import msgspec

from generator.encode.bibliography import bibtex, ris, tex, tex_names, tex_verbatim
from generator.encode.markdown import one_line
from generator.exports.blocks import Form, json_form
from generator.exports.records import Place, Record
from generator.exports.rows import Group, Grouped, Row, Rows
from generator.recall import Question, Sourced

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """One article, ready to be copied, as text of each format."""

    csl: str
    bibtex: str
    ris: str


def cite(record: Record, place: Place) -> Citation:
    """`record` in each format."""
    return Citation(_json(_csl(record, place)).decode(), _bibtex(record, place), _ris(record, place))


class Citations(Sourced[Mapping[str, str]]):
    """By article id the texts to copy, by format; written when they are asked for, since kept pages need none.

    Under the empty string stands what all of them say of the site.
    """

    def __init__(self, records: Iterable[Record], place: Place) -> None:
        self._records = {record.id: record for record in records}
        self._place = place

    def questions(self, key: str) -> tuple[Question, ...]:
        """A citation follows from the article, its address and the site."""
        return ("articles", key), ("path", key), ("citations", "")

    def __getitem__(self, article: str) -> Mapping[str, str]:
        if not article:
            place = self._place
            stated = {"title": place.title, "version": place.version, "time": place.generated, "address": place.address}
            return stated | {f"text {name}": text for name, text in place.texts.items()}
        one = cite(self._records[article], self._place)
        return {"BibTeX": one.bibtex, "RIS": one.ris, "CSL-JSON": one.csl}

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def listed(records: Sequence[Record], place: Place) -> Rows:
    """All citations as rows of their texts, for the files of `FORMS`."""
    # What a citation says of the site is the same in all of them.
    here = blake2b(msgspec.msgpack.encode(place), digest_size=16).digest()

    def groups() -> Iterator[Group]:
        for record in records:
            yield Group(record.id, (record, here), partial(_row, record, place))

    return Grouped(len(records), groups)


def _row(record: Record, place: Place) -> tuple[Row]:
    one = cite(record, place)
    return ((one.csl, one.bibtex, one.ris),)


def _texts(column: int) -> Callable[[Sequence[Row]], bytes]:
    return lambda rows: "\n".join(str(row[column]) for row in rows).encode()


FORMS = (
    json_form(
        "citations.csl.json",
        lambda rows: msgspec.json.format(f"[{','.join(str(row[0]) for row in rows)}]".encode(), indent=1) + b"\n",
    ),
    Form("citations.bib", _texts(1), between=b"\n"),
    Form("citations.ris", _texts(2), between=b"\n"),
)
"""The files that hold all citations."""


def date_parts(iso: str) -> tuple[int, ...]:
    """Year, month and day as far as `iso` names them; empty for what is no such date (a week, a season, a range)."""
    match = _DAY.fullmatch(iso.partition("T")[0])
    if not match:
        return ()
    parts = tuple(int(part) for part in match.groups() if part)
    return parts if len(parts) < 2 or 1 <= parts[1] <= 12 else ()


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _csl(record: Record, place: Place) -> Mapping[str, object]:
    parts = date_parts(record.iso)
    fields: dict[str, object] = {
        "id": record.key,
        "type": "article-newspaper",
        "title": one_line(record.title),
        # Which part of a name is the family's is not known.
        "author": [{"literal": one_line(author)} for author in record.authors],
        "container-title": one_line(record.outlet),
        "source": one_line(record.credit),
        "issued": {"date-parts": [list(parts)]} if parts else ({"literal": record.iso} if record.iso else None),
        "language": record.language,
        "URL": _address(record, place),
        "note": _note(record, place),
    }
    return {name: value for name, value in fields.items() if value}


def _bibtex(record: Record, place: Place) -> str:
    parts = date_parts(record.iso)
    return bibtex(
        "misc",
        record.key,
        (
            ("author", tex_names(record.authors)),
            ("title", tex(record.title)),
            ("howpublished", tex(record.outlet)),
            ("year", f"{parts[0]:04d}" if parts else ""),
            ("month", str(parts[1]) if len(parts) > 1 else ""),
            ("date", "-".join(f"{part:02d}" for part in parts)),
            ("langid", tex_verbatim(record.language)),
            ("url", tex_verbatim(_address(record, place))),
            ("note", tex(_note(record, place))),
        ),
    )


def _ris(record: Record, place: Place) -> str:
    parts = date_parts(record.iso)
    day = "/".join(f"{part:02d}" for part in parts) + "/" * (3 - len(parts)) if parts else ""
    return ris(
        "NEWS",
        [
            ("ID", record.key),
            ("TI", record.title),
            *(("AU", author) for author in record.authors),
            ("T2", record.outlet),
            ("PY", f"{parts[0]:04d}" if parts else ""),
            ("DA", day),
            ("LA", record.language),
            ("UR", _address(record, place)),
            ("N1", _note(record, place)),
        ],
    )


def _address(record: Record, place: Place) -> str:
    return record.source or place.absolute(record.path)


def _note(record: Record, place: Place) -> str:
    notes: list[str] = []
    if not record.iso and (record.earliest or record.latest):
        bounds = [place.say("not-before", date=record.earliest)] if record.earliest else []
        bounds += [place.say("not-after", date=record.latest)] if record.latest else []
        notes.append(place.say("undated", bounds=", ".join(bounds)))
    if record.credit:
        notes.append(place.say("credit", credit=record.credit))
    notes.append(place.say("seed", sha=record.sha256))
    made = place.say("built", version=place.version, date=place.generated[:10]) if place.generated else place.version
    address = place.absolute(record.path) or record.path
    notes.append(place.say("stands-at", title=place.title, address=address, version=made))
    return " ".join(notes)
