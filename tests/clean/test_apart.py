"""What stands apart by the make-up of its page goes, and what only looks alike stays."""

from __future__ import annotations

from generator.clean import account, clean
from generator.model import SeedText

LEDE = "The mill at Low Moor will grind again in May, its new owner said on Tuesday, after nine years under a sheet."
SECOND = "Anna Berg bought it for one crown. The wheel is sound, but the stones have to come from the next valley."
HEAD = "Old mill to grind again\nBy Nora Vane\nMay 3, 2021"


def shown(*groups: str) -> str:
    result = clean(SeedText("a.txt", "0" * 64, "\n\n".join(groups), "utf-8"), frozenset())
    assert account(result) == ()
    return "\n".join(block.text.text for block in result.blocks)


def test_comments_of_readers_go_with_all_that_is_below_their_heading() -> None:
    comments = (
        "3 Comments\nPeatcutter says:\nI remember the old wheel, it woke the whole valley.\nReply\nMoll says:\nReply"
    )
    text = shown(HEAD, LEDE, SECOND, comments)
    assert SECOND in text
    assert "old wheel" not in text


def test_a_word_about_comments_without_posts_below_it_ends_nothing() -> None:
    assert SECOND in shown(HEAD, LEDE, "Comments", SECOND)


def test_a_note_about_who_signed_goes_and_goes_on_with_its_group() -> None:
    text = shown(HEAD, LEDE, SECOND, "Nora Vane covers mills for the Herald.\nShe has two geese.")
    assert "geese" not in text
    assert "Herald" not in text


def test_a_sentence_about_someone_in_the_article_stays() -> None:
    sentence = "Anna Berg is a weaver and has lived in Low Moor for 20 years."
    assert sentence in shown(HEAD, LEDE, SECOND, sentence)


def test_a_caption_goes_with_the_name_and_house_below_it() -> None:
    text = shown(HEAD, "The mill pond as it was last week.\nJo Keane/Moor Herald", LEDE, SECOND)
    assert "mill pond" not in text
    assert "Keane" not in text


def test_the_credit_of_an_agency_behind_the_last_sentence_takes_nothing_along() -> None:
    last = "The school promised to draw the sign over the door (Moor Press)"
    assert last.rsplit(" (", 1)[0] in shown(HEAD, LEDE, SECOND, last)


def test_a_pull_quote_goes_and_the_sentence_it_was_pulled_from_stays() -> None:
    said = "“I like the noise,” she said, and put her hand on the stone."
    text = shown(HEAD, LEDE, said, "“I like the noise,”", SECOND)
    assert said in text
    assert text.count("I like the noise") == 1


def test_running_heads_with_their_page_numbers_go() -> None:
    text = shown(HEAD, LEDE, "Moor Drainage Board Quarterly   2", SECOND, "Moor Drainage Board Quarterly   3")
    assert "Drainage" not in text
    assert SECOND in text


def test_results_that_differ_in_more_than_a_page_number_stay() -> None:
    results = ("Low Moor Rovers second team 2", "Dale Wanderers reserve side 3")
    assert all(result in shown(HEAD, LEDE, SECOND, *results) for result in results)
