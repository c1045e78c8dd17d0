"""The pages through MkDocs, with the project's own mkdocs.yml."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.exports.bundle import build_bundle
from generator.pages import build_pages, find_addresses
from tests.encode.rendered import PROJECT
from tests.exports.sample import HERE
from tests.pages.fixture import corpus, facts

ROOT = Path(__file__).parent.parent.parent
COURIER = "articles/2031/2031-05-03-lenn-and-osterby-reopen-the-ferry-line-after-eleven-years"


def lay_out(folder: Path, **changed: bytes) -> Path:
    """A project in `folder` with the pages of the fixture, `changed` appended to pages by their stem."""
    addresses = find_addresses(corpus(), {})
    bundle = build_bundle(corpus(), addresses.urls, HERE)
    beside = replace(
        facts(),
        feeds=bundle.feeds,
        linked=bundle.linked,
        downloads=bundle.data,
        citations={article: {"BibTeX": one["BibTeX"]} for article, one in bundle.citations.items()},
    )
    files = {**build_pages(corpus(), beside, addresses), **bundle.files}
    files |= {
        addresses.seeds[article.id]: article.annotated.document.seed.text.encode() for article in corpus().articles
    }
    for stem, more in changed.items():
        files[f"{stem}.md"] = files[f"{stem}.md"].replace(b"\n<!-- /briefing -->", more + b"\n<!-- /briefing -->")
    for path, content in files.items():
        (folder / "site_src" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site_src" / path).write_bytes(content)
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def built(folder: Path, *, strict: bool = True) -> Path:
    config = load_config(str(folder / "mkdocs.yml"), strict=strict, site_dir=str(folder / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(lay_out(tmp_path_factory.mktemp("project")))


def test_every_page_becomes_html_without_a_warning(site: Path) -> None:
    pages = build_pages(corpus(), facts())
    assert {path.removesuffix(".md") + ".html" for path in pages} <= {
        path.relative_to(site).as_posix() for path in site.rglob("*.html")
    }


def test_links_between_sources_became_links_between_pages(site: Path) -> None:
    html = (site / "people/ada-morrow.html").read_text(encoding="utf-8")
    assert f'href="../{COURIER}.html#p1"' in html
    assert not re.findall(r'href="[^"]*\.md[#"]', html)


@pytest.mark.parametrize(
    "link", [b'<p><a href="people/nobody.md">x</a></p>', b'<p><a href="people/ada-morrow.md#nowhere">x</a></p>']
)
def test_mkdocs_notices_a_link_or_an_anchor_that_is_not_there(
    tmp_path: Path, link: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    built(lay_out(tmp_path, quotes=link), strict=False)
    assert [one for one in caplog.records if one.levelname == "WARNING" and "quotes.md" in one.getMessage()]


def test_the_sections_of_an_article_stand_in_its_table_of_contents(site: Path) -> None:
    html = (site / f"{COURIER}.html").read_text(encoding="utf-8")
    contents = html[html.index('data-md-component="toc"') :]
    for anchor in ("#named", "#quotes", "#fields", "#cleaning"):
        assert f'href="{anchor}"' in contents


def test_a_hostile_title_is_text_everywhere(site: Path) -> None:
    name = "articles/undated/script-alert-1-script-quotes-toc-config.html"
    html = (site / name).read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "onerror=alert" not in re.sub(r"&lt;img src=x onerror=alert\(1\)&gt;", "", html)
    for path in site.rglob("*.html"):
        assert "<script>alert" not in path.read_text(encoding="utf-8"), path


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//[^"]+"', html), path


def test_the_tests_of_the_encoder_use_the_extensions_of_the_project() -> None:
    # A loader that takes MkDocs's own tags for what they are would need MkDocs; there are none in this file.
    extensions = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    assert [next(iter(one)) if isinstance(one, dict) else one for one in extensions] == PROJECT


def test_a_new_project_gets_the_same_settings() -> None:
    template = (ROOT / "generator/scaffold/templates/mkdocs.yml").read_text(encoding="utf-8")
    assert template.replace("$name", "Briefing") == (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_the_tab_of_the_section_is_active_on_each_of_its_pages(site: Path) -> None:
    for path, tab in (
        ("people/ada-morrow.html", "People"),
        (f"{COURIER}.html", "Articles"),
        ("timeline.html", "Timeline"),
        ("map.html", "Places"),
        ("network.html", "People"),
        ("coverage.html", "Articles"),
        ("data.html", "Method"),
        ("wanted.html", "Sources"),
        ("quotes/by-date.html", "Quotes"),
    ):
        html = (site / path).read_text(encoding="utf-8")
        active = re.findall(r'md-tabs__item--active">\s*<a[^>]* aria-current="(\w+)">\s*(\w+)', html)
        assert active == [("page" if path == "timeline.html" else "true", tab)], path


def test_checkboxes_carry_no_attribute_that_html_does_not_give_them(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    toggles = re.findall(r'<input[^>]*type="checkbox"[^>]*>', html)
    assert toggles
    assert not [toggle for toggle in toggles if "autocomplete" in toggle]


def test_a_users_settings_need_not_name_the_extension(tmp_path: Path) -> None:
    project = lay_out(tmp_path)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(re.sub(r"  - generator\.theme\.blocks.*\n", "", settings), encoding="utf-8")
    html = (built(project) / "people/ada-morrow.html").read_text(encoding="utf-8")
    assert f'href="../{COURIER}.html#p1"' in html


def test_linked_data_arrives_in_the_page_as_it_was_written(site: Path) -> None:
    addresses = find_addresses(corpus(), {})
    linked = build_bundle(corpus(), addresses.urls, HERE).linked
    for identity, content in linked.items():
        path = addresses.pages[identity].removesuffix(".md") + ".html" if identity else "index.html"
        found = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', (site / path).read_text(encoding="utf-8"), re.DOTALL
        )
        assert found == [content], path


def test_a_citation_can_be_copied(site: Path) -> None:
    html = (site / f"{COURIER}.html").read_text(encoding="utf-8")
    assert "author = {{Ida Falk}}," in html


def test_search_engines_are_asked_to_keep_away_unless_they_are_invited(tmp_path: Path, site: Path) -> None:
    assert '<meta name="robots" content="noindex">' in (site / "index.html").read_text(encoding="utf-8")
    project = lay_out(tmp_path)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(settings.replace("robots: noindex", "robots: all"), encoding="utf-8")
    assert '<meta name="robots" content="all">' in (built(project) / "index.html").read_text(encoding="utf-8")


def test_canonical_addresses_and_open_graph_need_an_address_of_the_site(tmp_path: Path, site: Path) -> None:
    plain = (site / f"{COURIER}.html").read_text(encoding="utf-8")
    assert "og:title" not in plain
    assert 'rel="canonical"' not in plain
    project = lay_out(tmp_path)
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write("site_url: https://ferries.example/briefing/\n")
    html = (built(project) / f"{COURIER}.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="https://ferries.example/briefing/{COURIER}.html">' in html
    assert f'<meta property="og:url" content="https://ferries.example/briefing/{COURIER}.html">' in html
    assert '<meta property="article:published_time" content="2031-05-03">' in html
    hostile = (project / "site/articles/undated/script-alert-1-script-quotes-toc-config.html").read_text(
        encoding="utf-8"
    )
    assert '<meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt;' in hostile
