from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from msgspec.structs import replace as altered

from generator.encode.bibliography import bibtex, ris, tex
from generator.exports.bundle import build_bundle
from generator.exports.citations import cite, date_parts
from generator.exports.records import Record, read_records
from tests.exports.sample import ADDRESSES, HERE, ONLINE
from tests.pages.fixture import corpus


def record(identity: str) -> Record:
    return next(one for one in read_records(corpus(), ADDRESSES) if one.id == identity)


def test_a_citation_has_what_the_seed_states_and_the_digest_of_the_seed() -> None:
    one = record("courier")
    csl = json.loads(cite(one, HERE).csl)
    assert csl["title"] == one.title
    assert csl["author"] == [{"literal": "Ida Falk"}]
    assert csl["container-title"] == "Westmark Courier"
    assert csl["issued"] == {"date-parts": [[2031, 5, 3]]}
    assert one.sha256 in csl["note"]
    assert one.path in csl["note"]
    bib = cite(one, HERE).bibtex
    assert "author = {{Ida Falk}}," in bib
    assert "date = {2031-05-03}," in bib
    lines = cite(one, HERE).ris.splitlines()
    assert lines[0] == "TY  - NEWS"
    assert "AU  - Ida Falk" in lines
    assert "DA  - 2031/05/03" in lines
    assert lines[-1] == "ER  - "


def test_what_is_not_known_is_absent_and_a_bracket_stands_in_the_note_alone() -> None:
    told = cite(record("spun"), HERE)
    csl = json.loads(told.csl)
    assert not {"author", "issued", "container-title", "URL"} & csl.keys()
    assert "Undated; by the evidence not before 2031-05-02, not after 2031-06-30." in csl["note"]
    assert not re.search(r"^\s*(author|year|month|date|url) =", told.bibtex, re.MULTILINE)
    assert not re.search(r"^(AU|PY|DA|UR) ", told.ris, re.MULTILINE)


def test_braces_of_a_catalogue_that_are_no_placeholders_stand_in_the_note_as_they_are() -> None:
    texts = {**HERE.texts, "seed": "{} { } {sha!r} {sha.real} {sha}", "credit": "}{credit}{"}
    note = json.loads(cite(altered(record("courier"), credit="Ida Falk"), replace(HERE, texts=texts)).csl)["note"]
    assert f"{{}} {{ }} {{sha!r}} {{sha.real}} {record('courier').sha256}" in note
    assert "}Ida Falk{" in note


def test_the_address_is_the_originals_else_the_pages_where_the_site_has_one() -> None:
    one = record("courier")
    assert json.loads(cite(one, ONLINE).csl)["URL"] == f"https://ferries.example/briefing/{one.path}"
    original = altered(one, source="https://courier.example/ferry")
    assert json.loads(cite(original, ONLINE).csl)["URL"] == "https://courier.example/ferry"


@pytest.mark.parametrize(
    "text", ["\\input{/etc/passwd}", "}} , author = {x", "a\nER  - \nTY  - BOOK", "50 % & #1 $x_1^2$ ~"]
)
def test_hostile_text_neither_ends_a_field_nor_runs_as_tex(text: str) -> None:
    hostile = altered(record("courier"), title=text, authors=(text,), outlet=text)
    told = cite(hostile, HERE)
    # Every brace that TeX counts is one of ours: balanced, and depth returns to none at the end alone.
    depth, ends = 0, []
    for at, mark in enumerate(re.sub(r"\\.", "  ", told.bibtex)):
        depth += (mark == "{") - (mark == "}")
        if mark == "}" and not depth:
            ends.append(at)
    assert len(ends) == 1
    assert not re.search(r"(?<!\\)\\input|(?<!\\)[%$&#_]", told.bibtex.replace("\\textbackslash{}", ""))
    assert [line for line in told.ris.splitlines() if line.startswith(("TY", "ER"))] == ["TY  - NEWS", "ER  - "]
    assert json.loads(told.csl)["title"] == text.replace("\n", " ")


def test_the_encoders_by_themselves() -> None:
    assert tex("A & B {c}") == r"{A \& B \{c\}}"
    assert bibtex("misc", "a b", [("title", tex("x")), ("note", "")]) == "@misc{a-b,\n  title = {{x}},\n}\n"
    assert ris("NEWS", [("TI", " x\ny "), ("AU", "")]) == "TY  - NEWS\nTI  - x y\nER  - \n"


@pytest.mark.parametrize(
    ("iso", "parts"),
    [
        ("2031-05-03T10:00", (2031, 5, 3)),
        ("2031-05", (2031, 5)),
        ("2031", (2031,)),
        ("2031-23", ()),
        ("203", ()),
        ("", ()),
    ],
)
def test_a_date_has_as_many_parts_as_are_known(iso: str, parts: tuple[int, ...]) -> None:
    assert date_parts(iso) == parts


def test_the_files_hold_every_article() -> None:
    files = build_bundle(corpus(), ADDRESSES, HERE).files
    assert len(json.loads(files["data/citations.csl.json"])) == len(corpus().articles)
    assert files["data/citations.bib"].decode().count("@misc{") == len(corpus().articles)
    assert files["data/citations.ris"].decode().count("TY  - NEWS") == len(corpus().articles)
