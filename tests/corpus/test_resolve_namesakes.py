"""Names that more than one person bears, and different names of one person."""

from copy import deepcopy

from generator.corpus.resolve.blocks import Blocks
from generator.corpus.resolve.things import ThingFinder
from tests.corpus.build import article, names_of, resolved


def _count(*marked: str, kind: str = "person") -> int:
    resolution, _ = resolved(*marked)
    return sum(entity.type == kind for entity in resolution.entities)


def test_a_widespread_name_is_joined_only_where_articles_have_more_in_common() -> None:
    mayor = "The mayor of Gushan, [P:Liu Yang], planted a maple."
    astronaut = "China's first woman in space was [P:Liu Yang], in 2012."
    assert _count(mayor, astronaut) == 2
    assert _count(mayor, "A maple was planted by the mayor, [P:Liu Yang].") == 1
    assert _count(mayor, "In Gushan, the maple is dear to [P:Liu Yang] and others.") == 1
    resolution, _ = resolved(mayor, astronaut)
    assert [judgement.verdict for judgement in resolution.suggestions] == ["unsure"]
    # Few bear this one: the name is enough.
    assert _count("[P:Xanthe Quillfeather] spoke.", "It rained on [P:Xanthe Quillfeather].") == 1


def test_links_of_a_widespread_name_lead_on() -> None:
    first = "[P:John Smith], a welder from Tarn, found bronze coins."
    second = "In Tarn, bronze is found by [P:John Smith] only."
    third = "[P:John Smith], the welder, is ill."
    assert _count(first, second, third) == 1
    assert _count(first, second, third, "[P:John Smith] sang.") == 2


def test_callings_that_do_not_go_together_keep_namesakes_apart() -> None:
    for one, other in (
        ("bishop", "jockey"),
        ("judge", "poet"),
        ("midwife", "goalkeeper"),
        ("reporter", "carpenter"),
        ("imam", "singer"),
    ):
        assert _count(f"The {one} [P:Orla Brightwater] spoke.", f"The {other} [P:Orla Brightwater] spoke.") == 2, one
    # It may be a career, where the articles have something else in common.
    farmer = "The farmer [P:Orla Brightwater] breeds alpacas."
    assert _count(farmer, "Mayor [P:Orla Brightwater] spoke of alpacas.") == 1
    assert _count(farmer, "Mayor [P:Orla Brightwater] spoke.") == 2
    assert _count(farmer, "[P:Orla Brightwater] spoke.") == 1


def test_who_is_named_behind_the_calling_has_it() -> None:
    keeper = "The goalkeeper [P:Tomas Arregui] saved a penalty."
    for other in (
        "The judge, [P:Tomas Arregui], set the fine.",
        "It was set by the judge of Almenar, [P:Tomas Arregui].",
    ):
        assert _count(keeper, other) == 2, other
    assert _count(keeper, "The club's goalkeeper, [P:Tomas Arregui], is ill.") == 1


def test_an_office_in_common_joins_no_father_and_son() -> None:
    assert _count("The mayor [P:Petro Hrynko Sr.] spoke.", "The mayor [P:Petro Hrynko] spoke.") == 2


def test_a_surname_with_the_arabic_article_is_part_of_the_name() -> None:
    assert _count("Sheikh [P:Khalid bin Saif Al Mazrui] came. [P:Al Mazrui] spoke.") == 1


def test_a_spelling_is_not_joined_against_the_callings() -> None:
    assert _count("Spokesperson [P:Jeong Ha-young] spoke.", "The golfer [P:Jung Ha-young] won.") == 2
    assert _count("The organist [P:Yevgeny Morozkin] spoke.", "[P:Evgeny Morozkin] won.") == 1


def test_of_two_whom_a_spelling_fits_the_office_decides() -> None:
    judge, poet = "Judge [P:Samira Haddadin] spoke.", "The poet [P:Samira Haddadin] read."
    assert _count(judge, poet, "[P:Samira al-Haddadin], the judge, was ill.") == 2
    assert _count(judge, poet, "[P:Samira al-Haddadin] was ill.") == 3


