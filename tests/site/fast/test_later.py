"""Whatever changes between two builds, the second gives what one from nothing gives, and says what that one says."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from mkdocs.exceptions import Abort
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.pages import Page

from generator.errors import CheckFailed
from generator.publish.late import Late
from generator.publish.manifest import MANIFEST_NAME, read_manifest
from generator.publish.swap import exchange, keep_unchanged
from generator.publish.writer import Written, write_generated
from generator.session import Session
from generator.site.fast.anchors import sums
from generator.site.fast.build import build
from generator.site.fast.memory import FastOutcome, Made, Previous, encode_memory, made_of, pages_that_link, read_memory
from generator.site.fast.work import Work
from generator.site.links import find_flaws
from tests.site.fast.building import configuration, files_below, make_sources
from tests.site.fast.test_build import indexes, page

Sources = dict[str, bytes]
NAMES = [f"{folder}/n{number}.md" for folder in ("people", "places", "articles/2024") for number in range(5)]
DATA = ["data/a.csv", "data/b.csv", "data/c.js"]
ANCHORS = ("p1", "p2", "p3")


def drawn(chance: random.Random) -> bytes:
    """A page with some of the anchors and with links, some of which lead nowhere."""
    parts = [f'<p id="{anchor}">x</p>' for anchor in ANCHORS if chance.random() < 0.8]
    for _ in range(chance.randrange(4)):
        target = chance.choice(NAMES)
        anchor = chance.choice(["", *(f"#{anchor}" for anchor in ANCHORS)])
        parts.append(f'<p><a href="/{target}{anchor}">to</a></p>')
    if chance.random() < 0.4:
        parts.append(f'<p><a href="/{chance.choice(DATA)}">data</a></p>')
    parts.append(f'<p><a href="#{chance.choice(ANCHORS)}">here</a></p>')
    return page(f"T {chance.randrange(1000)}", "\n".join(parts))


def relative(name: str, content: bytes) -> bytes:
    return content.replace(b'href="/', b'href="' + b"../" * name.count("/"))


def changed(chance: random.Random, sources: Sources) -> Sources:
    """`sources` with some pages and files added, changed and taken away."""
    after = dict(sources)
    for _ in range(chance.randrange(1, 4)):
        name = chance.choice([*NAMES, *DATA, *DATA, "index.md"])
        if name in after and name != "index.md" and chance.random() < 0.3:
            del after[name]
        else:
            content = f"{chance.random()}".encode() if name.startswith("data/") else drawn(chance)
            after[name] = relative(name, content)
    return after


class Site:
    """A site that is built again and again, each time over the last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site, self.twin, self.memory = root / "site", root / "twin", root / "memory"
        self.session = Session()

    def build(self, late: Late | None = None) -> FastOutcome:
        """Build over the last site, as `briefing build` does."""
        staged = self.root / "staged"
        previous = Previous(self.site, read_memory(self.memory), self.twin)
        outcome = build(configuration(self.root, "staged"), previous=previous, session=self.session, late=late)
        kept = keep_unchanged(self.site, staged, outcome.kept) if self.site.exists() else set()
        exchange(staged, self.site, self.twin, kept)
        self.memory.write_bytes(encode_memory(outcome.memory(self.site)))
        return outcome


def said(caplog: pytest.LogCaptureFixture) -> set[str]:
    found = {record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING}
    caplog.clear()
    return found


def coming(folder: Path, sources: Sources, names: Iterable[str] = ()) -> Late:
    return Late(frozenset(names), lambda: write_generated(folder, sources))


