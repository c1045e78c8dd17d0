"""Who said what: the speaker by name, title, pronoun or office, and the outlet that passed it on."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aligned import AlignedText, Span
from generator.annotate.quotes import find_quotes
from generator.annotate.sentences import document_sentences
from generator.data import read_rows
from generator.model import Field, Mention, ParagraphKind, Zone
from tests.annotate.quoting import direct, indirect, quotes_in
from tests.evaluation.plain import plain_document


class TestWhereTheSpeakerStands:
    @pytest.mark.parametrize(
        "text",
        [
            "“The bridge will open in spring,” said Mara Lind.",
            "“The bridge will open in spring,” Mara Lind said on Monday.",
            "“The bridge will open in spring,” Mara Lind, a farmer from Lund, told reporters.",
            "“The bridge will open in spring,” Mara Lind (62) said.",
            "“The bridge will open in spring,” according to Mara Lind.",
            "“The bridge will open in spring,” as Mara Lind put it.",
            "“The bridge will open in spring”, said Mara Lind.",
            "Mara Lind said, “The bridge will open in spring.”",
            "Mara Lind said: “The bridge will open in spring.”",
            "Mara Lind said that “the bridge will open in spring.”",
            "Mara Lind, who runs the ferry, said in a statement on Monday, “The bridge will open in spring.”",
            "According to Mara Lind, “The bridge will open in spring.”",
            "Mara Lind: “The bridge will open in spring.”",
            "Mara Lind laughed and said, “The bridge will open in spring.”",
            "Mara Lind defended the plan, saying, “The bridge will open in spring.”",
            "Mara Lind was quoted as saying, “The bridge will open in spring.”",
            "Said Mara Lind: “The bridge will open in spring.”",
            "“The bridge will open in spring.” — Mara Lind",
        ],
    )
    def test_named(self, text: str) -> None:
        assert [(speaker, words.rstrip(",.").lower()) for speaker, words in direct(quotes_in(text))] == [
            ("Mara Lind", "the bridge will open in spring")
        ]

    @pytest.mark.parametrize("row", read_rows("cues.csv"), ids=lambda row: str(row["verb"]))
    def test_every_reporting_verb_by_its_example(self, row: dict[str, str]) -> None:
        found = [quote for quote in quotes_in(row["example"]) if quote.kind == "direct"]
        assert [quote.speaker for quote in found] == ["Mara Lind"]
        assert found[0].cue in {form.strip() for form in row["forms"].split(";")} | {"saying"}

    @pytest.mark.parametrize(
        ("text", "speakers"),
        [
            ("Mara Lind said, “The ice is thick,” and added, “No ship will sail.”", ["Mara Lind", "Mara Lind"]),
            ('Mara Lind said, "The ice is thick." and explained, "No ship will sail."', ["Mara Lind", "Mara Lind"]),
            ("Mara Lind stressed that “ice” is the cause and said, “No ship will sail.”", ["Mara Lind"]),
            ("Vera Holm, who also leads the Salt Union, told visitors, “No ship will sail.”", ["Vera Holm"]),
            (
                "A pilot in Port Ashby who asked for silence said, “No ship will sail.”",
                ["unnamed: pilot in Port Ashby"],
            ),
            ("Tor Hale’s statement said, “No ship will sail.”", ["Tor Hale"]),
            ("Tor Hale called it “thin ice” and said, “No ship will sail.”", ["Tor Hale", "Tor Hale"]),
            ("Tor Hale said, “No ship will sail.” Another man said, “It will.”", ["Tor Hale", "unnamed: man"]),
            ("“No ship will sail,” Senator Vera Holm, D-Lund., said Tuesday.", ["Vera Holm"]),
            ("“No ship will sail,” said Olav “Ice” Holm, a pilot.", ["Holm"]),
            ("In the words of Tor Hale, “no ship will ever sail.”", ["Tor Hale"]),
            ("The letter named no names. “No ship will sail,” it read.", ["unnamed: letter"]),
            ("“Will the ferry sail today?” To this question, the captain answered, “No.”", ["", "unnamed: captain"]),
            ("“Will it sail?” a reporter asked. “No,” Tor Hale answered.", ["unnamed: reporter", "Tor Hale"]),
            ("“No ship will sail,” said Tor Hale of Salt & Sons Ltd. “The ice is thick.”", ["Tor Hale", "Tor Hale"]),
        ],
    )
    def test_second_verbs_insertions_and_answers(self, text: str, speakers: list[str]) -> None:
        assert [speaker for speaker, _ in direct(quotes_in(text))] == speakers

    def test_dateline_is_no_speaker(self) -> None:
        found = quotes_in("PORT ASHBY — Tor Hale on Tuesday praised the crew and vowed that no ship will sail.")
        assert indirect(found) == [("Tor Hale", "no ship will sail")]

    def test_split_quotation_has_one_speaker(self) -> None:
        found = quotes_in("“The bridge,” Mara Lind said, “will open in spring.”")
        assert direct(found) == [("Mara Lind", "The bridge,"), ("Mara Lind", "will open in spring.")]

    def test_sentence_that_follows_in_the_paragraph(self) -> None:
        found = quotes_in("“The bridge is late,” Mara Lind said. “It will open in spring.”")
        assert direct(found)[1] == ("Mara Lind", "It will open in spring.")

    def test_quotations_joined_by_and(self) -> None:
        found = quotes_in("Mara Lind said “the bridge is late,” and that “the ferry will run until spring.”")
        assert [speaker for speaker, _ in direct(found)] == ["Mara Lind", "Mara Lind"]

    def test_the_next_speaker_takes_over(self) -> None:
        found = quotes_in("“The bridge is late,” Mara Lind said. “It is on time,” Tor Hale replied.")
        assert [speaker for speaker, _ in direct(found)] == ["Mara Lind", "Tor Hale"]

    def test_words_announced_at_the_end_of_the_paragraph_before(self) -> None:
        found = quotes_in("The ferry will run until spring. Tor Hale continued:\n\n“The bridge is late and dear.”")
        assert direct(found) == [("Tor Hale", "The bridge is late and dear.")]

    def test_paragraph_that_only_quotes_goes_on_with_the_last_speaker_but_less_surely(self) -> None:
        found = quotes_in("“The bridge is late,” Mara Lind said.\n\n“Nobody told us why it took so long.”")
        assert direct(found)[1] == ("Mara Lind", "Nobody told us why it took so long.")
        assert found[1].score < found[0].score

    def test_quotation_over_paragraphs(self) -> None:
        found = quotes_in(
            "Tor Hale wrote: “The bridge is late.\n\n“The ferry is full.\n\n“We need a boat.”\n\nThe sun shone."
        )
        assert direct(found) == [
            ("Tor Hale", "The bridge is late."),
            ("Tor Hale", "The ferry is full."),
            ("Tor Hale", "We need a boat."),
        ]
        assert all(quote.score > 0.7 for quote in found)

    def test_who_the_sentence_before_was_about(self) -> None:
        found = quotes_in("Vera Holm said she expects a late spring. “Nobody has seen ice like this before.”")
        assert direct(found) == [("Vera Holm", "Nobody has seen ice like this before.")]

    def test_transcript(self) -> None:
        found = quotes_in(
            "HALE: Is the bridge late?\n\nHOLM: It is, by a year.\n\nHALE: Why?\n\nHOLM: Ask the port.\n\n"
            "Tor Hale and Vera Holm met."
        )
        assert direct(found)[:2] == [("Tor Hale", "Is the bridge late?"), ("Vera Holm", "It is, by a year.")]

    def test_transcript_label_with_a_title(self) -> None:
        found = quotes_in("Mayor Tor Hale: It is late.\n\nVera Holm: Why?\n\nMayor Tor Hale: Ice.\n\nVera Holm: I see.")
        assert [speaker for speaker, _ in direct(found)] == ["Tor Hale", "Vera Holm"] * 2

    def test_list_with_colons_is_no_transcript(self) -> None:
        assert quotes_in("Price: 30\n\nSize: 40\n\nPrice: 3\n\nSize: 6") == []

    def test_questions_and_answers_have_no_invented_speaker(self) -> None:
        found = quotes_in("Q: Is the bridge late?\n\nA: By a year.\n\nQ: Why is that?\n\nA: Ask the port.")
        assert [speaker for speaker, _ in direct(found)] == [""] * 4


class TestWhoIsMeant:
    def test_surname_is_completed_from_the_article(self) -> None:
        found = quotes_in("Mara Lind runs the ferry. The boats are old. “They are safe,” Lind said.")
        assert direct(found) == [("Mara Lind", "They are safe,")]

    def test_title_chooses_between_bearers_of_a_surname(self) -> None:
        text = "Mayor Mara Lind met Olav Lind. The talks were short. “It is agreed,” Mayor Lind said."
        found = quotes_in(text, people=("Mara Lind", "Olav Lind", "Lind"))
        assert direct(found) == [("Mara Lind", "It is agreed,")]

    def test_by_title_alone(self) -> None:
        found = quotes_in("Mayor Mara Lind opened the fair. Rain fell. “We will stay dry,” the mayor said.")
        assert direct(found) == [("Mara Lind", "We will stay dry,")]

    def test_pronoun(self) -> None:
        found = quotes_in("“The bridge is late,” Mara Lind said.\n\n“It will cost more,” she added.")
        assert [speaker for speaker, _ in direct(found)] == ["Mara Lind", "Mara Lind"]

    def test_pronoun_of_the_other_sex_is_somebody_else(self) -> None:
        found = quotes_in(
            "Mr. Hale met Ms. Lind on Monday. “The bridge is late,” Ms. Lind said.\n\n“It is not,” he said."
        )
        assert [speaker for speaker, _ in direct(found)] == ["Lind", "Hale"]

    def test_translated_pronoun_means_the_last_speaker(self) -> None:
        text = "Ms. Lind said, “The bridge is late.” “It will cost more,” he said."
        assert [speaker for speaker, _ in direct(quotes_in(text, translated=True))] == ["Lind", "Lind"]

    def test_a_name_between_commas_says_who_the_sentence_is_about(self) -> None:
        text = "Anna Keller fires the furnace.\n\nHer lodger, Milo Stern, came from town. “I wanted peace,” he says."
        found = quotes_in(text, people=("Anna Keller", "Milo Stern"))
        assert direct(found) == [("Milo Stern", "I wanted peace,")]

    def test_what_a_name_is_called_before_a_comma_tells_the_pronoun(self) -> None:
        text = "Anna Keller works. Her father, Ull, watches.\n\n“It is late,” she says. “Go home,” he says."
        assert [speaker for speaker, _ in direct(quotes_in(text, people=("Anna Keller", "Ull")))] == [
            "Anna Keller",
            "Ull",
        ]

    def test_a_pronoun_keeps_to_whom_it_first_meant(self) -> None:
        text = "Anna Keller met Uli Stern. Stern came late. “I ran,” he explains, and she laughs: “He never runs.”"
        found = quotes_in(text, people=("Anna Keller", "Uli Stern", "Stern"))
        assert [speaker for speaker, _ in direct(found)] == ["Uli Stern", "Anna Keller"]

    def test_who_shrugs_says_what_follows(self) -> None:
        text = "Mara Lind left early. Asked about the money, the treasurer shrugged. “Ask me after the harvest.”"
        assert direct(quotes_in(text)) == [("unnamed: treasurer", "Ask me after the harvest.")]

    def test_a_question_in_a_dialogue_is_answered_by_the_other(self) -> None:
        text = "“Nothing,” Sam Tull replied. “Nothing at all?” asked Liam Foy. “It was dark that night.”"
        found = quotes_in(text, people=("Sam Tull", "Liam Foy"))
        assert [speaker for speaker, _ in direct(found)] == ["Sam Tull", "Liam Foy", "Sam Tull"]

    def test_a_saying_is_nobody_s(self) -> None:
        assert not direct(quotes_in("There is a saying in the village: “He who hears the bell will come home.”"))

    def test_organization(self) -> None:
        found = quotes_in("“No ship will sail,” the Port Authority said in a statement.")
        assert direct(found) == [("Port Authority", "No ship will sail,")]

    @pytest.mark.parametrize(
        ("who", "speaker"),
        [
            ("a senior government official", "unnamed: senior government official"),
            ("an official at the ministry", "unnamed: official at the ministry"),
            ("a spokesman for the Port Authority", "unnamed: spokesman for the Port Authority"),
            ("two diplomats", "unnamed: two diplomats"),
            ("a Port Authority spokeswoman", "unnamed: Port Authority spokeswoman"),
            ("one fisherman", "unnamed: fisherman"),
            ("one of the miners", "unnamed: one of the miners"),
            ("the ruling", "unnamed: ruling"),
            ("several witnesses", "unnamed: several witnesses"),
        ],
    )
    def test_unnamed(self, who: str, speaker: str) -> None:
        assert direct(quotes_in(f"“No ship will sail,” {who} said.")) == [(speaker, "No ship will sail,")]
        assert direct(quotes_in(f"{who[0].upper()}{who[1:]} said, “No ship will sail.”"))[0][0] == speaker

    def test_sentence_without_speaker_has_none(self) -> None:
        assert (
            direct(quotes_in("“Nobody has ever crossed this bridge alive.” The wall carries more such lines."))[0][0]
            == ""
        )


class TestRelay:
    @pytest.mark.parametrize(
        ("text", "speaker", "via"),
        [
            ("Mara Lind told the Harbour Times, “No ship will sail.”", "Mara Lind", "Harbour Times"),
            ("“No ship will sail,” Mara Lind told Radio Lund.", "Mara Lind", "Radio Lund"),
            ("Mara Lind said in an interview with Radio Lund, “No ship will sail.”", "Mara Lind", "Radio Lund"),
            ("The Harbour Times quoted Mara Lind as saying, “No ship will sail.”", "Mara Lind", "Harbour Times"),
            (
                "A senior port official told Coast News Agency on this day, “No ship will sail.”",
                "unnamed: senior port official",
                "Coast News Agency",
            ),
            ("According to Coast News Agency, Mara Lind said, “No ship will sail.”", "Mara Lind", "Coast News Agency"),
            (
                "The Coast News Agency reported on the 4th that Mara Lind said, “No ship will sail.”",
                "Mara Lind",
                "Coast News Agency",
            ),
            ("Mara Lind was quoted by Radio Lund as saying, “No ship will sail.”", "Mara Lind", "Radio Lund"),
            ("Mara Lind was quoted as saying by Radio Lund, “No ship will sail.”", "Mara Lind", "Radio Lund"),
            ("“No ship will sail,” Mara Lind said, according to Radio Lund.", "Mara Lind", "Radio Lund"),
            ("Mara Lind told the crew that “no ship will sail,” Radio Lund reported.", "Mara Lind", "Radio Lund"),
            (
                "In a letter released through Radio Lund, Mara Lind said, “No ship will sail.”",
                "Mara Lind",
                "Radio Lund",
            ),
            (
                "Regarding Mara Lind's statement, the Coast News Agency said, “No ship will sail.”",
                "Mara Lind",
                "Coast News Agency",
            ),
        ],
    )
    def test_outlet(self, text: str, speaker: str, via: str) -> None:
        found = [quote for quote in quotes_in(text) if quote.kind == "direct"]
        assert [(quote.speaker, quote.via) for quote in found] == [(speaker, via)]

    def test_official_who_continues_speaks_through_the_same_outlet(self) -> None:
        found = quotes_in(
            "A senior official told Radio Lund, “No ship will sail.”\n\n"
            "A high-ranking official continued, “The ice is thick.”"
        )
        assert [(quote.speaker, quote.via) for quote in found] == [
            ("unnamed: senior official", "Radio Lund"),
            ("unnamed: high-ranking official", "Radio Lund"),
        ]

    def test_the_newspaper_is_the_one_named_last(self) -> None:
        found = quotes_in("“The ice is thick,” the Harbour Times said.\n\nThe newspaper added, “No ship will sail.”")
        assert [quote.speaker for quote in found] == ["Harbour Times", "Harbour Times"]

    def test_the_official_is_the_one_quoted_last(self) -> None:
        found = quotes_in(
            "“The ice is thick,” a port official told Radio Lund. The official added, “No ship will sail.”"
        )
        assert [(quote.speaker, quote.via) for quote in found] == [("unnamed: port official", "Radio Lund")] * 2

    def test_report_of_a_report(self) -> None:
        found = quotes_in("Coast News Agency reported that Mara Lind said no ship will sail this winter.")
        assert [(quote.speaker, quote.via) for quote in found] == [("Mara Lind", "Coast News Agency")]

    def test_report_inside_the_words_of_an_agency(self) -> None:
        found = quotes_in(
            "Coast News Agency said, “A senior port official met with reporters and said that the ice is ‘too thick.’”"
        )
        assert direct(found)[0][0] == "Coast News Agency"
        nested = next(quote for quote in found if quote.kind == "indirect")
        assert (nested.speaker, nested.via) == ("unnamed: senior port official", "Coast News Agency")
        assert nested.text.startswith("the ice is")

    def test_minister_told_the_council_is_no_relay(self) -> None:
        found = quotes_in("Mara Lind told the Salt Union, “No ship will sail.”")
        assert [quote.via for quote in found] == [""]


class TestBrokenMarks:
    def test_closing_mark_missing_before_the_writer_speaks_again(self) -> None:
        found = quotes_in("Tor Hale said, “We are working on it. He told of the plan, saying, “That is all,” but left.")
        assert direct(found) == [("Tor Hale", "We are working on it."), ("Tor Hale", "That is all,")]
        assert found[0].score < found[1].score

    def test_opening_mark_missing(self) -> None:
        found = quotes_in("The ice is thick. No ship will sail,” Tor Hale said on Monday.")
        assert direct(found) == [("Tor Hale", "No ship will sail,")]
        assert found[0].score < 0.7

    def test_attribution_between_marks_is_no_quotation(self) -> None:
        found = quotes_in("Tor Hale said, “The ice is thick.” “He said,” it was reported on the 15th.")
        assert direct(found) == [("Tor Hale", "The ice is thick.")]

    def test_name_between_marks_speaks(self) -> None:
        assert direct(quotes_in("‘Harbour Times’ reported, “The ice is thick.”")) == [
            ("Harbour Times", "The ice is thick.")
        ]


class TestNoQuotation:
    @pytest.mark.parametrize(
        "text",
        [
            "The so-called “stability levy” was dropped.",
            "Mara Lind presented a ‘response to the harbour question’ in the council.",
            "The book “A Winter on the Salt Coast” sold well.",
            "In an interview on “Face the Harbour,” Tor Hale smiled.",
            "They spoke through ‘negotiations to establish ties.’",
            "The “golden” years are over.",
            "It’s Lind’s boat, and the sailors’ too.",
        ],
    )
    def test_scare_quotes_titles_and_apostrophes(self, text: str) -> None:
        assert direct(quotes_in(text)) == []


class TestIndirect:
    @pytest.mark.parametrize(
        ("text", "clause"),
        [
            ("Mara Lind said that the bridge will open in spring.", "the bridge will open in spring"),
            ("Mara Lind said the bridge will open in spring.", "the bridge will open in spring"),
            ("Mara Lind told Radio Lund that the bridge will open in spring.", "the bridge will open in spring"),
            ("Mara Lind said ferries will sail in spring.", "ferries will sail in spring"),
            ("Mara Lind ruled that the bridge is safe.", "the bridge is safe"),
            ("Mara Lind urged that the two towns work together.", "the two towns work together"),
            ("The bridge will open in spring, Mara Lind said on Monday.", "The bridge will open in spring"),
            ("The bridge will open in spring, according to Mara Lind.", "The bridge will open in spring"),
            ("According to Mara Lind, the bridge will open in spring.", "the bridge will open in spring"),
            (
                "Mara Lind said that the town would “never abandon” its bridge.",
                "the town would “never abandon” its bridge",
            ),
        ],
    )
    def test_reported_clause(self, text: str, clause: str) -> None:
        found = quotes_in(text)
        assert indirect(found) == [("Mara Lind", clause)]
        assert direct(found) == []

    def test_office_that_states_what_somebody_urged_is_the_relay(self) -> None:
        found = quotes_in("Mara Lind urged that the two towns work together, the Port Authority said.")
        assert indirect(found) == [("Mara Lind", "the two towns work together")]
        assert found[0].via == "Port Authority"

    @pytest.mark.parametrize(
        "text",
        [
            "The bridge that Mara Lind said goodbye to is gone.",
            "It was said that the bridge is late.",
            "Mara Lind reported to work on Monday.",
            "The report said nothing new.",
            "Mara Lind stressed Hale's strong dedication to the ferry of the town.",
            "The bridge will open in spring.",
        ],
    )
    def test_no_report(self, text: str) -> None:
        assert quotes_in(text) == []


@pytest.mark.parametrize("text", ['"' * 200_000, '"a" ' * 50_000, "he, said, " * 20_000, "“" + "A b. " * 40_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    quotes_in(text)
    assert time.process_time() - started < 6  # splitting and naming included; squared time would be minutes


def test_spun_wording_is_read_as_its_original_and_shown_as_it_is() -> None:
    text = "Mara Lind instructed Radio Lund that no ship will sail."
    shown = AlignedText.verbatim(text)
    start = text.index("instructed")
    reading = shown.replaced([(start, start + len("instructed"), "told")])
    document = replace(plain_document(text), zones=(Zone("body", shown, reading, 1),))
    names = (("Mara Lind", "person"), ("Radio Lund", "organization"))
    mentions = tuple(
        Mention(Span(text.index(name), text.index(name) + len(name)), name, kind, name, "test", 1.0, "body", 1)  # type: ignore[arg-type]
        for name, kind in names
    )
    found = find_quotes(document, document_sentences(document), mentions)
    assert [(one.speaker, one.via, one.cue, one.text) for one in found] == [
        ("Mara Lind", "Radio Lund", "instructed", "no ship will sail")
    ]


def test_author_is_who_says_i() -> None:
    text = "I shook my head and said, “No ship will sail.”"
    document = replace(plain_document(text), authors=(Field("Vera Holm", "byline"),))
    found = find_quotes(document, document_sentences(document), ())
    assert [one.speaker for one in found] == ["Vera Holm"]


def test_tables_and_headings_hold_no_quotations() -> None:
    text = "“No ship will sail,” Mara Lind said."
    document = plain_document(text)
    shapes: tuple[ParagraphKind, ...] = ("heading", "table")
    for shape in shapes:
        zones = tuple(replace(zone, shape=shape) for zone in document.zones)
        assert find_quotes(replace(document, zones=zones), (), ()) == ()


PARTS = (
    *("“", "”", '"', "‘", "’", "'", ",", ".", ":", "(", ")", "—", "?", "\n\n"),
    *("said", "told", "adding", "according to", "that", "and", "who", "he"),
    *("Mara Lind", "Radio Lund", "a senior official", "The boat is late", "unnamed"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_arrangement_is_read_without_error_and_spans_lie_in_the_text(parts: list[str]) -> None:
    text = " ".join(["Lund", *parts])
    for quote in quotes_in(text):  # checks that each text is what stands at its span
        assert quote.text.strip()
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert 0 < quote.score <= 1
