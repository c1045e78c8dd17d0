"""What the site must say of the two seeds that come with the project, read from the published data.

000 is wire copy that was word-spun and has neither headline nor date nor author. 002 is a
machine-translated Korean blog post.
"""

from __future__ import annotations

import pytest

from tests.acceptance.tables import Row, Tables

SPUN, BLOG = "000", "002"


def _article(tables: Tables, prefix: str) -> Row:
    return next(row for row in tables["articles"] if str(row["seed"]).startswith(prefix))


def _of(tables: Tables, table: str, prefix: str) -> list[Row]:
    article = _article(tables, prefix)["id"]
    return [row for row in tables[table] if row["article"] == article]


def _date(tables: Tables, prefix: str, surface: str) -> set[object]:
    return {row["iso"] for row in _of(tables, "dates", prefix) if _plain(row["surface"]) == surface}


def _plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def _entity(tables: Tables, kind: str, name: str) -> Row:
    found = [row for row in tables["entities"] if row["type"] == kind and row["name"] == name]
    assert found, (
        f"no {kind} is called {name}: {sorted(str(r['name']) for r in tables['entities'] if r['type'] == kind)}"
    )
    return found[0]


def _aliases(tables: Tables, kind: str, name: str) -> set[str]:
    aliases = _entity(tables, kind, name)["aliases"]
    assert isinstance(aliases, list)
    return {str(alias) for alias in aliases}


def _mentioned_as(tables: Tables, prefix: str, surface: str) -> set[object]:
    """Entity ids of the mentions with this surface in the article."""
    return {row["entity"] for row in _of(tables, "mentions", prefix) if _plain(row["surface"]) == surface}


class TestSpunWireCopy:
    def test_title_is_the_lede_and_says_so(self, tables: Tables) -> None:
        article = _article(tables, SPUN)
        assert article["title_basis"] == "lede"
        lede = next(row for row in tables["articles"] if row["id"] == article["id"])["title"]
        assert str(lede).startswith("North Korean chief Kim Jong-un has confused the significance")
        assert str(lede).rstrip("…").rstrip().split()[-1].strip(".,") in {"relations", "Cuba", "message"}

    def test_credit_is_yonhap_and_leaves_the_body(self, tables: Tables) -> None:
        assert _article(tables, SPUN)["credit"] == "Yonhap News Agency"
        moved = [row for row in _of(tables, "removals", SPUN) if row["moved_to"] == "credit"]
        assert ["Yonhap" in str(row["text"]) for row in moved] == [True]

    def test_publication_date_stays_unknown_but_bracketed(self, tables: Tables) -> None:
        article = _article(tables, SPUN)
        assert article["published"] is None
        assert article["author"] == []
        assert "2024-04-01" <= str(article["published_earliest"]) <= "2024-11-30"
        assert "2024-09-01" <= str(article["published_latest"]) <= "2025-01-31"
        assert _of(tables, "clues", SPUN)

    @pytest.mark.parametrize(
        ("surface", "iso"),
        [
            ("Feb. 14", "2024-02-14"),
            ("March", "2024-03"),
            ("in March", "2024-03"),
            ("final November", "2023-11"),
            ("subsequent yr", "2025"),
        ],
    )
    def test_dates_follow_from_the_other_seed(self, tables: Tables, surface: str, iso: str) -> None:
        found = {
            row["iso"]
            for row in _of(tables, "dates", SPUN)
            if _plain(row["surface"]).endswith(surface) or _plain(row["surface"]) == surface.removeprefix("in ")
        }
        assert found == {iso}

    @pytest.mark.parametrize(
        ("surface", "name"),
        [
            ("Kim", "Kim Jong-un"),
            ("Ma", "Ma Chol-su"),
            ("Han", "Han Su-chol"),
            ("Ri", "Ri Il-gyu"),
            ("Diaz-Canel", "Miguel Díaz-Canel"),
        ],
    )
    def test_bare_surnames_join_their_full_names(self, tables: Tables, surface: str, name: str) -> None:
        assert _mentioned_as(tables, SPUN, surface) == {_entity(tables, "person", name)["id"]}

    @pytest.mark.parametrize(
        ("surface", "original"),
        [
            ("final Friday", "last Friday"),
            ("native time", "local time"),
            ("Yonhap Information Company", "Yonhap News Agency"),
            ("U.N. Normal Meeting", "U.N. General Assembly"),
            ("subsequent yr", "next year"),
            ("final November", "last November"),
        ],
    )
    def test_spun_wording_is_glossed(self, tables: Tables, surface: str, original: str) -> None:
        text = {_plain(row["surface"]): str(row["original"]) for row in _of(tables, "glosses", SPUN)}
        hit = next((reading for phrase, reading in text.items() if phrase in surface or surface in phrase), "")
        assert any(word in hit for word in original.split()), text

    def test_quality_says_word_spun_and_nothing_else_about_its_making(self, tables: Tables) -> None:
        quality = _article(tables, SPUN)["quality"]
        assert isinstance(quality, list)
        assert "word-spun" in quality
        assert "machine-translated" not in quality


