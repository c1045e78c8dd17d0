"""What a process keeps of a site is used where it holds, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from mkdocs.theme import Theme

from generator.errors import UsageError
from generator.session import Session
from generator.site.allowance import Allowance
from generator.site.driver import build_site, warm_up
from generator.site.fast import shapes
from generator.site.fast.build import build
from generator.site.fast.held import environment, learned, places, tokens
from generator.site.tripwire import Tripwire
from tests.site.fast.building import configuration, files_below, make_sources
from tests.site.fast.test_build import indexes, page


def themed(folder: Path) -> Any:
    return SimpleNamespace(theme=Theme(name=None, custom_dir=str(folder)))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of each template that is compiled from now on."""
    found: list[str] = []
    compiling = jinja2.Environment.compile

    def compile_noted(env: jinja2.Environment, source: str, *rest: Any, **more: Any) -> Any:
        found.append(source)
        return compiling(env, source, *rest, **more)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_noted)
    return found


def test_a_template_is_compiled_again_where_its_text_is_another(tmp_path: Path, compiled: list[str]) -> None:
    template, session = tmp_path / "main.html", Session()
    for text in ("one", "one", "two", "two", "one"):
        template.write_text(text, "utf-8")
        assert environment(themed(tmp_path), session).get_template("main.html").render() == text
    assert compiled == ["one", "two", "one"]


def test_once_warm_a_build_compiles_hardly_a_template(tmp_path: Path, compiled: list[str]) -> None:
    make_sources(tmp_path, {"people/n1.md": page("N 1")} | indexes())
    session = Session()
    warm_up(tmp_path / "mkdocs.yml", session)
    assert len(compiled) > 20
    assert not (tmp_path / "site").exists()
    compiled.clear()
    build(configuration(tmp_path, "warm"), session=session)
    assert len(compiled) < 5
    build(configuration(tmp_path, "cold"))
    assert files_below(tmp_path / "warm") == files_below(tmp_path / "cold")


@pytest.mark.parametrize("text", ["nav: [", "site_name: x\nplugins: [none-such]\n", "site_name: x\ntheme: none-such\n"])
def test_what_is_wrong_with_a_configuration_only_the_build_says(text: str, tmp_path: Path) -> None:
    mkdocs = tmp_path / "mkdocs.yml"
    mkdocs.write_text(text, "utf-8")
    warm_up(mkdocs, Session())
    warm_up(tmp_path / "none.yml", Session())
    with pytest.raises(UsageError):
        build_site(mkdocs, tmp_path, tmp_path / "site")


def test_templates_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    session = Session()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.html").write_text(name, "utf-8")
        assert environment(themed(tmp_path / name), session).get_template("main.html").render() == name


def test_what_the_compiler_is_told_besides_parts_templates(tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text('{{ "a" | upper }}', "utf-8")
    session = Session()
    first = environment(themed(tmp_path), session).bytecode_cache
    config = themed(tmp_path)
    make = config.theme.get_env

    def other() -> jinja2.Environment:
        env: jinja2.Environment = make()
        env.filters["shout"] = str.upper
        return env

    config.theme.get_env = other
    assert environment(config, session).bytecode_cache is not first


def test_shapes_are_those_of_one_frame_and_one_theme() -> None:
    session, tripwire = Session(), Tripwire(Allowance(frozenset({"a"}), rendered=frozenset({"x.html"})))
    known = learned(session, "frame", tripwire)
    # Another page may be there.
    more = Tripwire(Allowance(frozenset({"a"}), rendered=frozenset({"x.html", "y.html"})))
    assert learned(session, "frame", more) is known
    assert learned(session, "", more) is not known
    assert learned(session, "", more) is not learned(session, "", more)
    wider = learned(session, "frame", Tripwire(Allowance(frozenset({"a", "b"}))))
    assert wider is not known
    assert learned(session, "another", Tripwire(Allowance(frozenset({"a", "b"})))) is not wider


CHANGES = (
    ("site_name: Briefing", "site_name: Another"),
    ("Articles: articles/index.md", "Pieces: articles/index.md"),
    ("site_dir: site\n", "site_dir: site\nsite_url: https://sand.example/b/\n"),
    ("language: en", "language: de"),
    ("    - navigation.top\n", ""),
    ("  - Method: method.md\n", ""),
)


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=[new or f"no {old}" for old, new in CHANGES])
def test_pages_of_another_configuration_are_made_by_it(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is known of a shape is then never compared with what MkDocs makes.
    monkeypatch.setattr(shapes, "_TRIALS", 0)
    make_sources(tmp_path, {f"people/n{number}.md": page(f"N {number}") for number in range(4)} | indexes())
    session = Session()
    build(configuration(tmp_path, "first"), session=session)
    mkdocs = tmp_path / "mkdocs.yml"
    text = mkdocs.read_text("utf-8")
    assert old in text
    mkdocs.write_text(text.replace(old, new), "utf-8")
    if "method.md" in old:
        mkdocs.write_text(mkdocs.read_text("utf-8").replace("  /search.md\n", "  /search.md\n  /method.md\n"), "utf-8")
    build(configuration(tmp_path, "second"), session=session)
    build(configuration(tmp_path, "anew"))
    assert files_below(tmp_path / "second") == files_below(tmp_path / "anew")
    assert files_below(tmp_path / "second") != files_below(tmp_path / "first")


def test_a_page_of_a_known_shape_is_filled_in_at_once(tmp_path: Path) -> None:
    make_sources(tmp_path, {f"people/n{number}.md": page(f"N {number}") for number in range(8)} | indexes())
    session = Session()
    first = build(configuration(tmp_path, "first"), session=session)
    second = build(configuration(tmp_path, "second"), session=session)
    assert first.templated_by_mkdocs > 0
    assert second.templated_by_mkdocs == 0
    assert files_below(tmp_path / "second") == files_below(tmp_path / "first")


def test_links_are_those_of_one_configuration_and_one_frame(tmp_path: Path) -> None:
    make_sources(tmp_path, indexes())
    session, config = Session(), configuration(tmp_path, "site")
    known = places(config, session, "frame")
    assert places(config, session, "frame") is known
    # They hold what follows from the tags.
    assert known.tokens is tokens(session)
    assert places(config, session, "another") is not known
    known = places(config, session, "frame")
    mkdocs = tmp_path / "mkdocs.yml"
    mkdocs.write_text(mkdocs.read_text("utf-8") + "\nexclude_docs: /method.md\n", "utf-8")
    assert places(config, session, "frame") is not known