@pytest.mark.parametrize("data", ["there", "late"])
@pytest.mark.parametrize("seed", range(6))
def test_a_build_over_the_last_equals_one_from_nothing(
    seed: int, data: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- to repeat it
    sources = {name: relative(name, drawn(chance)) for name in NAMES} | indexes() | {"data/a.csv": b"a"}
    make_sources(tmp_path, sources)
    address = "https://example.org/news/" if seed % 2 else ""
    if address:
        with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as stream:
            stream.write(f"\nsite_url: {address}\n")
    hand_made = tmp_path / "site_src/notes.md"
    site = Site(tmp_path)
    site.build()
    kept = 0
    for step in range(5):
        before, sources = sources, changed(chance, sources)
        late = None
        if data == "late":
            before = {name: content for name, content in before.items() if name in DATA}
            pages = {name: content for name, content in sources.items() if name not in DATA}
            write_generated(tmp_path / "site_src", pages | before)
            late = coming(tmp_path / "site_src", sources, set(sources) & set(DATA) if step % 2 else ())
        else:
            write_generated(tmp_path / "site_src", sources)
        if step == 2:
            hand_made.write_text("# Mine\n\n[one](people/n1.md#p1) [home](index.md#__toc)\n", encoding="utf-8")
        if step == 4:
            hand_made.unlink()
        caplog.clear()
        later = site.build(late)
        warnings = said(caplog)
        full = build(configuration(tmp_path, "full"))
        assert files_below(site.site) == files_below(tmp_path / "full")
        assert warnings == said(caplog)
        base = "/news/" if address else "/"
        assert find_flaws(site.site, base, later.anchors) == find_flaws(tmp_path / "full", base, full.anchors)
        assert find_flaws(site.site, base, later.anchors) == find_flaws(tmp_path / "full", base)
        kept += len(later.kept)
    assert kept > 50


@pytest.mark.parametrize("named", [False, True])
def test_pages_are_made_before_what_comes_late_where_it_is_no_business_of_theirs(tmp_path: Path, named: bool) -> None:
    data = {"data/a.csv": b"a", "data/b.js": b"b"}
    site = begun(tmp_path, data)
    folder, staged = tmp_path / "site_src", tmp_path / "staged"
    linking = page("N 1", '<p><a href="../data/c.csv">new</a></p>')
    pages = {f"people/n{number}.md": page(f"N {number}") for number in range(8)} | indexes()
    pages |= {"people/n0.md": page("N other"), "people/n1.md": linking, "people/n2.md": page("N too")}
    write_generated(folder, pages | data)
    old = tmp_path / "old.csv"
    old.hardlink_to(site.site / "data/a.csv")
    made: list[bool] = []

    def take() -> Written:
        made.extend((staged / f"people/n{number}.html").exists() for number in range(4))
        return write_generated(folder, pages | {"data/a.csv": b"more", "data/c.csv": b"c"})

    outcome = site.build(Late(frozenset({"data/c.csv"} if named else ()), take))
    assert made == [True, named, True, True]
    assert {"people/n3.html", "people/n7.html"} <= outcome.kept
    assert "people/n0.html" not in outcome.kept
    assert files_below(site.site) == full(tmp_path)
    assert old.read_bytes() == b"a"
    assert len(site.build().kept) > len(outcome.kept)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"assets/briefing.svg": b"<svg/>"}),
        ({"assets/briefing.svg": b"<svg/>"}, {}),
        ({}, {"people/n3.html": b"x"}),
        ({"data/old.html": b"<p>x</p>"}, {"data/old.html": b"<p>y</p>"}),
        ({}, {"data/new.html": b"<p>x</p>"}),
        ({}, {"feeds/articles.xml": b"<feed/>"}),
        ({"feeds/articles.xml": b"<feed/>"}, {}),
        ({}, {"people/n9.md": page("N 9")}),
    ],
)
def test_what_comes_late_and_is_more_than_a_file_to_copy_is_built_as_ever(
    before: Sources, after: Sources, tmp_path: Path
) -> None:
    site = begun(tmp_path, before)
    sources = {f"people/n{number}.md": page(f"N {number}") for number in range(8)} | indexes()
    site.build(coming(tmp_path / "site_src", sources | after, names=after))
    assert files_below(site.site) == full(tmp_path)


