"""Every built page carries the policy, and one that holds what may run is not published."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.settings import Project
from generator.site.allowance import Allowance, read_allowance
from generator.site.metadata import printable
from generator.site.tripwire import Tripwire
from tests.projects import make_project, run_build

CLEAN = """<!doctype html><html><head><meta charset="utf-8"></head><body><form name="search"><input name="q"></form>
<script>start(1<<5)</script><script id="__config" type="application/json">{"base": "."}</script>
<script src="assets/main.js"></script><style>a{b:c}</style></body></html>"""


@pytest.fixture
def tripwire() -> Tripwire:
    return Tripwire(read_allowance([CLEAN]), ["assets/main.js", "assets/more.js"])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")


@pytest.mark.parametrize(
    "page",
    [
        CLEAN,
        '<p class="x" id="p1" title="a &lt; b" data-n="1" aria-label="y">text &lt;script> > </p>',
        '<a href="https://example.org/a?b=c&amp;d=e" rel="noreferrer">x</a><a href="../a.html#p1">y</a>',
        '<img src="assets/a.png" alt=""><img src="data:image/png;base64,AAAA" alt>',
        '<svg viewBox="0 0 1 1" focusable="false"><rect x="0" width="1" height="1"></rect></svg>',
        "<!-- a comment with <b>allowed</b> markup --><table><tr><td colspan=2 hidden>x</td></tr></table>",
        '<meta name="description" content="x"><link rel="next" href="a.html"><br/><hr />',
        '<meta http-equiv="refresh" content="0; url=../new-place.html">',
        '<script src="assets/more.js" defer></script>',
        '<script type="application/ld+json">{"@context": "https://schema.org", "name": "\\u003cb\\u003e"}</script>',
        '<meta name="citation_title" content="x">',
        '<link rel="alternate" type="application/rss+xml" title="x" href="a.xml">',
        '<input type="checkbox" id="x" checked><label for="x">y</label><button type="button">z</button>',
    ],
)
def test_plain_markup_and_what_the_theme_brings_pass(tripwire: Tripwire, page: str) -> None:
    assert tripwire.check_page("index.html", page) == []


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<SCRIPT\n>alert(1)</SCRIPT\t>",
        "<script>start(1<<5);alert(1)</script>",
        "<script>alert(1)",
        '<script src="https://example.org/x.js"></script>',
        '<script src="//example.org/x.js"></script>',
        '<script src="seeds/x.txt"></script>',
        '<script src="assets/main.js">alert(1)</script>',
        '<script src="assets/main.js" onload="alert(1)"></script>',
        '<script id="__config" type="application/json">{"base": "https://example.org"}</script>',
        '<script type="application/ld+json">{"@context": "https://schema.org", "name": "<b>"}</script>',
        '<script type="application/ld+json">alert(1)</script>',
        '<script type="application/ld+json" src="x">{"@context": "https://schema.org"}</script>',
        '<meta name="referrer" content="unsafe-url">',
        "<style>body{display:none}</style>",
        '<style>a{b:c}@import "x";</style>',
        '<p style="color:red">x</p>',
        '<p onclick="alert(1)">x</p>',
        "<p/onclick=alert(1)>x</p>",
        '<p class="a"onclick="alert(1)">x</p>',
        "<img src=x onerror=alert(1)>",
        "<img src=x onerror=alert(1) //",
        '<img src="https://example.org/x.png">',
        '<img src="/\\example.org/x.png">',
        '<img src="data:image/svg+xml;base64,AAAA">',
        '<img srcset="x 2x">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" JaVaScRiPt:alert(1)">x</a>',
        '<a href="java&#10;script:alert(1)">x</a>',
        '<a href="&#x6A;avascript&colon;alert(1)">x</a>',
        '<a href="\x01javascript:alert(1)">x</a>',
        '<a href="data:text/html,<b>x</b>">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="vbscript:x">x</a>',
        '<a href="blob:x">x</a>',
        '<a href="file:///etc/passwd">x</a>',
        '<a ping="x" href="x">x</a>',
        '<base href="https://example.org/">',
        '<iframe src="x"></iframe>',
        '<iframe srcdoc="x"></iframe>',
        '<object data="x"></object>',
        '<embed src="x">',
        '<form action="https://example.org"></form>',
        '<input type="image" src="x">',
        '<input type="submit" formaction="x">',
        '<button type="submit">x</button>',
        "<button>x</button>",
        '<link rel="stylesheet" href="x.css">',
        '<link href="x.css">',
        '<link rel="canonical stylesheet" href="x.css">',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
        '<meta http-equiv="refresh" content="0; url=//example.org">',
        '<meta http-equiv="set-cookie" content="x">',
        '<svg><script href="x"></script></svg>',
        '<svg><use href="x"></use></svg>',
        '<svg><animate attributeName="href"></animate></svg>',
        "<svg><foreignObject></foreignObject></svg>",
        "<svg onload=alert(1)>",
        "<math><mi>x</mi></math>",
        "<video src=x></video>",
        "<audio src=x></audio>",
        "<textarea><b>x</b></textarea>",
        "<template><b>x</b></template>",
        "<plaintext>",
        "<xmp>",
        "<marquee>",
        "<custom-element>",
        "<x:y>",
        "<![CDATA[<b>]]>",
        "<?xml version='1.0'?>",
        "<!ENTITY x 'y'>",
        "<!-- --><script>alert(1)</script>-->",
        "<!--><img src=x onerror=alert(1)>-->",
        '<p title="</p><img src=x onerror=alert(1)>">',
        '<p title="a > b">',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        "<p class=a class=b>",
        "</p onclick=alert(1)>",
        "a < b",
        "<",
        "<p",
        "<p\x00onclick=x>",
        '<p is="x-y">',
        '<p contenteditable autofocus onfocus="alert(1)">',
        '<p popover id="x">',
    ],
)
def test_whatever_may_run_fetch_embed_or_restyle_is_named(tripwire: Tripwire, page: str) -> None:
    assert tripwire.check_page("index.html", page)
    assert tripwire.check_page("index.html", CLEAN + page + CLEAN)


def test_a_page_of_the_theme_without_the_policy_is_named() -> None:
    allowance = Allowance(policy="default-src 'none'", rendered=frozenset({"index.html"}))
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    tripwire = Tripwire(allowance, ["a.js"])
    assert tripwire.check_page("index.html", f"<head>{policy}</head>") == []
    assert tripwire.check_page("index.html", "<head></head>")
    assert tripwire.check_page("index.html", f'<head><script src="a.js"></script>{policy}</head>')
    assert tripwire.check_page("index.html", f"<head>{policy.replace('none', 'self')}</head>")
    assert tripwire.check_page("by-hand.html", "<p>x</p>") == []


def test_a_page_is_checked_in_a_few_milliseconds(tripwire: Tripwire) -> None:
    page = CLEAN + "".join(
        f'<p class="x" id="p{n}"><a href="../people/person-{n}.html#p{n}" title="x">words {n}</a></p>\n'
        for n in range(1_000)
    )
    begin = time.process_time()
    for number in range(20):
        assert tripwire.check_page(f"{number}.html", page.replace("person-", f"person-{number}-")) == []
    # A page of a hundred kilobytes with two thousand tags that stand nowhere else.
    assert (time.process_time() - begin) / 20 < 0.05


def test_every_page_of_a_site_carries_one_policy_without_unsafe_sources(project: Project) -> None:
    (project.site_src / "notes.md").write_text("# Notes\n\n- by hand\n", encoding="utf-8")
    (project.site_src / "deep/er").mkdir(parents=True)
    (project.site_src / "deep/er/notes.md").write_text("# Notes\n", encoding="utf-8")
    assert run_build(project).exit_code == 0
    policies = set()
    for path in project.site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert page.count('http-equiv="Content-Security-Policy"') == 1, path
        policies.add(page.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0])
    assert (project.site / "404.html").exists()
    (policy,) = policies
    assert "unsafe" not in policy
    assert "default-src 'none'; script-src 'self' 'sha256-" in policy


@pytest.mark.parametrize("setting", ["true", "false"])
@pytest.mark.parametrize("plugin", ["  - offline\n", ""])
def test_pages_at_every_depth_pass_and_are_files_whatever_mkdocs_yml_says_of_folders(
    project: Project, setting: str, plugin: str
) -> None:
    text = project.mkdocs_file.read_text(encoding="utf-8").replace("  - offline\n", plugin)
    assert "use_directory_urls: false" in text
    project.mkdocs_file.write_text(
        text.replace("use_directory_urls: false", f"use_directory_urls: {setting}"), encoding="utf-8"
    )
    names = ("notes", "deep/index", "deep/notes", "deep/er/notes")
    (project.site_src / "deep/er").mkdir(parents=True)
    for name in names:
        (project.site_src / f"{name}.md").write_text("# Notes\n", encoding="utf-8")
    report = run_build(project)
    assert (report.exit_code, report.issues) == (0, [])
    for name in (*names, "articles/harbour-opens"):
        assert (project.site / f"{name}.html").is_file()


def test_a_renamed_seed_leaves_a_page_that_runs_nothing(project: Project) -> None:
    run_build(project)
    (project.seeds / "harbour.txt").write_text("Port opens\nThe harbour opened.", encoding="utf-8")
    assert run_build(project).exit_code == 0
    old = (project.site / "articles/harbour-opens.html").read_text(encoding="utf-8")
    assert "port-opens.html" in old
    assert "default-src 'none'" in old


@pytest.mark.parametrize(
    "markup",
    ["<script>alert(1)</script>", '<p onclick="x()">y</p>', '<a href="javascript:x()">y</a>', "<iframe></iframe>"],
)
def test_a_page_that_may_run_something_keeps_the_site_from_being_published(project: Project, markup: str) -> None:
    run_build(project)
    before = (project.site / "index.html").read_bytes()
    (project.site_src / "notes.md").write_text(f"# Notes\n\n{markup}\n", encoding="utf-8")
    report = run_build(project)
    assert report.exit_code == 70
    assert "notes.html" in "".join(report.issue_lines())
    assert (project.site / "index.html").read_bytes() == before
    assert not (project.site / "notes.html").exists()


def test_a_hook_that_puts_a_script_into_pages_is_caught(project: Project) -> None:
    text = project.mkdocs_file.read_text(encoding="utf-8")
    project.mkdocs_file.write_text(text + "hooks: [hook.py]\n", encoding="utf-8")
    (project.root / "hook.py").write_text(
        "def on_post_page(output, **_):\n    return output.replace('</body>', '<script>x()</script></body>')\n",
        encoding="utf-8",
    )
    assert run_build(project).exit_code == 70


def test_scripts_of_the_users_own_theme_are_hashed_and_its_pages_pass(project: Project) -> None:
    text = project.mkdocs_file.read_text(encoding="utf-8")
    project.mkdocs_file.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: own\n"), "utf-8")
    (project.root / "own/partials").mkdir(parents=True)
    (project.root / "own/partials/copyright.html").write_text("<script>count(1)</script>", encoding="utf-8")
    assert run_build(project).exit_code == 0
    page = (project.site / "index.html").read_text(encoding="utf-8")
    assert "<script>count(1)</script>" in page


def test_metadata_is_text_of_known_keys_before_it_is_printed() -> None:
    meta = {
        "title": 'A <b> & "c"\nd\u202e',
        "tags": ["<i>"],
        "hide": ["toc"],
        "template": "x.html",
        "search": {"boost": 2},
    }
    assert printable(meta, generated=True) == {
        "title": "A &lt;b&gt; &amp; &quot;c&quot; d",
        "tags": ["&lt;i&gt;"],
        "hide": ["toc"],
        "search": {"boost": 2},
    }
    assert printable(meta, generated=False)["template"] == "x.html"
    assert printable({"own": {"<k>": "<v>"}, "n": 1}, generated=False) == {"own": {"&lt;k&gt;": "&lt;v&gt;"}, "n": 1}


_DATA = '<script type="application/ld+json">%s</script>'


@pytest.mark.parametrize(
    ("element", "admitted"),
    [
        ("", True),
        (_DATA % '{"a": "b"}', True),
        (_DATA % '{"a": 1}' + _DATA % "{}", True),
        (_DATA % '["a"]', False),
        (_DATA % "{", False),
        (_DATA % "", False),
        (_DATA % '{"a": "<b>"}', False),
        (_DATA % '{"a": "&amp;"}', False),
        (_DATA % '{"a": 1}' + "x", False),
        ("x" + _DATA % '{"a": 1}', False),
        (_DATA % "{}</script><script>alert(1)", False),
        ((_DATA % "{}").replace("ld+json", "javascript"), False),
        ((_DATA % "{}").removesuffix("</script>"), False),
        ((_DATA % "{}").removeprefix('<script type="application/ld+json">'), False),
    ],
)
def test_data_for_machines_are_nothing_else(element: str, admitted: bool, tripwire: Tripwire) -> None:
    assert tripwire.admits_data(element.encode()) == admitted
