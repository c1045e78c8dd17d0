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


def test_paragraphs_left_open_are_of_whoever_the_last_one_names() -> None:
    text = (
        "“We need the dam,” said Mara Lind.\n\n“First they took the boat.\n\n“Now they want the pier,” said Tor Hale."
    )
    assert direct(quotes_in(text))[1:] == [
        ("Tor Hale", "First they took the boat."),
        ("Tor Hale", "Now they want the pier,"),
    ]


def test_a_question_right_behind_an_answer_is_not_by_who_answered() -> None:
    text = (
        "“Where were you?” asked Mara Lind.\n\n“On leave,” replied Tor Hale.\n\n“You went on leave?”\n\n“I had to go.”"
    )
    assert direct(quotes_in(text))[2:] == [("Mara Lind", "You went on leave?"), ("Tor Hale", "I had to go.")]


def test_she_behind_the_report_of_somebody_without_a_name_is_that_one() -> None:
    text = "Hale will be heard. Outside, his lawyer said that the letters were lost. “He never saw them,” she said."
    assert direct(quotes_in(text)) == [("unnamed: his lawyer", "He never saw them,")]


def test_what_a_letter_reads_is_by_who_wrote_it() -> None:
    assert direct(quotes_in("Mara Lind denied it in a letter. “Nobody has asked me,” it read.")) == [
        ("Mara Lind", "Nobody has asked me,")
    ]


def test_words_told_to_a_station_came_by_the_station_named_last() -> None:
    quotes = quotes_in("Radio Lund reported a fire. “Nobody was there,” a traveller told the station.")
    assert [(quote.speaker, quote.via) for quote in quotes if quote.kind == "direct"] == [
        ("unnamed: traveller", "Radio Lund")
    ]


def test_a_station_that_quotes_somebody_before_its_verb_passes_the_words_on() -> None:
    quotes = quotes_in("Radio Lund, quoting a traveller, said the soldiers had left the airport.")
    assert [(quote.speaker, quote.via, quote.text) for quote in quotes] == [
        ("unnamed: traveller", "Radio Lund", "the soldiers had left the airport")
    ]


def test_the_name_of_a_body_between_commas_is_who_says_it() -> None:
    assert direct(quotes_in("Lind's party, the Salt Union, called that “the pride of a man with a pension”.")) == [
        ("Salt Union", "the pride of a man with a pension")
    ]


def test_an_office_before_a_surname_is_no_part_of_the_name() -> None:
    text = "Governor Tor Hale met residents. Governor Hale said, “We looked at all cables.”"
    assert direct(quotes_in(text, people=("Tor Hale",))) == [("Tor Hale", "We looked at all cables.")]


def test_a_mark_missing_before_she_said() -> None:
    text = "“I could hear it from the square, she said, “and I would not eat.” So Mara Lind tells it."
    assert [text for _, text in direct(quotes_in(text))] == ["I could hear it from the square,", "and I would not eat."]


def test_a_quotation_that_ends_with_another_is_whole() -> None:
    text = "“I wrote to the club,” Tor Hale said. “The answer was, ‘Thank you for asking.’”"
    assert direct(quotes_in(text))[1] == ("Tor Hale", "The answer was, ‘Thank you for asking.’")
