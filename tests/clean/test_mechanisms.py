"""What stands apart by the make-up of its page, and what looks so and stays."""

from __future__ import annotations

from generator.clean import clean
from generator.model import SeedText

STORY = (
    "The mill at Low Moor will grind again in May, its new owner said on Tuesday, after nine years under a tarpaulin.",
    "Anna Berg bought it for one crown. The wheel is sound, but the stones have to come from the next valley.",
    "The council lent her 40,000 crowns and a crane, and the school promised to draw the sign over the door.",
)


def shown(*paragraphs: str) -> str:
    seed = SeedText("a.txt", "0" * 64, "\n\n".join(paragraphs), "utf-8")
    return "\n".join(block.text.text for block in clean(seed, frozenset()).blocks)


def test_posts_of_a_board_go_without_a_heading() -> None:
    posts = (
        "[–] kelp_8 104 points 4 years ago",
        "The wheel is older.",
        "[–] skerry 38 points 4 years ago",
        "So it is.",
    )
    assert shown(*STORY, *posts) == "\n".join(STORY)


def test_times_of_a_player_go_and_times_of_a_day_stay() -> None:
    played = [text for time in ("0:00", "0:09", "0:20", "0:31", "0:44") for text in (time, STORY[0])]
    assert "0:09" not in shown(*played)
    told = [text for time in ("11:40", "10:30", "9:15", "8:05", "7:50") for text in (time, STORY[0])]
    assert "10:30" in shown(*told)


def test_one_pointed_line_is_a_caption_and_several_are_a_list() -> None:
    assert "gate" not in shown(STORY[0], "▲ The gate of the mill. Provided by the district office", *STORY[1:])
    rows = "▲ The gate will be painted by June.\n▲ The wheel will be oiled by May.\n▲ The stones will come by rail."
    assert "gate" in shown(STORY[0], rows, *STORY[1:])


def test_a_subhead_and_a_note_on_the_text_stay() -> None:
    note = "Correction: An earlier version of this article gave the wrong price of the mill."
    text = shown(STORY[0], "The Wheel Is the Weak Point", STORY[1], STORY[2], note)
    assert "Weak Point" in text
    assert "wrong price" in text


def test_the_words_of_a_sponsor_go_with_their_heading() -> None:
    text = shown(
        STORY[0], "This letter is brought to you by Marn Heating\nCold night ahead? Call before five.", *STORY[1:]
    )
    assert text == "\n".join(STORY)


def test_a_title_behind_words_that_ask_the_reader_goes() -> None:
    assert "canoe" not in shown(STORY[0], "DOWNLOAD MP3: Duke Sunny – My canoe", *STORY[1:])


def test_a_dateline_cut_before_its_dash_is_one_paragraph() -> None:
    for cut in ("LOW MOOR, Norland\n(AP) — ", "LOW MOOR, Norland (AP)\n— ", "LOW MOOR, Norland --\n"):
        whole = cut.replace("\n", " ") + STORY[0]
        assert shown(cut + STORY[0], *STORY[1:]).splitlines()[0] == whole


def test_a_heading_over_one_point_stays_apart() -> None:
    assert shown("KEY POINT\n- " + STORY[0], *STORY[1:]).splitlines()[0] == "KEY POINT"


def test_a_date_beside_a_pictures_credit_is_no_caption() -> None:
    text = shown("Mill to grind again in May", "Photo: Jo Keane\nMonday 25 March 2024 03:58", *STORY)
    assert "Monday 25 March 2024 03:58" in text


def test_a_foot_made_of_the_letterhead_is_no_paragraph() -> None:
    text = shown(
        "Marn Bridge Authority\nPress release No. 31/2016",
        STORY[0],
        "Marn Bridge Authority - Press release No. 31/2016",
        *STORY[1:],
    )
    assert "31/2016\nAnna" not in text
    assert text.count("31/2016") <= 1


def test_a_consent_paragraph_goes_and_a_quoted_one_stays() -> None:
    said = "“We and our partners store cookies on your device,” the director told the court."
    text = shown(
        STORY[0],
        "We and our 120 partners store information on a device, such as cookies, for ad measurement.",
        said,
        *STORY[1:],
    )
    assert "120 partners" not in text
    assert said in text


def test_a_quotation_set_large_of_two_that_were_said_apart_goes() -> None:
    told = "“I never handed in the punch,” she said at the counter. “Nobody asked.” The clerk wrote it down."
    text = shown(STORY[0], told, "“I never handed in the punch. Nobody asked.”", *STORY[1:])
    assert text.count("Nobody asked") == 1