def test_two_full_names_in_one_sentence_are_two_people() -> None:
    assert _count("[P:Han Dong-suk] has not spoken with [P:Han Dong-seok] for years.") == 2
    assert _count("[P:Han Dong-suk] left. Nobody saw [P:Han Dong-seok] after that.") == 1
    assert _count("[P:Han Dong-suk] paid; “Never again,” [P:Han Dong-seok] said.") == 1
    assert _count("[P:Robert Tolliver] (in his youth [P:Bob Tolliver]) sang.") == 1


def test_what_the_text_states_to_be_one_person_is_one() -> None:
    stated = "[P:Hanna Lindqvist-Moro], once [P:Hanna Lindqvist], builds bridges."
    assert _count(stated) == 1
    assert _count(stated, "[P:Hanna Lindqvist] won a prize.", "[P:Hanna Moro] lost.") == 2
    assert _count("[P:Aldo Sting], born [P:Gordon Sumnerfield], sings.") == 1
    assert _count("[P:Aldo Sting], born [P:Gordon Sumnerfield]'s son, sings.") == 2


def test_a_slip_of_the_hand_is_no_other_person() -> None:
    right = "[P:Marguerite Delsarte] presides. [P:Delsarte] spoke."
    assert _count(f"{right} [P:Margeurite Delsarte] left.") == 1
    assert names_of(resolved(f"[P:Margeurite Delsarte] left. {right} [P:Marguerite Delsarte] stayed.")[0]).keys() == {
        "Marguerite Delsarte"
    }
    for other in ("Margot Delsarte", "Marguerita Delsarte"):
        assert _count(f"{right} [P:{other}] left.") == 2, other
    assert _count("[P:Marina Zimina] spoke. [P:Marina Zimin] left.") == 2


def test_of_two_surnames_the_first_is_in_use() -> None:
    both = "[P:Inmaculada Rey Santacruz] called a strike. [P:Rey Santacruz] left."
    assert _count(both, "[P:Inmaculada Rey] called it off.") == 1
    assert _count(both, "[P:Inmaculada Santacruz] drives a bus.") == 2
    assert _count(both, "[P:Inmaculada Rey Molina] sang.") == 2


def test_a_korean_name_without_hyphens_is_read_either_way_round() -> None:
    assert _count("[P:Han Dong-seok] spoke.", "[P:Dong Seok Han] spoke.") == 1


def test_ukrainian_and_russian_forms_meet() -> None:
    assert _count("[P:Olena Hnatiuk] spoke.", "[P:Elena Gnatyuk] spoke.") == 1
    assert _count("[P:Olena Hnatiuk] spoke.", "[P:Olga Hnatiuk] spoke.") == 2


def test_the_seat_of_a_court_stands_before_or_behind() -> None:
    for one, other in (
        ("District Court of Gushan", "Gushan District Court"),
        ("City Council of Tarn", "Tarn City Council"),
        ("Port Authority of Tarn", "Tarn Port Authority"),
        ("Drummel Water Board", "Drummel's Water Board"),
    ):
        assert _count(f"The [O:{one}] met.", f"The [O:{other}] met.", kind="organization") == 1, one
    for one, other in (
        ("Bank of Tarn", "Tarn Bank"),
        ("Court of Appeal", "Appeal Court of Tarn"),
        ("Moody's", "Moody"),
    ):
        assert _count(f"The [O:{one}] met.", f"The [O:{other}] met.", kind="organization") == 2, one


def test_gathering_leaves_what_it_is_given_as_it_is() -> None:
    finder = ThingFinder()
    texts = ("The miller [P:Ali Hassan] spoke.", "The singer [P:Ali Hassan] spoke.", "[P:Ali Hassan] spoke.")
    own = [article(str(number), text).annotated for number, text in enumerate(texts)]
    found = [(one, finder.things(one.document, one.mentions).found) for one in own]
    before = deepcopy(found)
    nodes = Blocks(finder.knowledge).nodes(found)
    assert len(nodes) == 3
    assert found == before
    again = Blocks(finder.knowledge).nodes(found)
    assert [node.names() for node in again] == [node.names() for node in nodes]
