from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.read.limits import Limits
from generator.settings import LimitSettings, Settings, load_project, parse_settings


def test_an_empty_file_means_the_defaults() -> None:
    assert parse_settings("", "briefing.yml") == Settings()
    assert parse_settings("# nothing\n", "briefing.yml") == Settings()


def test_every_key_is_read() -> None:
    settings = parse_settings(
        "site_name: Port news\nseeds: raw\njobs: 3\nnlp:\n  model: xx_ent\nlimits:\n  size: 10\ntimeouts: {lock: 5}\n",
        "briefing.yml",
    )
    assert (settings.site_name, settings.seeds, settings.jobs) == ("Port news", "raw", 3)
    assert (settings.nlp.model, settings.limits.size, settings.timeouts.lock) == ("xx_ent", 10, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sead: x", "did you mean seeds?"),
        ("limits:\n  sise: 1", "did you mean limits.size?"),
        ("jobs: many", "jobs"),
        ("jobs: 0", "jobs"),
        ("limits: {size: -1}", "limits.size"),
        ("- a list", "expected keys and values"),
        ("jobs: 1\njobs: 2", "jobs stands twice"),
        ("a: [", "line"),
        ("seeds: ''", "seeds"),
        ("site_dir: .", "site_dir"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_settings(text, "briefing.yml")
    assert "briefing.yml" in str(caught.value)
    assert said in str(caught.value)


def test_yaml_runs_no_code() -> None:
    with pytest.raises(UsageError):
        parse_settings("site_name: !!python/object/apply:os.getcwd []", "briefing.yml")


def test_a_project_is_named_by_its_folder_or_one_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "briefing.yml").write_text("seeds: raw\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    for location in (tmp_path, tmp_path / "briefing.yml", tmp_path / "mkdocs.yml"):
        assert load_project(location).seeds == tmp_path / "raw"


def test_a_project_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        load_project(tmp_path / "missing")


def test_settings_that_are_not_utf8_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "briefing.yml").write_bytes(b"site_name: \xbe\xc8")
    with pytest.raises(UsageError, match=r"briefing\.yml"):
        load_project(tmp_path)


def test_the_default_limits_are_those_of_the_reader() -> None:
    reader, settings = Limits(), LimitSettings()
    assert {field.name for field in fields(settings)} == {field.name for field in fields(reader)}
    assert all(getattr(settings, field.name) == getattr(reader, field.name) for field in fields(settings))
