from __future__ import annotations

import json

import pytest

from generator.errors import CheckFailed, EnvironmentFault, SiteLocked, UsageError
from generator.model import Issue
from generator.report import Report, printable, quarantine_json

BAD = Issue("error", "binary", "b.txt", "not text", "save it as text")
ODD = Issue("warning", "hand-made", "index.md", "it stays", "rename it")
NOTE = Issue("info", "not-a-seed", "a.pdf", "not read")


@pytest.mark.parametrize(
    ("issues", "strict", "code"),
    [((), False, 0), ((NOTE,), True, 0), ((ODD,), False, 0), ((ODD,), True, 1), ((BAD,), False, 1), ((BAD,), True, 1)],
)
def test_the_exit_code_follows_from_the_issues(issues: tuple[Issue, ...], strict: bool, code: int) -> None:
    report = Report(strict=strict)
    report.add(*issues)
    assert report.exit_code == code


@pytest.mark.parametrize(
    ("error", "code"),
    [(UsageError("x"), 2), (EnvironmentFault("x"), 3), (SiteLocked("x"), 9), (CheckFailed("x"), 70)],
)
def test_an_error_that_ends_the_run_decides_the_exit_code(error: UsageError, code: int) -> None:
    report = Report()
    report.add(BAD)
    report.fail(error)
    assert report.exit_code == code
    assert report.summary() == ""


def test_an_issue_is_told_once_with_place_and_remedy() -> None:
    report = Report()
    report.add(BAD, BAD, NOTE)
    assert report.issue_lines() == ["quarantined  b.txt: not text [binary]", "  -> save it as text"]
    assert len(report.issue_lines(notes=True)) == 3


def test_the_name_of_a_seed_is_not_told_twice() -> None:
    report = Report()
    report.add(Issue("error", "empty", "a.txt", "a.txt: the file is empty"))
    assert report.issue_lines() == ["quarantined  a.txt: the file is empty [empty]"]


def test_names_from_strangers_cannot_steer_the_terminal() -> None:
    report = Report()
    report.add(Issue("error", "x", "a\x1b[2J\n\u202eb\udcff.txt", "m"))
    (line,) = report.issue_lines()
    assert "\\x1b" in line
    assert not {"\x1b", "\n", "\u202e", "\udcff"} & set(line)
    assert printable("안보 “ok”") == "안보 “ok”"


def test_json_holds_the_whole_report() -> None:
    report = Report("build", strict=True)
    report.add(ODD)
    report.count("articles", 2)
    told = json.loads(report.to_json())
    assert told["exit_code"] == 1
    assert told["counts"] == {"articles": 2}
    assert told["issues"][0] == {
        "severity": "warning",
        "code": "hand-made",
        "seed": "index.md",
        "message": "it stays",
        "remedy": "rename it",
    }


def test_the_summary_counts_in_words() -> None:
    report = Report()
    report.place = "site/"
    report.count("articles")
    report.count("entities", 3)
    report.count("files written", 1)
    assert report.summary() == "Built site/: 1 article, 3 entities, 1 file written. (0.0 s)"


def test_quarantine_lists_what_is_left_out_in_order() -> None:
    rows = json.loads(quarantine_json([Issue("error", "empty", "z\udcff.txt", "m", "r"), ODD, BAD]))
    assert [row["seed"] for row in rows] == ["b.txt", "z\\udcff.txt"]
    assert rows[0] == {"seed": "b.txt", "code": "binary", "reason": "not text", "remedy": "save it as text"}
