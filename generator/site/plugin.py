"""The MkDocs plugin: what makes a plain `mkdocs build` of site_src/ give the same site as `briefing build`.

A thin class of events; it only points MkDocs at what ships with the package.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from html import escape
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, TemplateNotFound
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.errors import UsageError
from generator.pages.wording import english, speaking
from generator.publish.manifest import read_manifest
from generator.settings import load_project
from generator.site.clean import theme_allowance
from generator.site.links import Flaw, files_below
from generator.site.metadata import printable
from generator.site.tripwire import Tripwire

THEME = Path(__file__).parent.parent / "theme"
IFRAME_WORKER = "assets/shim/iframe-worker.js"
BLOCKS = "generator.theme.blocks"
# Material's two toggles carry an attribute that HTML does not give to checkboxes.
_TOGGLE = '<input class="md-toggle" data-md-toggle="{0}" type="checkbox" id="__{0}"'
_TOGGLES = tuple(_TOGGLE.format(name) for name in ("drawer", "search"))

# What the sections of the navigation are called, as `briefing new` writes them into mkdocs.yml.
_SECTIONS = {
    "index.md": "theme.overview",
    "articles/index.md": "home.articles",
    "people/index.md": "folders.person",
    "organizations/index.md": "folders.organization",
    "places/index.md": "folders.place",
    "events/index.md": "events.events",
    "timeline.md": "timeline.timeline",
    "quotes.md": "quotes.quotes",
    "sources.md": "sources.sources",
    "method.md": "method.method",
}

# What the foot of every page leads to.
_MORE = {
    "map.md": "theme.map",
    "network.md": "theme.network",
    "coverage.md": "theme.coverage",
    "changes.md": "theme.changes",
    "wanted.md": "theme.wanted",
    "data.md": "theme.data",
    "search.md": "theme.search",
    "feeds/articles.xml": "theme.feed",
}

# So many breaches tell what is wrong; more would bury it.
_BREACHES_SHOWN = 10

# Where a search word ends. Material's default is white space and hyphen, so that a word after “ or ( is never
# found. Full stops and apostrophes part words only at a word's edge: 15.02.2024, U.N and O'Neil stay whole,
# but a possessive ending goes.
# No look-behind: browsers of 2022 do not know it, and search would not start there.
_PARTS = r"\s\u200b\-‐-―_,:;!?…·•|/\\=+*~#%&@$^`\"“”„‟«»‹›「」『』〈〉《》【】()\[\]{}<>。、！？：；（）"
_LETTER = r"[\w\u00c0-\uffef]"
SEPARATOR = rf"(?:&[lg]t;|&amp;|[{_PARTS}])[{_PARTS}.'‘’‚‛]*|^[.'‘’‚‛]+|['’]s(?!{_LETTER})|[.'‘’‚‛]+(?!{_LETTER})"


class NoOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The plugin takes its settings from briefing.yml."""


class BriefingPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adds the package's theme, local scripts and a search that reads news text; makes output repeatable."""

    def __init__(self) -> None:
        super().__init__()
        self._generated: frozenset[str] = frozenset()
        self._nav = Navigation([], [])
        self._words = english()
        self._tripwire: Tripwire | None = None
        self.unchanged: frozenset[str] = frozenset()
        """Files of the site that need no check at the end: they are those of the last build, which were checked then
        against the same allowance, or were checked in this build as soon as they were written."""
        self.files: frozenset[str] = frozenset()
        """The path of every file in the site that was built, once it was checked."""
        self._breaches: list[Flaw] = []

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set MkDocs up before any other plugin looks; raises `PluginError` for wrong settings."""
        self._generated = read_manifest(Path(config.docs_dir))
        self.unchanged, self._breaches = frozenset(), []
        self._take_settings(config)
        # As with Material's plugin `offline`: the site opens from disk, where no server makes an address of a folder,
        # and data, feeds, search and permalinks give the addresses of files.
        config.use_directory_urls = False
        if BLOCKS not in config.markdown_extensions:
            config.markdown_extensions.append(BLOCKS)
        folder = str(THEME)
        if folder not in config.theme.dirs:
            # Behind the user's own overrides, before Material's templates.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
        for kind, listed in (("css", config.extra_css), ("js", config.extra_javascript)):
            ours = [f"assets/{path.name}" for path in sorted((THEME / "assets").glob(f"*.{kind}"))]
            listed[:] = [*ours, *(entry for entry in listed if str(entry) not in ours)]
        # Where Material keeps a reader's settings. One for all pages, so that one hash covers its script on each.
        config.extra.setdefault("scope", "/")
        polyfills = config.extra.setdefault("polyfills", [])
        if not any("iframe-worker" in str(script) for script in polyfills):
            # The offline plugin would otherwise fetch it from a CDN, and search from file:// needs it.
            polyfills.append(IFRAME_WORKER)
        for name in ("material/search", "search"):
            search = config.plugins.get(name)
            if search is not None and not search.config.get("separator"):
                search.config["separator"] = SEPARATOR
        return config

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Generated pages have no source that a reader could edit."""
        if page.file.src_uri in self._generated:
            page.edit_url = None
        return page

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, which is part of the theme's clean render."""
        for page in nav.items:
            # The words of mkdocs.yml are the user's, and stay; what `briefing new` wrote there is said in the language.
            key = _SECTIONS.get(page.file.src_uri) if isinstance(page, Page) else None
            if isinstance(page, Page) and key and page.title == english().say(key):
                # The theme prints titles as they are.
                page.title = escape(self._words.say(key))
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Learn what the theme brings by itself, and give its templates the policy that suits it."""
        env.globals["say"] = self._words.say
        # What pages remember of the last build is true for these words alone.
        env.globals["words_digest"] = hashlib.sha256(repr(sorted(self._words.texts.items())).encode()).hexdigest()
        env.globals["more_sections"] = self.foot(files)
        _speak_code(env, str(config.theme["language"]))
        allowance = theme_allowance(env, config, files, self._nav)
        env.globals["content_security_policy"] = allowance.policy
        self._tripwire = Tripwire(allowance, (file.dest_uri for file in files.javascript_files()))
        return env

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Before the search index or a template sees them, make a page's metadata what both may print."""
        page.meta = printable(page.meta, generated=page.file.src_uri in self._generated)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Leave out what HTML does not allow in Material's frame."""
        return _valid_frame(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of a wrong address, which is a template and no page."""
        return _valid_frame(output_content) if template_name == "404.html" else output_content

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Pack the sitemap without a time stamp: equal seeds give equal bytes on any day. Then check every page.

        Raises `PluginError` where a page holds what neither Markdown nor the theme makes.
        """
        sitemap = Path(config.site_dir) / "sitemap.xml"
        packed = sitemap.with_name("sitemap.xml.gz")
        if packed.exists():
            packed.write_bytes(gzip.compress(sitemap.read_bytes(), mtime=0))
        self._check(Path(config.site_dir))

    @property
    def tripwire(self) -> Tripwire:
        """What checks pages; known once the environment of the templates is."""
        if self._tripwire is None:
            raise LookupError("asked for the tripwire before the theme was rendered")
        return self._tripwire

    def foot(self, files: Files) -> list[tuple[str, str]]:
        """What the foot of every page leads to: the words' key and the address of each."""
        return [(key, file.url) for source, key in _MORE.items() if (file := files.get_file_from_path(source))]

    def take_checked(self, names: Iterable[str], breaches: Iterable[Flaw]) -> None:
        """Take note that the pages `names` were checked when they were made, and what was found."""
        self.unchanged = self.unchanged.union(names)
        self._breaches.extend(breaches)

    def _check(self, site: Path) -> None:
        self.files = frozenset(files_below(site))
        found = self._tripwire.check_site(site, self.unchanged, self.files) if self._tripwire else ()
        breaches = [*self._breaches, *found]
        breaches.sort(key=lambda breach: breach.page)
        if breaches:
            shown = "; ".join(f"{breach.page}: {breach.problem}" for breach in breaches[:_BREACHES_SHOWN])
            more = f"; and {len(breaches) - _BREACHES_SHOWN} more" if len(breaches) > _BREACHES_SHOWN else ""
            raise PluginError(
                f"pages hold what may run in a browser, and are not published: {shown}{more}. Take it out of "
                "the hand-made page that it stands in; in a generated page it is a fault of Briefing"
            )

    def _take_settings(self, config: MkDocsConfig) -> None:
        """The title and the language that briefing.yml gives the site win over those of mkdocs.yml."""
        try:
            # The folder, since the file may be another one than mkdocs.yml: `mkdocs build -f staging.yml`.
            project = load_project(Path(config.config_file_path).parent)
            settings, catalogue = project.settings, project.catalogue
            own = catalogue.read_text(encoding="utf-8-sig") if catalogue.is_file() else None
            self._words = speaking(settings.language, own, catalogue.name)
        except (UsageError, OSError, UnicodeDecodeError) as error:
            raise PluginError(f"{config.config_file_path}: {error}") from error
        config.site_name = settings.site_name or config.site_name
        if settings.language:
            config.theme["language"] = settings.language


def _speak_code(env: Environment, language: str) -> None:
    """Let the theme speak a language that it has no words of: pages then say which, and its own words are English."""
    name = f"partials/languages/{language}.html"
    try:
        env.get_template(name)
    except TemplateNotFound:
        known = {name: f'{{% macro t(key) %}}{{{{ "{language}" if key == "language" }}}}{{% endmacro %}}'}
        env.loader = ChoiceLoader([DictLoader(known), *([env.loader] if env.loader else [])])


def _valid_frame(output: str) -> str:
    for toggle in _TOGGLES:
        output = output.replace(f'{toggle} autocomplete="off">', f"{toggle}>", 1)
    return output
