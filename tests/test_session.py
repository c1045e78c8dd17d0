"""What a process keeps from build to build is as if it were made anew."""

from __future__ import annotations

from generator.session import Session


def test_a_value_is_made_once_while_what_it_is_made_of_is_the_same() -> None:
    session, made = Session(), []

    def make() -> list[str]:
        made.append("")
        return made

    assert session.hold("pages", ("en", 1), make) is session.hold("pages", ("en", 1), make)
    assert len(made) == 1


def test_a_value_of_something_else_takes_the_place_of_the_old_one() -> None:
    session = Session()
    assert session.hold("pages", "en", lambda: "English") == "English"
    assert session.hold("pages", "fr", lambda: "French") == "French"
    assert session.hold("pages", "en", lambda: "English again") == "English again"


def test_values_of_different_names_stand_beside_each_other() -> None:
    session = Session()
    session.hold("pages", 1, lambda: "pages")
    assert session.hold("theme", 1, lambda: "theme") == "theme"
    assert session.hold("pages", 1, lambda: "others") == "pages"
