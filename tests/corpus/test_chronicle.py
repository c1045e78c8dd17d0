"""Events: what is dated, told once, from the words of the articles."""

from __future__ import annotations

import time

import pytest

from generator.corpus.chronicle import chronicle
from generator.model import Event
from tests.corpus.making import article, entities_of


def events_in(sentence: str, **dates: str) -> tuple[Event, ...]:
    one = article("a", sentence, dates={surface.replace("_", " "): iso for surface, iso in dates.items()})
    return chronicle([one], entities_of(one))


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "On May 3, Norland and Sudland formally opened the border, a step that few had expected.",
            "Norland and Sudland formally opened the border",
        ),
        ("Ola Brandt, the mayor of Northhaven, opened a bridge on May 3.", "Ola Brandt opened a bridge"),
        ("NORTHHAVEN (DN) - Ola Brandt resigned as mayor on May 3.", "Ola Brandt resigned as mayor"),
        (
            "Earlier on May 3, the Harbour Board sold nine ships to Sudland.",
            "The Harbour Board sold nine ships to Sudland",
        ),
        ("Officials said that Ola Brandt was arrested in Norland on May 3.", "Ola Brandt was arrested in Norland"),
        (
            "Trade has grown since the May 3 signing of the treaty between Norland and Sudland, merchants say.",
            "Signing of the treaty between Norland and Sudland",
        ),
        (
            "Ana Vrell leads the board, following the departure of Ola Brandt for Sudland on May 3.",
            "Departure of Ola Brandt for Sudland",
        ),
        (
            "The unrest began on May 3 when police of Norland closed the port of Northhaven.",
            "Police of Norland closed the port of Northhaven",
        ),
        (
            "‘Delta News’ reported, “Ola Brandt was arrested in Norland on May 3.”",
            "Ola Brandt was arrested in Norland",
        ),
    ],
)
def test_the_title_is_the_core_of_the_dated_clause(sentence: str, title: str) -> None:
    (event,) = events_in(sentence, May_3="2021-05-03")
    assert event.title == title
    assert (event.date, event.precision) == ("2021-05-03", "day")
    assert event.id.startswith("2021-05-03-")
    assert event.entities


@pytest.mark.parametrize(
    "sentence",
    [
        "Ola Brandt said in Norland on May 3 that the bridge was sound.",
        "The bridge is sound, Delta News reported on May 3.",
        "The bridge of Northhaven stays closed until May 3.",
        "Northhaven has been quiet since May 3.",
        "It was closed on May 3.",
        "At the May 3 dinner Ola Brandt spoke of Norland.",
        "She left on May 3.",
        "The Harbour Board called off a strike of Norland seamen planned for May 3.",
    ],
)
def test_reports_of_speech_and_loose_ends_make_no_event(sentence: str) -> None:
    assert events_in(sentence, May_3="2021-05-03") == ()


def test_what_is_known_to_the_year_only_is_background() -> None:
    assert events_in("Ola Brandt opened a bridge in Norland in 2019.", **{"2019": "2019"}) == ()
    assert [event.precision for event in events_in("Ola Brandt opened a bridge in Norland in May.", May="2021-05")] == [
        "month"
    ]


def test_two_articles_that_tell_of_one_event_share_a_page() -> None:
    wire = article(
        "a",
        "On Feb. 14, Norland and Sudland formally established diplomatic relations, a blow that few had foreseen.",
        dates={"Feb. 14": "2024-02-14"},
    )
    blog = article(
        "b",
        "On the 14th, Norland and Sudland announced the establishment of official diplomatic relations in Northhaven.",
        "On the 14th, Ana Vrell sold her boat to the Harbour Board.",
        dates={"the 14th": "2024-02-14"},
    )
    events = chronicle([wire, blog], entities_of(wire, blog))
    assert [event.title for event in events] == [
        "Ana Vrell sold her boat to the Harbour Board",
        "Norland and Sudland formally established diplomatic relations",
    ]
    assert [(one.article, one.paragraph) for one in events[1].evidence] == [("a", 1), ("b", 1)]
    assert events[1].evidence[0].text.startswith("On Feb. 14, Norland")
    assert set(events[1].entities) >= {"place/norland", "place/sudland"}
    assert events[1].conflicts == ()


