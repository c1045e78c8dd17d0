"""What becomes one entity across documents, and what never does."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.aligned import Span
from generator.corpus.resolve import Decisions, resolve, resolve_quotes
from generator.model import EntityType, Mention, Quote
from tests.corpus.build import article, meanings, names_of, resolved
from tests.evaluation.plain import plain_document


def _people(*names: str) -> set[str]:
    resolution, _ = resolved(*(f"[P:{name}] spoke." for name in names))
    return set(names_of(resolution))


def test_spellings_of_one_name_are_one_person() -> None:
    for names in (
        ("Yoon Seok-yeol", "Seok-Yeol Yoon", "Yoon Suk Yeol"),
        ("Kim Jong Un", "Kim Jong-un", "김정은"),
        ("Miguel Díaz-Canel", "Miguel Diaz-Canel", "MIGUEL DIAZ-CANEL"),
        ("Sergei Baranovsky", "Sergey Baranovskiy"),
        ("Mohammed Tarkani", "Muhammad Tarkani"),
        ("Abdel Fattah al-Batali", "Abdulfattah el-Batali", "Abdul-Fattah Batali"),
        ("Halina Müller-Voss", "Halina Mueller-Voss"),
        ("Kenji Watanabe", "Watanabe Kenji"),
        ("Bob Tolliver", "Robert Tolliver"),
        ("Gerda Tolliver", "Gerda M. Tolliver"),
    ):
        assert len(_people(*names)) == 1, names


def test_different_people_stay_apart() -> None:
    for names in (
        ("John Kerry", "John Terry"),
        ("Kim Jong-un", "Kim Yo-jong"),
        ("Aung San", "Aung San Suu Kyi"),
        ("George Bush", "George W. Bush"),
        ("George H. W. Bush", "George W. Bush"),
        ("Bill Smith", "William Smith"),
        ("J. Smith", "John Smith"),
        ("Otto Hale Jr.", "Otto Hale Sr."),
        ("Lee Jung-hoon", "Lee Jong-hoon"),
        ("Thomas James", "James Thomas"),
    ):
        assert len(_people(*names)) == 2, names


def test_what_is_unsure_is_suggested_with_a_reason() -> None:
    resolution, _ = resolved("[P:J. Smith] spoke.", "[P:John Smith] spoke.")
    (suggestion,) = resolution.suggestions
    assert suggestion.verdict == "unsure"
    assert {suggestion.left, suggestion.right} == {"person/j-smith", "person/john-smith"}
    assert "initial" in suggestion.reason


def test_an_initial_with_the_same_office_is_enough() -> None:
    resolution, _ = resolved("[P:Harbour Master|J. Smithson] left.", "[P:Harbour Master|Jane Smithson] spoke.")
    assert len(resolution.suggestions) == 1
    resolution, _ = resolved("[P:Governor|J. Smithson] left.", "[P:Governor|Jane Smithson] spoke.")
    assert set(names_of(resolution)) == {"Jane Smithson"}


def test_a_short_form_that_fits_two_people_joins_neither() -> None:
    names = _people("Gerda Tolliver", "Gerda M. Tolliver", "Gerda K. Tolliver")
    assert len(names) == 3


def test_a_chain_never_joins_two_that_differ() -> None:
    resolution, _ = resolved("[P:Otto A. Quillan] spoke.", "[P:Otto Quillan] spoke.", "[P:Otto B. Quillan] spoke.")
    for entity in resolution.entities:
        assert not {"Otto A. Quillan", "Otto B. Quillan"} <= {alias.name for alias in entity.aliases}


def test_namesakes_of_stated_different_gender_are_two() -> None:
    resolution, _ = resolved("[P:Mr.|Robin Quillan] spoke.", "[P:Ms.|Robin Quillan] spoke.")
    people = [entity for entity in resolution.entities if entity.type == "person"]
    assert len(people) == 2
    assert len({entity.slug for entity in people}) == 2


def test_a_bare_surname_joins_nobody_in_another_document() -> None:
    resolution, articles = resolved("[P:Mara Lind] spoke.", "[P:Lind] spoke.")
    assert meanings(resolution, articles)[1] == [("Lind", "")]


def test_an_office_and_a_surname_mean_the_well_known_bearer_where_the_country_is_named() -> None:
    resolution, articles = resolved("[L:Japan=place:JP]: [P:Prime Minister|Kishida] spoke.", "[P:Coach|Kishida] spoke.")
    assert meanings(resolution, articles)[0][1] == ("Kishida", "Fumio Kishida")
    assert meanings(resolution, articles)[1] == [("Kishida", "")]


def test_a_common_name_is_a_well_known_person_in_context_only() -> None:
    resolution, _ = resolved("[P:John Howard] fixes boats in Ostrow.")
    assert resolution.entities[0].key == ""
    resolution, _ = resolved("[P:John Howard] led Australia.")
    assert resolution.entities[0].key == "person:john-howard"


def test_the_gazetteer_spells_the_name_and_keeps_the_variants() -> None:
    resolution, _ = resolved("[P:Seok-Yeol Yoon] spoke in South Korea.")
    (entity,) = resolution.entities
    assert entity.name == "Yoon Suk Yeol"
    assert entity.id == "person/yoon-suk-yeol"
    assert [alias.name for alias in entity.aliases] == ["Seok-Yeol Yoon"]


def test_a_name_in_hangul_is_shown_romanised() -> None:
    resolution, _ = resolved("[P:김종찬] wrote this.")
    (entity,) = resolution.entities
    assert entity.name == "Kim Jong-chan"
    assert [alias.name for alias in entity.aliases] == ["김종찬"]


def test_the_best_spelling_of_the_most_frequent_full_name_is_shown() -> None:
    resolution, _ = resolved("[P:PIA KÖRBER] spoke.", "[P:Pia Korber] and [P:Pia Körber] spoke.", "[P:Korber] spoke.")
    assert set(names_of(resolution)) == {"Pia Körber"}


def test_legal_forms_and_articles_do_not_tell_companies_apart() -> None:
    resolution, _ = resolved("[O:The Brackwater Co.] fell.", "[O:Brackwater Corp] fell.", "[O:Brackwater] fell.")
    assert len(names_of(resolution, "organization")) == 1


def test_an_acronym_elsewhere_joins_the_only_introduced_name() -> None:
    resolution, _ = resolved("[O:Vellamo Harbour Office] ([O:VHO]) met.", "[O:VHO] closed.")
    assert set(names_of(resolution, "organization")) == {"Vellamo Harbour Office"}


def test_an_acronym_that_nobody_introduces_is_a_suggestion() -> None:
    resolution, _ = resolved("[O:Vellamo Harbour Office] met.", "[O:VHO] closed.")
    assert set(names_of(resolution, "organization")) == {"Vellamo Harbour Office", "VHO"}
    assert len(resolution.suggestions) == 1


def test_gazetteer_ids_join_names_and_hold_them_apart() -> None:
    resolution, _ = resolved(
        "[L:DPRK=place:KP] and [L:North Korea=place:KP] and [L:Georgia=place:GE].", "[L:Georgia=region:georgia]."
    )
    places = [entity for entity in resolution.entities if entity.type == "place"]
    assert [entity.key for entity in places].count("place:KP") == 1
    assert {"place:GE", "region:georgia"} <= {entity.key for entity in places}
    assert next(entity for entity in places if entity.key == "place:KP").country == "KP"


def test_every_alias_counts_its_mentions_and_articles() -> None:
    resolution, _ = resolved("[P:Mara Lind] met [P:Lind]. [P:Lind] left.", "[P:Mara Lind] slept.")
    (entity,) = resolution.entities
    assert [(alias.name, alias.count, alias.articles, alias.weak) for alias in entity.aliases] == [
        ("Lind", 2, ("a",), True),
        ("Mara Lind", 2, ("a", "b"), False),
    ]
    assert len(entity.mentions) == 4


def test_variants_are_shown_as_the_text_writes_them() -> None:
    spun = article("a", "[O:Ostrow Information Company] spoke.")
    mention = replace(spun.annotated.mentions[0], name="Ostrow News Agency")
    spun = replace(spun, annotated=replace(spun.annotated, mentions=(mention,)))
    (entity,) = resolve([spun, article("b", "[O:Ostrow News Agency] spoke.")], Decisions()).entities
    assert entity.name == "Ostrow News Agency"
    assert {alias.name for alias in entity.aliases} == {"Ostrow Information Company", "Ostrow News Agency"}


def test_a_company_is_one_with_and_without_what_companies_add() -> None:
    resolution, _ = resolved("[O:Brackwater Stores Inc.] fell. [O:Brackwater] rose.", "[O:Brackwater] slept.")
    assert len(names_of(resolution, "organization")) == 1


def test_one_name_of_two_types_is_a_suggestion() -> None:
    resolution, _ = resolved("[O:Ostrow] spoke.", "[L:Ostrow] slept.")
    assert len(resolution.entities) == 2
    assert "organization and as place" in resolution.suggestions[0].reason


def test_every_merge_gives_its_reason() -> None:
    resolution, _ = resolved("[P:Sergei Baranovsky] spoke.", "[P:Sergey Baranovskiy] spoke.")
    (entity,) = resolution.entities
    (judgement,) = entity.judgements
    assert judgement.verdict == "same"
    assert "spelling" in judgement.reason


def test_the_analyst_joins_parts_renames_hides_retypes_and_identifies() -> None:
    texts = ("[P:Mara Lind] spoke in [O:Ostrow].", "[P:Greta Holm] spoke for [O:Local Time].")
    decisions = Decisions(
        same=(("Mara Lind", "people/greta-holm"),),
        rename={"Greta Holm": "Mara Holm"},
        hide=("Local Time",),
        type={"Ostrow": "place"},
        ids={"Mara Lind": "Q42"},
    )
    resolution, _ = resolved(*texts, decisions=decisions)
    assert names_of(resolution) == {"Mara Holm": {"Mara Lind", "Greta Holm"}}
    assert names_of(resolution, "place") == {"Ostrow": {"Ostrow"}}
    assert names_of(resolution, "organization") == {}
    assert next(entity.wikidata for entity in resolution.entities if entity.type == "person") == "Q42"
    assert resolution.unmatched == ()


def test_the_analyst_keeps_apart_what_would_be_joined() -> None:
    decisions = Decisions(different=(("Sergei Baranovsky", "Sergey Baranovskiy"),))
    resolution, _ = resolved("[P:Sergei Baranovsky] spoke.", "[P:Sergey Baranovskiy] spoke.", decisions=decisions)
    assert len(names_of(resolution)) == 2


def test_a_decision_about_nobody_is_named() -> None:
    resolution, _ = resolved("[P:Mara Lind] spoke.", decisions=Decisions(hide=("Nobody Atall",)))
    assert resolution.unmatched == ("Nobody Atall",)


def test_quotes_go_to_the_one_who_said_and_the_one_who_relayed_them() -> None:
    text = "[P:Mara Lind] told [O:Ostrow Herald]: so. [P:Lind] left."
    plain = article("a", text)
    lind = plain.annotated.mentions[2].span
    quotes = (
        Quote(Span(30, 32), "so", "direct", 1, "Lind", lind, via="Ostrow Herald"),
        Quote(Span(30, 32), "so", "direct", 1, "unnamed: senior official", lind),
    )
    one = article("a", text, quotes)
    first, second = resolve_quotes([one], resolve([one], Decisions()))
    assert (first.speaker, first.speaker_entity) == ("Mara Lind", "person/mara-lind")
    assert (first.via, first.via_entity) == ("Ostrow Herald", "organization/ostrow-herald")
    assert (second.speaker, second.speaker_entity) == ("unnamed: senior official", "")


@given(st.integers(0, 60), st.integers(0, 30))
def test_a_speaker_without_a_name_is_who_shares_most_with_the_place(start: int, length: int) -> None:
    text = "[P:Mara Lind], [O:Ostrow Herald] and [P:Otto Hale] met [P:Mara Lind]."
    one = article("a", text, (Quote(Span(0, 1), "so", "direct", 1, "", Span(start, start + length)),))
    resolution = resolve([one], Decisions())
    shared = [
        (min(place.end, start + length) - max(place.start, start), -place.start, resolution.meant["a"][index])
        for index, place in enumerate(mention.span for mention in one.annotated.mentions)
    ]
    most, _, entity = max(shared)
    assert resolve_quotes([one], resolution)[0].speaker_entity == (entity if most > 0 else "")


_NAMES = st.sampled_from(
    ["Mara Lind", "Lind", "M. Lind", "Kim Bo-ra", "Kim", "Bora Kim", "Otto Hale", "Otto B. Hale", "Ida Hale", "Hale"]
)


@settings(max_examples=60)
@given(st.lists(st.lists(_NAMES, min_size=1, max_size=5), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_mentions_mean_one_thing_and_order_does_not_matter(documents: list[list[str]], random: Random) -> None:
    texts = {f"d{number}": " and ".join(f"[P:{name}]" for name in names) for number, names in enumerate(documents)}
    ordered = [article(identity, text) for identity, text in sorted(texts.items())]
    resolution = resolve(ordered, Decisions())
    located = [(one.article, one.mention.span) for entity in resolution.entities for one in entity.mentions]
    assert len(located) == len(set(located)) == sum(map(len, resolution.meant.values()))
    assert len({entity.id for entity in resolution.entities}) == len(resolution.entities)
    shuffled = list(ordered)
    random.shuffle(shuffled)
    assert resolve(shuffled, Decisions()).entities == resolution.entities


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["person", "organization", "place", "event"])), max_size=6)
)
def test_any_text_as_a_name_is_survived(named: list[tuple[str, EntityType]]) -> None:
    empty = article("a", "")
    text = " ".join(name for name, _ in named)
    mentions = []
    at = 0
    for name, kind in named:
        mentions.append(Mention(Span(at, at + len(name)), name, kind, name, "test", 1.0, "body", 1))
        at += len(name) + 1
    document = replace(plain_document(text), id="a")
    annotated = replace(empty.annotated, document=document, mentions=tuple(mentions))
    resolution = resolve([replace(empty, annotated=annotated)], Decisions())
    assert all(entity.name and entity.slug for entity in resolution.entities)


def test_namesakes_of_callings_that_seldom_go_together_are_two() -> None:
    resolution, _ = resolved("The weaver [P:|Robin Quillan] spoke.", "[P:|Robin Quillan], a singer, spoke.")
    assert len(resolution.entities) == 2
    assert len(resolution.suggestions) == 1
    resolution, _ = resolved("The farmer [P:|Robin Quillan] spoke.", "[P:|Robin Quillan], the mayor of Orla, spoke.")
    assert len(resolution.entities) == 1


def test_of_namesakes_one_without_a_calling_is_nobody_s() -> None:
    weaver, singer = "The weaver [P:|Robin Quillan] spoke.", "[P:|Robin Quillan], a singer, spoke."
    resolution, _ = resolved(weaver, singer, "[P:|Robin Quillan] has moved.")
    assert len(resolution.entities) == 3
    resolution, _ = resolved(weaver, singer, *["The weaver [P:|Robin Quillan] left."] * 3, "[P:|Robin Quillan] moved.")
    assert len(resolution.entities) == 2


def test_a_clause_tells_a_calling() -> None:
    for told in ("[P:|Robin Quillan], who is a singer, left.", "The singer who fell ill, [P:|Robin Quillan], left."):
        resolution, _ = resolved("The weaver [P:|Robin Quillan] spoke.", told)
        assert len(resolution.entities) == 2, told


def test_a_grandson_of_the_same_name_is_another() -> None:
    resolution, _ = resolved("[P:|Otto Quillan], 84, built it. His grandson [P:|Otto Quillan Jr.] runs it.")
    assert len(resolution.entities) == 2


def test_both_forms_of_a_university_are_one_but_where_an_article_tells_them_apart() -> None:
    one, other = "The [O:University of Bray] won.", "[O:Bray University] won."
    assert len(resolved(one, other)[0].entities) == 1
    assert len(resolved(f"{one} {other}")[0].entities) == 1
    apart = "[O:Bray University] and the [O:University of Bray] are rivals."
    assert len(resolved(apart)[0].entities) == 2
    resolution, _ = resolved(apart, one, other)
    assert {name: len(entity.mentions) for entity in resolution.entities for name in [entity.name]} == {
        "Bray University": 2,
        "University of Bray": 2,
    }
    assert len(resolved("The [O:University of York] won.", "[O:York University] won.")[0].entities) == 2


def test_a_known_acronym_means_what_the_article_says_it_means() -> None:
    resolution, _ = resolved("The [O:Academy of Marine Arts] ([O:AMA=org:american-medical-association]) met.")
    assert len(resolution.entities) == 1


def test_what_the_next_sentence_calls_somebody_counts() -> None:
    resolution, _ = resolved("The weaver [P:|Robin Quillan] spoke.", "[P:|Robin Quillan] sang. The singer, 71, is ill.")
    assert len(resolution.entities) == 2