class TestTranslatedBlog:
    def test_metadata(self, tables: Tables) -> None:
        article = _article(tables, BLOG)
        assert article["title"] == (
            "North Korea-Japan Negotiations, South Korea and Cuba Diplomatic Relations ‘Kishida Visits North Korea’ "
            "South Korean Government ‘Secretly Establish Diplomatic Relations Without North Korea’s Secret’"
        )
        assert "안보" in str(article["category"])
        assert any("김종찬" in str(author) for author in (article["author"] or []))  # type: ignore[attr-defined]
        assert article["published"] == "2024-02-15T23:07"
        assert article["translated_from"] == "ko"
        assert article["language"] == "en"
        quality = article["quality"]
        assert isinstance(quality, list)
        assert "machine-translated" in quality
        assert "word-spun" not in quality

    def test_ledger(self, tables: Tables) -> None:
        debris = [row for row in _of(tables, "removals", BLOG) if row["moved_to"] is None]
        texts = [str(row["text"]) for row in debris]
        assert any("728x90" in text for text in texts)
        assert any("Secretly Establish Diplomatic Relations" in text for text in texts)
        assert any("\N{NO-BREAK SPACE}" in text and not text.strip() for text in texts)
        assert any("quote" in str(row["rule"]) and any(mark in str(row["text"]) for mark in '"“”') for row in debris)

    def test_references(self, tables: Tables) -> None:
        found = [(row["date"], row["resolved_article"]) for row in _of(tables, "references", BLOG)]
        dates = ["2019-04-29", "2019-09-19", "2023-05-27", "2023-08-20", "2024-01-06"]
        assert found == [(date, None) for date in dates]
        titles = [str(row["title"]) for row in _of(tables, "references", BLOG)]
        assert titles[0] == "US-Japan Leaders, North Korea-Japan Summit North Korea-Japan Negotiation Agreement"
        assert all("<" not in title and ">" not in title for title in titles)

    @pytest.mark.parametrize(
        ("surface", "iso"),
        [
            ("the 15th", "2024-02-15"),
            ("the 14th", "2024-02-14"),
            ("the 9th", "2024-02-09"),
            ("the 7th", "2024-02-07"),
            ("the 13th", "2024-02-13"),
            ("the next day", "2024-02-08"),
            ("last year", "2023"),
            ("September", "2023-09"),
            ("2000", "2000"),
            ("1970s", "197"),
            ("1980s", "198"),
        ],
    )
    def test_dates(self, tables: Tables, surface: str, iso: str) -> None:
        found = {row["iso"] for row in _of(tables, "dates", BLOG) if _plain(row["surface"]).endswith(surface)}
        assert found == {iso}

    @pytest.mark.parametrize(
        ("surface", "name"),
        [
            ("Kisada", "Fumio Kishida"),
            ("Kishida", "Fumio Kishida"),
            ("Yoon Seok-yeol", "Yoon Suk Yeol"),
            ("Seok-Yeol Yoon", "Yoon Suk Yeol"),
        ],
    )
    def test_people_are_joined(self, tables: Tables, surface: str, name: str) -> None:
        assert _mentioned_as(tables, BLOG, surface) == {_entity(tables, "person", name)["id"]}

    def test_vice_minister_kim_is_the_sister(self, tables: Tables) -> None:
        seed = next(row for row in _of(tables, "mentions", BLOG) if _plain(row["surface"]) == "Kim")
        assert seed["entity"] == _entity(tables, "person", "Kim Yo-jong")["id"]

    def test_hyphenated_pair_is_two_places(self, tables: Tables) -> None:
        surfaces = {_plain(row["surface"]) for row in _of(tables, "mentions", BLOG)}
        assert not {surface for surface in surfaces if "Korea-Japan" in surface or "DPRK-Japan" in surface}
        assert {"DPRK", "Japan", "North Korea"} <= surfaces


PEOPLE = [
    "Kim Jong-un",
    "Kim Yo-jong",
    "Miguel Díaz-Canel",
    "Han Su-chol",
    "Ma Chol-su",
    "Ri Il-gyu",
    "Fumio Kishida",
    "Yoon Suk Yeol",
    "Kim Jong-chan",
]
ORGANIZATIONS = [
    ("Yonhap News Agency", {"Yonhap", "Yonhap News", "Yonhap Information Company"}),
    ("Korean Central News Agency", {"Korea Central News Agency"}),
    ("Associated Press", {"AP"}),
    ("Reuters", {"Reuters"}),
    ("KBS", {"KBS"}),
    ("Newsis", {"Newsis"}),
    ("Yomiuri Shimbun", {"Yomiuri"}),
    ("Choson Sinbo", {"Chosun Shinbo"}),
    ("Workers' Party of Korea", set()),
    ("United Nations", set()),
    ("UN General Assembly", {"U.N. Normal Meeting"}),
    ("X", {"X"}),
]
PLACES = [
    "North Korea",
    "South Korea",
    "Cuba",
    "Japan",
    "United States",
    "Havana",
    "Seoul",
    "Pyongyang",
    "New York",
    "Caribbean",
]