@pytest.mark.parametrize(("before", "after"), [({}, {"feeds/port.xml": b"x"}), ({"feeds/port.xml": b"x"}, {})])
def test_a_file_in_the_navigation_that_comes_or_goes_late_is_on_every_page(
    before: Sources, after: Sources, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pages = {f"people/n{number}.md": page(f"N {number}") for number in range(3)} | indexes()
    make_sources(tmp_path, pages | before, {"\nnav:\n": "\nnav:\n  - Feed: feeds/port.xml\n"})
    site = Site(tmp_path)
    site.build()
    pages["people/n1.md"] = page("N other")
    write_generated(tmp_path / "site_src", pages | before)
    caplog.clear()
    site.build(coming(tmp_path / "site_src", pages | after))
    warnings = said(caplog)
    assert files_below(site.site) == full(tmp_path)
    assert warnings == said(caplog)


def test_a_page_made_before_and_one_that_stands_are_told_of_a_file_that_went_late(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pages = {f"people/n{number}.md": page(f"N {number}", '<p><a href="../data/a.csv">a</a></p>') for number in range(3)}
    for changes in ({}, {"people/n1.md": page("N other", '<p><a href="../data/a.csv">a</a></p>')}):
        make_sources(tmp_path, pages | indexes() | {"data/a.csv": b"a"})
        site = Site(tmp_path)
        site.build()
        write_generated(tmp_path / "site_src", pages | changes | indexes() | {"data/a.csv": b"a"})
        caplog.clear()
        site.build(coming(tmp_path / "site_src", pages | changes | indexes()))
        warnings = said(caplog)
        assert files_below(site.site) == full(tmp_path)
        assert warnings == said(caplog)
        assert len(warnings) == 3


def test_a_file_that_was_to_come_and_did_not_is_not_believed_to_be_there(tmp_path: Path) -> None:
    site = begun(tmp_path)
    linking = page("N 1", '<p><a href="../data/a.csv">a</a></p>')
    pages = {f"people/n{number}.md": page(f"N {number}") for number in range(8)} | indexes()
    pages["people/n1.md"] = linking
    write_generated(tmp_path / "site_src", pages)
    site.build(coming(tmp_path / "site_src", pages, ["data/a.csv"]))
    assert files_below(site.site) == full(tmp_path)


def test_where_what_comes_late_fails_nothing_is_built(tmp_path: Path) -> None:
    site = begun(tmp_path)
    before = files_below(site.site)

    def take() -> Written:
        raise CheckFailed("no search")

    with pytest.raises(CheckFailed, match="no search"):
        site.build(Late(frozenset(), take))
    assert files_below(site.site) == before


def test_where_all_is_made_anew_what_comes_late_comes_first(tmp_path: Path) -> None:
    make_sources(tmp_path, {"people/n1.md": page("N 1", '<p><a href="../data/a.csv">a</a></p>')} | indexes())
    calls: list[str] = []

    def take() -> Written:
        calls.append("late")
        (tmp_path / "site_src/data").mkdir()
        (tmp_path / "site_src/data/a.csv").write_bytes(b"a")
        return Written(("data/a.csv",), 0, (), ())

    site = Site(tmp_path)
    site.build(Late(frozenset(), take))
    assert calls == ["late"]
    assert files_below(site.site) == full(tmp_path)


PEOPLE = {f"people/n{number}.md": page(f"N {number}") for number in range(8)}


def begun(tmp_path: Path, more: dict[str, bytes] | None = None) -> Site:
    make_sources(tmp_path, PEOPLE | indexes() | (more or {}))
    site = Site(tmp_path)
    site.build()
    return site


def full(tmp_path: Path) -> dict[str, bytes]:
    build(configuration(tmp_path, "full"))
    return files_below(tmp_path / "full")


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    site = begun(tmp_path)
    before = {path: path.stat().st_ino for path in site.site.rglob("*") if path.is_file()}
    outcome = site.build()
    assert {path: path.stat().st_ino for path in site.site.rglob("*") if path.is_file()} == before
    assert outcome.templated_by_mkdocs == 0
    assert {f"people/n{number}.html" for number in range(8)} <= outcome.kept


@pytest.mark.parametrize("name", ["people/n3.html", "assets/briefing-views.js"])
@pytest.mark.parametrize("place", ["site", "twin"])
def test_a_published_file_that_somebody_edited_is_made_again(place: str, name: str, tmp_path: Path) -> None:
    site = begun(tmp_path)
    site.build()
    right = files_below(site.site)
    with (tmp_path / place / name).open("a", encoding="utf-8") as stream:
        stream.write("defaced")
    outcome = site.build()
    assert name not in outcome.kept
    assert files_below(site.site) == right


@pytest.mark.parametrize("at", [3, 20, 200, -1])
def test_a_memory_with_a_flipped_bit_is_not_believed(at: int, tmp_path: Path) -> None:
    site = begun(tmp_path)
    content = bytearray(site.memory.read_bytes())
    content[at] ^= 4
    site.memory.write_bytes(content)
    assert site.build().kept == frozenset()
    assert files_below(site.site) == full(tmp_path)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("people/n1.md", {"links": b"abc"}),
        ("people/n1.md", {"inclusion": 7}),
        ("people/n1.md", {"path": "ghost.html", "published": None}),
        ("data/a.csv", {"path": "../outside.csv", "published": None}),
        ("people/index.md", {"path": "../outside.html"}),
    ],
)
def test_a_memory_that_says_what_no_build_says_is_not_believed(
    name: str, wrong: dict[str, Any], tmp_path: Path
) -> None:
    site = begun(tmp_path, {"data/a.csv": b"a"})
    memory = read_memory(site.memory)
    made = {**memory.made, name: msgspec.structs.replace(memory.made[name], **wrong)}
    site.memory.write_bytes(encode_memory(msgspec.structs.replace(memory, made=made)))
    site.twin.mkdir(exist_ok=True)
    (site.twin / "ghost.html").write_bytes(b"x")
    assert site.build().kept == frozenset()
    assert not list(tmp_path.glob("outside.*"))
    assert files_below(site.site) == full(tmp_path)


