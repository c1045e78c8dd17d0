"""Whatever changes between two builds, the second gives what one from nothing gives, and says what that one says."""

from __future__ import annotations

import logging
import random
from pathlib import Path

import pytest
from mkdocs.structure.files import InclusionLevel

from generator.publish.manifest import MANIFEST_NAME, read_manifest
from generator.publish.swap import exchange, keep_unchanged
from generator.publish.writer import write_generated
from generator.session import Session
from generator.site.fast.anchors import sums
from generator.site.fast.build import build
from generator.site.fast.memory import FastOutcome, Made, Previous, encode_memory, made_of, pages_that_link, read_memory
from generator.site.links import find_flaws
from tests.site.fast.building import configuration, files_below, make_sources
from tests.site.fast.test_build import indexes, page

Sources = dict[str, bytes]
NAMES = [f"{folder}/n{number}.md" for folder in ("people", "places", "articles/2024") for number in range(5)]
ANCHORS = ("p1", "p2", "p3")


def drawn(chance: random.Random) -> bytes:
    """A page with some of the anchors and with links, some of which lead nowhere."""
    parts = [f'<p id="{anchor}">x</p>' for anchor in ANCHORS if chance.random() < 0.8]
    for _ in range(chance.randrange(4)):
        target = chance.choice(NAMES)
        anchor = chance.choice(["", *(f"#{anchor}" for anchor in ANCHORS)])
        parts.append(f'<p><a href="/{target}{anchor}">to</a></p>')
    parts.append(f'<p><a href="#{chance.choice(ANCHORS)}">here</a></p>')
    return page(f"T {chance.randrange(1000)}", "\n".join(parts))


def relative(name: str, content: bytes) -> bytes:
    return content.replace(b'href="/', b'href="' + b"../" * name.count("/"))


def changed(chance: random.Random, sources: Sources) -> Sources:
    """`sources` with some pages and files added, changed and taken away."""
    after = dict(sources)
    for _ in range(chance.randrange(1, 4)):
        name = chance.choice([*NAMES, "data/a.csv", "index.md", "data/b.csv"])
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

    def build(self) -> FastOutcome:
        """Build over the last site, as `briefing build` does."""
        staged = self.root / "staged"
        previous = Previous(self.site, read_memory(self.memory), self.twin)
        outcome = build(configuration(self.root, "staged"), previous=previous, session=self.session)
        kept = keep_unchanged(self.site, staged, outcome.kept) if self.site.exists() else set()
        exchange(staged, self.site, self.twin, kept)
        self.memory.write_bytes(encode_memory(outcome.memory(self.site)))
        return outcome


def said(caplog: pytest.LogCaptureFixture) -> set[str]:
    found = {record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING}
    caplog.clear()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_build_over_the_last_equals_one_from_nothing(
    seed: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
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
        sources = changed(chance, sources)
        write_generated(tmp_path / "site_src", sources)
        if step == 2:
            hand_made.write_text("# Mine\n\n[one](people/n1.md#p1)\n", encoding="utf-8")
        if step == 4:
            hand_made.unlink()
        caplog.clear()
        later = site.build()
        warnings = said(caplog)
        full = build(configuration(tmp_path, "full"))
        assert files_below(site.site) == files_below(tmp_path / "full")
        assert warnings == said(caplog)
        base = "/news/" if address else "/"
        assert find_flaws(site.site, base, later.anchors) == find_flaws(tmp_path / "full", base, full.anchors)
        assert find_flaws(site.site, base, later.anchors) == find_flaws(tmp_path / "full", base)
        kept += len(later.kept)
    assert kept > 50


def begun(tmp_path: Path, more: dict[str, bytes] | None = None) -> Site:
    make_sources(
        tmp_path, {f"people/n{number}.md": page(f"N {number}") for number in range(8)} | indexes() | (more or {})
    )
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
