from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.errors import UsageError
from generator.scaffold import create_project
from generator.settings import Settings, parse_settings
from tests.projects import tree


def test_a_new_project_has_everything_but_seeds(tmp_path: Path) -> None:
    create_project(tmp_path / "harbour-news")
    assert set(tree(tmp_path / "harbour-news")) == {
        ".gitignore",
        "README.md",
        "briefing.yml",
        "entities.yml",
        "mkdocs.yml",
    }
    assert (tmp_path / "harbour-news/seeds").is_dir()
    assert (tmp_path / "harbour-news/site_src").is_dir()


@pytest.mark.parametrize("name", ["harbour-news", "안보", "a: b #c", "'", "-", "$name", "{{ x }}"])
def test_the_name_of_the_folder_becomes_the_name_of_the_site(tmp_path: Path, name: str) -> None:
    create_project(tmp_path / name)
    text = (tmp_path / name / "mkdocs.yml").read_text(encoding="utf-8")
    site_name = yaml.safe_load(text)["site_name"]
    assert isinstance(site_name, str)
    assert site_name
    assert site_name.replace(" ", "").isalnum()


def test_the_settings_of_a_new_project_are_the_defaults_and_every_example_in_them_is_valid(tmp_path: Path) -> None:
    create_project(tmp_path / "x")
    text = (tmp_path / "x/briefing.yml").read_text(encoding="utf-8")
    assert parse_settings(text, "briefing.yml") == Settings()
    examples = "\n".join(line.removeprefix("# ") for line in text.splitlines()[2:])
    assert parse_settings(examples, "briefing.yml").nlp.model


@pytest.mark.parametrize("there", ["mkdocs.yml", "README.md", ".gitignore"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=there):
        create_project(tmp_path)
    assert tree(tmp_path) == {there: b"mine"}


def test_a_folder_that_holds_seeds_can_become_a_project(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text("mine", encoding="utf-8")
    create_project(tmp_path)
    assert (tmp_path / "seeds/a.txt").read_text(encoding="utf-8") == "mine"


def test_the_projects_own_site_has_the_look_of_a_new_one(repository: Path) -> None:
    own = (repository / "mkdocs.yml").read_text(encoding="utf-8")
    new = (repository / "generator/scaffold/templates/mkdocs.yml").read_text(encoding="utf-8")
    assert own == new.replace("$name", "Briefing")
