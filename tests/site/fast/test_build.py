"""The quick build gives the bytes of the stock build, and says where it leaves the work to MkDocs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as build_by_mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin

from generator.pages.render import CLOSE, OPEN
from generator.site.fast import build as quick
from generator.site.fast import parts, shapes
from generator.site.fast.build import why_not
from generator.site.fast.work import AT_ONCE
from generator.site.plugin import NoOptions
from tests.building import build_in_memory, files_of, project_of
from tests.site.fast.building import build_both, configuration, files_below, make_sources

GOLDEN = sorted(path.parent for path in (Path(__file__).parents[2] / "golden").glob("*/expected"))
HOSTILE = {
    "markup.txt": "Sandport <b>harbour</b> [link](javascript:x) *reopens* & closes\n\n"
    "The mayor of Sandport, Ola Brandt, said: “<script>alert(1)</script> {{ config }} &amp; &#60;”.\n\n"
    "[TOC] and [^1] and `code` and ~~gone~~ and a|b|c on 3 March 2021.\n",
    "marks.txt": "qz7bfcontentfb7zq opens in Sandport\n\n"
    "qz7bftitle<&>\"'fb7zq and \\ud83d\\ude00 and 😀 “\\\\” said Ola Brandt.\n",
    "heads.txt": "SANDPORT\n\nWhat is next?\n\nOla Brandt of Sandport, on 4 May 2020, said: '--- {: #id }'.\n\n"
    "| a | b |\n|---|---|\n",
}


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.parent.name)
@pytest.mark.parametrize("addresses", ["files", "folders"])
def test_every_file_of_a_golden_corpus_equals_the_stock_build(
    golden: Path, addresses: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without trials each page is filled in, whatever comes of it.
    monkeypatch.setattr(shapes, "_TRIALS", 0)
    replace = {"use_directory_urls: false": "use_directory_urls: true"}
    make_sources(tmp_path, files_of(golden / "expected"), replace if addresses == "folders" else {})
    stock, fast, outcome = build_both(tmp_path)
    assert fast == stock
    assert outcome.pages > 5
    assert (outcome.rendered_by_mkdocs, outcome.templated_by_mkdocs) == (0, 0)


def test_hostile_seeds_give_the_stock_build_without_its_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_TRIALS", 0)
    project = project_of(tmp_path / "project", {name: text.encode() for name, text in HOSTILE.items()})
    built, _ = build_in_memory(project)
    make_sources(
        tmp_path / "site", built.files, {"site_dir: site": "site_dir: site\nsite_url: https://sand.example/b/"}
    )
    stock, fast, outcome = build_both(tmp_path / "site")
    assert fast == stock
    assert (outcome.rendered_by_mkdocs, outcome.templated_by_mkdocs) == (0, 0)


def test_two_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_PARALLEL_PAGES", 1)
    make_sources(tmp_path, files_of(GOLDEN[0] / "expected"))
    stock, fast, _ = build_both(tmp_path, jobs=2)
    assert fast == stock


class AtTheEnd(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """A plugin that is never handed a page."""

    def on_post_template(self, output_content: str, **_: Any) -> str:
        return output_content.replace("</body>", "<!-- seen --></body>")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        (Path(config.site_dir) / "made.txt").write_text("made", "utf-8")


class AtAPage(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # as above
    """A plugin that is."""

    def on_post_page(self, output: str, **_: Any) -> str:
        return output


def test_a_plugin_that_is_never_handed_a_page_leaves_pages_to_the_quick_build(tmp_path: Path) -> None:
    make_sources(tmp_path, {"people/a.md": page("A")} | indexes())
    built = []
    for name, build in (("stock", build_by_mkdocs), ("quick", quick.build)):
        config = configuration(tmp_path, name)
        config.plugins["unknown"] = AtTheEnd()
        assert why_not(config) == ""
        build(config)
        built.append(files_below(tmp_path / name))
    assert built[0] == built[1]
    assert built[1]["made.txt"] == b"made"
    assert b"<!-- seen -->" in built[1]["404.html"]
    config.plugins["other"] = AtAPage()
    assert "other" in why_not(config)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_may_run_something_is_found_by_the_process_that_wrote_it(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(parts, "_PARALLEL_PAGES", 1)
    body = '<p><a href="javascript:alert(1)">a</a></p>'
    make_sources(tmp_path, {"people/a.md": page("A", body), "people/b.md": page("B")} | indexes())
    with pytest.raises(Abort):
        quick.build(configuration(tmp_path, "quick"), jobs)
    assert "people/a.html" in caplog.text
    assert "people/b.html" not in caplog.text


def test_the_second_build_of_one_configuration_checks_anew(tmp_path: Path) -> None:
    make_sources(tmp_path, {"people/a.md": page("A", '<p><a href="javascript:alert(1)">a</a></p>')} | indexes())
    config = configuration(tmp_path, "quick")
    for _ in range(2):
        with pytest.raises(Abort):
            quick.build(config)
    make_sources(tmp_path, {"people/a.md": page("A")} | indexes())
    quick.build(config)


@pytest.mark.parametrize("trials", [0, 2])
def test_the_index_of_materials_search_is_the_stock_one(
    trials: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "_TRIALS", trials)
    make_sources(tmp_path, files_of(GOLDEN[0] / "expected"), {"plugins:\n": "plugins:\n  - search\n"})
    stock, fast, _ = build_both(tmp_path, jobs=2)
    assert "search/search_index.json" in stock
    assert fast == stock


def test_pages_of_a_known_shape_are_filled_in(tmp_path: Path) -> None:
    make_sources(tmp_path, {f"people/p{number}.md": page(f"P {number}") for number in range(40)} | indexes())
    stock, fast, outcome = build_both(tmp_path)
    assert fast == stock
    assert outcome.templated_by_mkdocs <= 10


@pytest.mark.parametrize(
    "body",
    [
        "<p>a</p>\n<script>alert(1)</script>",
        '<script type="application/ld+json">{"a": "&#38;"}</script>',
        "<p>a <img src='x.png' alt=''/></p>",
        "<p>not closed",
        "<h2>One <sup>2</sup></h2>",
        '<p><a href="missing.md">a</a></p>',
        '<p><a href="../index.md?x=1">a</a></p>',
        '<p><a href="mailto:a@b.example">a</a></p>',
        "<p>[TOC]</p>",
        "<!-- a comment --><p>b</p>",
        "<h2 data-toc-label='x'>y</h2>",
        '<p title="a\tb">tabs</p>',
        '<p style="color: red">red</p>',
    ],
)
def test_what_the_generator_never_writes_is_left_to_mkdocs(
    body: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_sources(tmp_path, {"people/a.md": page("A", body)} | indexes())
    # The tripwire refuses some of these pages; here it is about the two builds being one.
    for name in ("stock", "quick"):
        config = configuration(tmp_path, name)
        config.plugins.events["post_build"].clear()
        with caplog.at_level(logging.ERROR, "mkdocs"):
            if name == "stock":
                build_by_mkdocs(config)
            else:
                outcome = quick.build(config)
    assert files_of(tmp_path / "quick") == files_of(tmp_path / "stock")
    assert outcome.rendered_by_mkdocs == 1


@pytest.mark.parametrize("name", ["people/a.md", "people/index.md"])
def test_dead_anchors_are_told_as_mkdocs_tells_them(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    body = '<p><a href="b.md#gone">x</a> <a href="#lost">y</a></p>'
    make_sources(tmp_path, {"people/b.md": page("B")} | indexes() | {name: page("A", body)})
    with caplog.at_level(logging.WARNING, "mkdocs"):
        build_both(tmp_path)
    told = [record.getMessage() for record in caplog.records if name in record.getMessage()]
    assert len(told) == 4
    assert sorted(told[:2]) == sorted(told[2:])


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("plugins:\n", "plugins:\n  - tags\n", "tags"),
        ("  - admonition\n", "  - admonition\n  - smarty\n", "smarty"),
        ("toc_depth: 2", "toc_depth: 1-2", "toc"),
        ("  name: material\n", "  name: material\n  custom_dir: overrides\n", "templates"),
    ],
)
def test_what_is_not_known_takes_the_stock_path_and_says_why(old: str, new: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "overrides").mkdir()
    make_sources(tmp_path, indexes(), {old: new})
    assert named in why_not(configuration(tmp_path, "site"))


@pytest.mark.parametrize("size", [0, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
def test_files_of_any_size_come_through_whole(size: int, tmp_path: Path) -> None:
    data = bytes(number % 251 for number in range(size))
    long = page("A", "<p>" + "so long " * (size // 8) + "</p>")
    make_sources(tmp_path, {"data/table.bin": data, "people/a.md": long} | indexes())
    stock, fast, outcome = build_both(tmp_path)
    assert fast == stock
    assert fast["data/table.bin"] == data
    assert outcome.rendered_by_mkdocs == 0


def test_data_for_machines_is_written_as_it_is(tmp_path: Path) -> None:
    body = '<script type="application/ld+json">{"a": ["\\u003cb\\u003e", "[TOC]"]}</script>'
    make_sources(tmp_path, {"people/a.md": page("A", body)} | indexes())
    stock, fast, outcome = build_both(tmp_path)
    assert fast == stock
    assert outcome.rendered_by_mkdocs == 0


def page(title: str, body: str = "<p>Text &#38; more</p>\n<h2>Part</h2>") -> bytes:
    """A generated page."""
    head = f'---\ntitle: "{title}"\ndescription: "d"\nkind: "person"\nhide: ["navigation"]\n---\n'
    return f"{head}\n{OPEN}\n<h1>{title}</h1>\n{body}\n{CLOSE}\n".encode()


def indexes() -> dict[str, bytes]:
    """The pages that the navigation names."""
    names = ("index", "articles/index", "people/index", "organizations/index", "places/index", "events/index")
    loose = ("timeline", "quotes", "sources", "method")
    return {f"{name}.md": page(name) for name in (*names, *loose)}
