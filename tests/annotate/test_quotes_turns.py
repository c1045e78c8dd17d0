"""Speakers by the turn of a conversation, named behind their words, or passed on; what is written on things."""

from __future__ import annotations

from tests.annotate.quoting import direct, indirect, quotes_in

QUESTION = "“Then why the anger?” Tor Hale wanted to know."


def test_who_was_asked_answers() -> None:
    text = f"“I was never paid,” Mara Lind said.\n\n{QUESTION}\n\n“Because my house stands below it.”"
    assert direct(quotes_in(text))[-1] == ("Mara Lind", "Because my house stands below it.")


def test_a_paragraph_behind_names_whose_words_stood_before() -> None:
    text = "“The dam was never safe, and they knew it.”\n\nWith these words Mara Lind opened the hearing in Lund."
    assert direct(quotes_in(text)) == [("Mara Lind", "The dam was never safe, and they knew it.")]


def test_an_agency_that_quotes_somebody_passes_the_words_on() -> None:
    assert indirect(quotes_in("The Coast News Agency quoted Mara Lind as saying that the port was shut for good.")) == [
        ("Mara Lind", "the port was shut for good")
    ]


def test_what_one_bids_others_do_is_said_in_these_words() -> None:
    assert direct(quotes_in("Mara Lind urged both sides to “sit down before somebody drowns”.")) == [
        ("Mara Lind", "sit down before somebody drowns")
    ]


def test_what_a_sign_reads_is_nobody_s_statement() -> None:
    assert direct(quotes_in("The sign over the door reads: “Bread and nothing else.”")) == []