def test_a_memory_cannot_publish_a_file_that_the_theme_does_not_bring(tmp_path: Path) -> None:
    site = begun(tmp_path)
    memory = read_memory(site.memory)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/private.txt").write_bytes(b"x")
    theme = [*memory.theme, ("private.txt", str(tmp_path / "own"))]
    site.memory.write_bytes(encode_memory(msgspec.structs.replace(memory, theme=theme)))
    site.build()
    assert files_below(site.site) == full(tmp_path)


def test_a_page_that_becomes_the_users_is_made_as_one(tmp_path: Path) -> None:
    site = begun(tmp_path)
    pages = tmp_path / "site_src"
    generated = read_manifest(pages) - {"people/n3.md"}
    (pages / MANIFEST_NAME).write_text(f'{{"format": 1, "files": {sorted(generated)!r}}}'.replace("'", '"'), "utf-8")
    assert "people/n3.html" not in site.build().kept
    assert files_below(site.site) == full(tmp_path)


def test_files_that_stand_for_one_another_are_told_as_mkdocs_tells(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = begun(tmp_path)
    (tmp_path / "site_src/people/n3.html").write_text("<p>mine</p>", encoding="utf-8")
    site.build()
    assert "people/n3.html" in caplog.text
    assert files_below(site.site) == full(tmp_path)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_links_below_docs_dir_are_followed_as_mkdocs_follows_them(kind: str, tmp_path: Path) -> None:
    site = begun(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "notes.md").write_text("# Mine\n", encoding="utf-8")
    source, target = (outside / "notes.md", "notes.md") if kind == "file" else (outside, "notes")
    (tmp_path / "site_src" / target).symlink_to(source)
    for text in ("# Mine\n", "# Mine again\n"):
        (outside / "notes.md").write_text(text, encoding="utf-8")
        site.build()
        assert files_below(site.site) == full(tmp_path)


def test_a_file_of_the_theme_that_a_users_own_hid_comes_back(tmp_path: Path) -> None:
    site = begun(tmp_path, {"assets/briefing.svg": b"<svg/>"})
    assert (site.site / "assets/briefing.svg").read_bytes() == b"<svg/>"
    (tmp_path / "site_src/assets/briefing.svg").unlink()
    site.build()
    assert files_below(site.site) == full(tmp_path)
    assert (site.site / "assets/briefing.svg").read_bytes() != b"<svg/>"


def test_a_published_file_is_never_written_to_in_the_place_of_its_successor(tmp_path: Path) -> None:
    site = begun(tmp_path)
    (tmp_path / "site_src/404.html").write_text("mine", encoding="utf-8")
    for _ in range(2):
        before = (site.site / "404.html").read_bytes()
        holder = tmp_path / "reader"
        holder.unlink(missing_ok=True)
        holder.hardlink_to(site.site / "404.html")
        site.build()
        assert holder.read_bytes() == before


def test_a_link_is_found_by_its_sum() -> None:
    def made(*links: str) -> Made:
        return made_of("x.html", InclusionLevel.INCLUDED, (1, 1, 1), "", sums(links))

    pages = {"a": made("t.md", "t.md#p1"), "b": made(), "c": made("u.md", "v.md", "t.md#p2"), "d": made("#t.md")}
    assert pages_that_link(pages, ["t.md#p1"]) == {"a"}
    assert pages_that_link(pages, ["t.md#p2", "v.md"]) == {"c"}
    assert pages_that_link(pages, ["t.md", "u.md"]) == {"a", "c"}
    assert pages_that_link(pages, ["w.md"]) == set()
    assert pages_that_link(pages, []) == set()
    assert pages_that_link({}, ["t.md"]) == set()


def test_a_file_that_is_a_page_already_is_kept_until_it_changes(tmp_path: Path) -> None:
    sources: Sources = {"people/n1.md": page("N 1")} | indexes()
    sources["old.html"] = b'<!doctype html><title>Moved</title><a href="people/n1.html">here</a>'
    make_sources(tmp_path, sources)
    site = Site(tmp_path)
    for _ in range(2):
        site.build()
    assert "old.html" in site.build().kept
    # A page comes in its place, and goes again.
    for after in (
        {**sources, "old.html": b"<!doctype html><title>Moved again</title>"},
        {**{name: content for name, content in sources.items() if name != "old.html"}, "old.md": page("Old")},
        sources,
        {name: content for name, content in sources.items() if name != "old.html"},
    ):
        write_generated(tmp_path / "site_src", after)
        assert "old.html" not in site.build().kept
        build(configuration(tmp_path, "full"))
        assert files_below(site.site) == files_below(tmp_path / "full")


@pytest.mark.parametrize("name", ["mine.html", "mine.htm"])
def test_a_page_made_by_hand_is_looked_at_again_when_the_script_goes_that_it_loads(tmp_path: Path, name: str) -> None:
    make_sources(tmp_path, {"people/n1.md": page("N 1")} | indexes())
    script = tmp_path / "site_src/mine.js"
    script.write_text("1", encoding="utf-8")
    (tmp_path / "site_src" / name).write_text('<!doctype html><script src="mine.js"></script>', encoding="utf-8")
    site = Site(tmp_path)
    for _ in range(2):
        site.build()
    assert name in site.build().kept
    script.unlink()
    with pytest.raises(Abort):
        site.build()


def test_a_page_in_the_navigation_is_filled_in_once_its_shape_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = begun(tmp_path)
    rendered: list[str] = []
    by_template = Work._by_template

    def noted(self: Work, page: Page, seen: set[str] | None) -> str:
        rendered.append(page.file.src_uri)
        return by_template(self, page, seen)

    monkeypatch.setattr(Work, "_by_template", noted)
    more = {"people/index.md": page("All", "<h2>One</h2>\n<h2>Two</h2>\n<h2>Three</h2>")}
    made: tuple[str, ...] = ("none yet",)
    for text in ("a", "b", "c"):
        rendered.clear()
        front = page(text, f"<p>{text} &#38; more</p>\n<h2>{text}</h2>\n<h2>Part</h2>")
        write_generated(tmp_path / "site_src", PEOPLE | indexes() | more | {"index.md": front})
        site.build()
        made = tuple(rendered)
        assert files_below(site.site) == full(tmp_path)
    assert made == ()


def test_pages_show_what_the_navigation_says_of_a_page_of_the_user(tmp_path: Path) -> None:
    make_sources(
        tmp_path, PEOPLE | indexes(), {"  - Overview: index.md\n": "  - Mine: mine.md\n  - Overview: index.md\n"}
    )
    mine = tmp_path / "site_src/mine.md"
    mine.write_text("# Mine\n", encoding="utf-8")
    site = Site(tmp_path)
    site.build()
    assert "people/n3.html" in site.build().kept
    before = files_below(site.site)["people/n3.html"]
    mine.write_text("---\nstatus: new\n---\n\n# Mine\n", encoding="utf-8")
    site.build()
    assert files_below(site.site) == full(tmp_path)
    assert files_below(site.site)["people/n3.html"] != before