def test_a_month_gives_way_to_the_day_that_another_article_knows() -> None:
    month = article(
        "a", "Norland and Sudland signed the fishing treaty in May, Delta News wrote.", dates={"May": "2021-05"}
    )
    day = article(
        "b",
        "The fishing treaty was signed by Norland and Sudland on May 3. Ana Vrell left Northhaven for good on May 3.",
        dates={"May 3": "2021-05-03"},
    )
    events = chronicle([month, day], entities_of(month, day))
    assert [(event.date, {one.article for one in event.evidence}) for event in events] == [
        ("2021-05-03", {"b"}),
        ("2021-05-03", {"a", "b"}),
    ]


def test_a_quotation_in_a_title_is_closed() -> None:
    (event,) = events_in("Ola Brandt presented a ‘plan for Norland’ on May 3.", May_3="2021-05-03")
    assert event.title == "Ola Brandt presented a ‘plan for Norland’"


def test_differing_numbers_are_set_side_by_side() -> None:
    first = article(
        "a",
        "A fire killed 12 people in the port of Northhaven on Monday.",
        dates={"Monday": "2021-05-03"},
        title="Fire in the port",
    )
    second = article(
        "b",
        "A fire in the port of Northhaven killed 15 people and hurt 90 people on Monday.",
        dates={"Monday": "2021-05-03"},
        title="Port burns",
    )
    (event,) = chronicle([first, second], entities_of(first, second))
    assert event.conflicts == ("people killed: 12 in “Fire in the port”; 15 in “Port burns”",)


def test_differing_days_are_set_side_by_side() -> None:
    first = article(
        "a", "Norland and Sudland signed the fishing treaty on Monday.", dates={"Monday": "2021-05-03"}, title="Signed"
    )
    second = article(
        "b", "Norland and Sudland signed the fishing treaty on Tuesday.", dates={"Tuesday": "2021-05-04"}, title="Done"
    )
    events = chronicle([first, second], entities_of(first, second))
    assert [event.conflicts for event in events] == [
        ("“Done” dates this 2021-05-04",),
        ("“Signed” dates this 2021-05-03",),
    ]


def test_a_day_that_differs_from_one_of_several_accounts_is_set_beside_them() -> None:
    wire = article(
        "a",
        "Norland and Sudland signed the treaty that fishermen of both had called for since spring on Monday.",
        dates={"Monday": "2021-05-03"},
        title="Wire",
    )
    short = article(
        "b", "Norland and Sudland signed the treaty on Monday.", dates={"Monday": "2021-05-03"}, title="Short"
    )
    late = article(
        "c", "Norland and Sudland signed the treaty on Sunday.", dates={"Sunday": "2021-05-02"}, title="Late"
    )
    early, event = chronicle([wire, short, late], entities_of(wire, short, late))
    assert {one.article for one in event.evidence} == {"a", "b"}
    assert event.conflicts == ("“Late” dates this 2021-05-02",)
    assert early.conflicts == ("“Wire” dates this 2021-05-03",)


def test_the_date_of_a_dateline_dates_the_writing_and_nothing_else() -> None:
    sentence = "NORTHHAVEN, May 4, 2021 (DN) -- Norland and Sudland signed a treaty on Monday."
    (event,) = events_in(sentence, **{"May_4,_2021": "2021-05-04", "Monday": "2021-05-03"})
    assert event.date == "2021-05-03"