class TestEntities:
    def test_people_are_these_and_no_others(self, tables: Tables) -> None:
        assert sorted(str(row["name"]) for row in tables["entities"] if row["type"] == "person") == sorted(PEOPLE)

    @pytest.mark.parametrize(("name", "aliases"), ORGANIZATIONS)
    def test_organizations(self, tables: Tables, name: str, aliases: set[str]) -> None:
        assert aliases <= _aliases(tables, "organization", name) | {name}

    @pytest.mark.parametrize("words", ["House of Representatives", "Budget Committee", "residential"])
    def test_institutions(self, tables: Tables, words: str) -> None:
        names = [str(row["name"]) for row in tables["entities"] if row["type"] == "organization"]
        assert any(words in name for name in names), names

    @pytest.mark.parametrize("name", PLACES)
    def test_places(self, tables: Tables, name: str) -> None:
        _entity(tables, "place", name)

    def test_no_page_for_a_fragment_title_nationality_or_weekday(self, tables: Tables) -> None:
        names = {str(row["name"]) for row in tables["entities"]}
        assert not names & {
            *("Kim", "Suk", "Minister", "Diaz", "Vice Minister", "Cuban", "North Korean", "Japanese", "Friday"),
            *("President", "Han", "Ma", "Ri", "Yoon", "Korean", "Lunar New Year", "South Korean"),
        }

    def test_korea_acting_as_a_state_is_south_korea(self, tables: Tables) -> None:
        assert "Korea" in _aliases(tables, "place", "South Korea")
        assert "DPRK" in _aliases(tables, "place", "North Korea")


class TestQuotes:
    @pytest.mark.parametrize(
        ("words", "speaker", "via"),
        [
            ("If Prime Minister Kishida's remarks", "Kim Yo-jong", None),
            ("If Japan courageously puts aside", "Kim Yo-jong", None),
            ("My view is that we can open a new future", "Kim Yo-jong", None),
            ("If Japan shakes off its evil habit", "Kim Yo-jong", "Korean Central News Agency"),
            ("As far as I know", "Kim Yo-jong", None),
            ("We are carrying out a number of specific activities", "Fumio Kishida", None),
            ("That is the situation", "Fumio Kishida", None),
            ("Discussions on establishing diplomatic relations", "Newsis", None),
            ("Prime Minister Kishida was likely to visit", "Yomiuri Shimbun", None),
            ("Korea requested the establishment", "KBS", None),
            ("Since President Yoon Seok-yeol took office", "unnamed: senior government official", "Yonhap News Agency"),
            ("Kim Yo-jong is widely seen as her brother", "Reuters", None),
        ],
    )
    def test_speaker_and_relay(self, tables: Tables, words: str, speaker: str, via: str | None) -> None:
        found = [row for row in _of(tables, "quotes", BLOG) if _plain(row["text"]).startswith(words)]
        assert [row["speaker"] for row in found] == [speaker]
        if via:
            assert found[0]["via"] == via

    def test_unnamed_presidential_official_is_relayed_by_the_associated_press(self, tables: Tables) -> None:
        found = [
            row
            for row in _of(tables, "quotes", BLOG)
            if "traditionally described" in _plain(row["text"]) or "A senior presidential office" in _plain(row["text"])
        ]
        assert found
        assert all("Associated Press" in (str(row["speaker"]), str(row["via"])) for row in found)

    def test_scare_quotes_of_the_headline_are_not_quotes(self, tables: Tables) -> None:
        assert not [row for row in _of(tables, "quotes", BLOG) if _plain(row["text"]).startswith("Kishida Visits")]


class TestAcross:
    def test_articles_link_each_other_with_a_reason(self, tables: Tables) -> None:
        ids = {_article(tables, SPUN)["id"], _article(tables, BLOG)["id"]}
        related = [row for row in tables["links"] if {row["source"], row["target"]} == ids]
        assert related
        assert all(row["reason"] for row in related)

    def test_event_of_14_february_is_one_with_evidence_from_both(self, tables: Tables) -> None:
        events = [row for row in tables["events"] if row["date"] == "2024-02-14"]
        both = [row for row in events if len(row["articles"] or []) == 2]  # type: ignore[arg-type]
        assert len(both) == 1
        assert len(events) == 1


class TestTrace:
    @pytest.mark.parametrize("table", ["mentions", "dates", "removals", "glosses"])
    def test_every_surface_is_the_seed_text_at_its_offsets(self, tables: Tables, table: str) -> None:
        seeds = {row["id"]: tables.seed_text(str(row["seed"])) for row in tables["articles"]}
        column = "text" if table == "removals" else "surface"
        assert tables[table]
        for row in tables[table]:
            start, end = row["start"], row["end"]
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert seeds[row["article"]][start:end] == row[column]
