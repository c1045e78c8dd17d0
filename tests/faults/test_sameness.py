from __future__ import annotations

import gzip
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.settings import Project, load_project
from tests.faults.corpora import FERRY, GOOD, HARBOUR
from tests.faults.running import COMMAND, run
from tests.projects import make_project, tree
from tests.search.client import started_client

ADDRESS = "https://sandport.example/news/"


def with_address(project: Project) -> Project:
    """`project` as it is published at an address, so that it has a sitemap."""
    text = project.mkdocs_file.read_text(encoding="utf-8")
    project.mkdocs_file.write_text(f"site_url: {ADDRESS}\n{text}", encoding="utf-8")
    return load_project(project.root)


def many() -> dict[str, str]:
    """Enough seeds that several processes read them, in names that sort differently by locale."""
    seeds = {f"{name.removesuffix('.txt')}-{number}": text for name, text in GOOD.items() for number in range(7)}
    return {f"{'ÄaZé'[number % 4]}{name}": text for number, (name, text) in enumerate(seeds.items())}


def built(folder: Path, seeds: Mapping[str, str], environment: Mapping[str, str], *more: str) -> dict[str, bytes]:
    """The site of a new project in `folder` whose seeds were written in the order given."""
    project = with_address(make_project(folder / "port", **seeds))
    done = run([*COMMAND, "build", *more], project.root, environment)
    assert done.returncode == 0, done.stderr
    return tree(project.site)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("reference"), many(), {"PYTHONHASHSEED": "1", "TZ": "UTC"}, "--jobs", "1")


def test_another_zone_locale_hash_seed_number_of_jobs_and_file_order_give_the_same_bytes(
    reference: dict[str, bytes], tmp_path: Path
) -> None:
    shuffled = sorted(many().items(), key=lambda seed: seed[0][::-1])
    environment = {
        "PYTHONHASHSEED": "77",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "COLUMNS": "20",
    }
    assert built(tmp_path, dict(shuffled), environment, "--jobs", "2") == reference


CLOCK = """
import sys, time
shift = 9 * 365 * 86_400
now, now_ns = time.time, time.time_ns
time.time, time.time_ns = lambda: now() + shift, lambda: now_ns() + shift * 10**9
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_another_day_gives_the_same_bytes_sitemap_included(reference: dict[str, bytes], tmp_path: Path) -> None:
    project = with_address(make_project(tmp_path / "port", **many()))
    for path in project.seeds.iterdir():
        os.utime(path, (0, 0))
    done = run([sys.executable, "-c", CLOCK, "build"], project.root)
    assert done.returncode == 0, done.stderr
    after = tree(project.site)
    assert after == reference
    assert ADDRESS.encode() in after["sitemap.xml"]
    assert b"lastmod" not in after["sitemap.xml"]


@pytest.mark.parametrize("epoch", ["0", "1600000000"])
def test_a_stated_build_time_is_honoured_and_nothing_else_changes(
    epoch: str, reference: dict[str, bytes], tmp_path: Path
) -> None:
    first = built(tmp_path / "1", many(), {"SOURCE_DATE_EPOCH": epoch})
    year = {"0": b"1970", "1600000000": b"2020"}[epoch]
    assert set(first) == set(reference)
    telling = {name for name in first if first[name] != reference[name]}
    assert "method.html" in telling
    assert {name for name in telling if name.endswith(".html") and year not in first[name]} == set()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = with_address(
        make_project(
            tmp_path_factory.mktemp("published") / "port",
            harbour=HARBOUR.replace("paid 12 million", "paid Quilterpond 12 million"),
            ferry=FERRY,
        )
    )
    done = run([*COMMAND, "build"], project.root)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    shutil.copytree(published.root, tmp_path / "port")
    return load_project(tmp_path / "port")


def readable(folder: Path) -> dict[str, bytes]:
    """The files below `folder`, unpacked. What the search index holds, only its client can say."""
    files = tree(folder)
    return {name: gzip.decompress(raw) if name.endswith(".gz") else raw for name, raw in files.items()}


def test_a_deleted_seed_is_gone_from_pages_search_sitemap_feeds_data_and_database(project: Project) -> None:
    before = readable(project.site)
    [page] = [name for name in before if name.startswith("articles/2019/") and "harbour" in name]
    stem = page.removesuffix(".html").rpartition("/")[2].encode()
    traces = (b"quilterpond", stem, b"opens its new harbour")
    holding = {name for name, content in before.items() if any(trace in content.lower() for trace in traces)}
    assert holding >= {"data/briefing.sqlite", "data/articles.csv", "feeds/articles.xml", "feeds/articles.json"}
    assert holding >= {page, "sitemap.xml", "sitemap.xml.gz", "llms.txt"}
    harbour = (project.seeds / "harbour.txt").read_text(encoding="utf-8")
    words = sorted(set(re.findall(r"[a-z]{4,}", harbour.lower())) - set(re.findall(r"[a-z]+", FERRY.lower())))
    assert len(words) > 10
    (project.seeds / "harbour.txt").unlink()
    done = run([*COMMAND, "build"], project.root)
    assert done.returncode == 0, done.stderr
    after = readable(project.site)
    for gone in traces:
        assert [name for name, content in after.items() if gone in content.lower()] == []
    assert page not in after
    assert [name for name, content in tree(project.site_src).items() if b"quilterpond" in content.lower()] == []
    with started_client() as client:
        for word in words:
            # A phrase of one word is looked for as it stands; nothing like it is offered in its place.
            found = client.ask(folder=str(project.site), query=f'"{word}"', results=50)
            assert (found["kinds"], found["corrected"]) == ([[], [], [], []], []), word


def test_what_the_seed_that_goes_had_to_say_was_found_before(project: Project) -> None:
    with started_client() as client:
        found = client.ask(folder=str(project.site), query='"quilterpond"', results=50)
    assert len(found["kinds"][0]) == 1
    assert "harbour" in found["results"][0][0]["href"]


def test_a_renamed_seed_keeps_its_address(project: Project) -> None:
    before = tree(project.site)
    (project.seeds / "harbour.txt").rename(project.seeds / "zz a new name.txt")
    done = run([*COMMAND, "build"], project.root)
    assert done.returncode == 0, done.stderr
    after = tree(project.site)
    pages = {name for name in before if name.startswith("articles/") and name.endswith(".html")}
    assert pages == {name for name in after if name.startswith("articles/") and name.endswith(".html")}
    assert after["sitemap.xml"] == before["sitemap.xml"]


def test_one_more_seed_and_one_less_give_the_tree_of_a_clean_build(project: Project, tmp_path: Path) -> None:
    (project.seeds / "mill.txt").write_text(GOOD["mill.txt"], encoding="utf-8")
    (project.seeds / "harbour.txt").unlink()
    project.entities.write_text("rename:\n  Norby: North Norby\n", encoding="utf-8")
    assert run([*COMMAND, "build"], project.root).returncode == 0
    clean = tmp_path / "clean" / "port"
    ignored = shutil.ignore_patterns("site", ".briefing", "articles", "data", "people", "places", "events")
    shutil.copytree(project.root, clean, ignore=ignored)
    shutil.rmtree(clean / "site_src")
    (clean / "site_src").mkdir()
    assert run([*COMMAND, "build"], clean).returncode == 0
    assert tree(clean / "site") == tree(project.site)