def test_a_title_is_made_of_words_of_the_text_even_where_it_is_spun() -> None:
    spun = article(
        "a",
        "The Overseas Minister of Norland, Ola Brandt, instructed Delta Information so in the presidential workplace.",
        "The brand new accord takes impact subsequent yr, within the metropolis.",
        "Prime diplomats of Norland and Sudland opened talks in Northhaven final week.",
        dates={"final week": "2021-W18"},
    )
    (event,) = chronicle([spun], entities_of(spun))
    assert event.title == "Prime diplomats of Norland and Sudland opened talks in Northhaven"
    assert event.precision == "week"


def test_ids_are_distinct_and_events_come_by_date() -> None:
    one = article(
        "a",
        "Ola Brandt opened a bridge in Norland on May 9. Ana Vrell left Sudland on May 3.",
        dates={"May 3": "2021-05-03", "May 9": "2021-05-09"},
    )
    events = chronicle([one], entities_of(one))
    assert [event.date for event in events] == ["2021-05-03", "2021-05-09"]
    assert len({event.id for event in events}) == 2


@pytest.mark.parametrize("unit", ["“", '"', "(", ", ", " when", "Norland ", "and ", "May 3 "])
def test_hostile_sentences_do_no_harm(unit: str) -> None:
    assert len(events_in((unit * 3000)[:3000], **{"May 3": "2021-05-03"})) <= 1


def test_a_sentence_without_end_costs_little() -> None:
    one = article("a", ("Norland on May 3 " * 12_000), dates={"May 3": "2021-05-03"})
    begun = time.process_time()
    assert chronicle([one], entities_of(one)) == ()
    assert time.process_time() - begun < 2


def test_the_order_of_the_articles_does_not_matter() -> None:
    some = [
        article(name, f"On May {day}, Norland and Sudland {act} the treaty.", dates={f"May {day}": f"2021-05-0{day}"})
        for name, day, act in (("a", 3, "signed"), ("b", 3, "had signed"), ("c", 4, "printed"), ("d", 5, "broke"))
    ]
    assert chronicle(some, entities_of(*some)) == chronicle(some[::-1], entities_of(*some))


def test_accounts_that_name_alike_are_one_event_though_not_every_name_was_found() -> None:
    one = article(
        "a", "The barge Kestrel struck the Iron Bridge of Northhaven on May 3.", dates={"May 3": "2021-05-03"}
    )
    other = article(
        "b", "Delta News: the barge Kestrel struck the Iron Bridge on May 3.", dates={"May 3": "2021-05-03"}
    )
    (event,) = chronicle([one, other], entities_of(one, other))
    assert {evidence.article for evidence in event.evidence} == {"a", "b"}


def test_numbers_are_compared_spelled_out_or_not_and_in_undated_sentences_of_the_news() -> None:
    one = article(
        "a",
        "Ola Brandt closed the mill of Northhaven on May 3. Police counted three workers who stopped the machines.",
        dates={"May 3": "2021-05-03"},
        title="Mill shut",
    )
    other = article(
        "b",
        "Ola Brandt closed the mill of Northhaven on May 3.",
        "Some 40 workers stopped the machines.",
        dates={"May 3": "2021-05-03"},
        title="Mill closed",
    )
    (event,) = chronicle([one, other], entities_of(one, other))
    assert event.conflicts == ("workers stopped: 3 in “Mill shut”; 40 in “Mill closed”",)


def test_what_a_sentence_with_a_date_of_its_own_counts_is_no_conflict_with_another_day() -> None:
    one = article(
        "a",
        "Ola Brandt closed the mill of Northhaven on May 3. On May 9, 3 workers stopped the machines of Sudland.",
        dates={"May 3": "2021-05-03", "May 9": "2021-05-09"},
    )
    other = article(
        "b",
        "Ola Brandt closed the mill of Northhaven on May 3. Some 40 workers stopped the machines.",
        dates={"May 3": "2021-05-03"},
    )
    assert not any(event.conflicts for event in chronicle([one, other], entities_of(one, other)))
