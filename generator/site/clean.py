"""Rendering the theme without a page's text, to learn what the theme itself brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateNotFound
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import is_error_template

from generator.site.allowance import Allowance, read_allowance
from generator.site.sources import places


def theme_allowance(env: Environment, config: MkDocsConfig, files: Files, nav: Navigation) -> Allowance:
    """What the theme of `config` brings to the pages of `files`: every template in use, at every depth in use."""
    pages = places(files)
    allowance = read_allowance(_renders(env, config, pages, nav))
    documents = [path for _, path in pages]
    static = [name for name in _static(config) if name.endswith(".html")]
    return replace(allowance, rendered=frozenset((*documents, *static)))


def _renders(
    env: Environment, config: MkDocsConfig, pages: Sequence[tuple[str, str]], nav: Navigation
) -> Iterator[str]:
    shapes = {(template, path.count("/")) for template, path in pages}
    # MkDocs hands the pages to the template for the user's overrides; to look at each costs time for each shape.
    none = Files([])
    for name, depth in sorted(shapes):
        page = _blank(config, depth)
        yield env.get_template(name).render(get_context(nav, none, config, page))
    for name in _static(config):
        base = urlsplit(config.site_url or "/").path if is_error_template(name) else "."
        try:
            template = env.get_template(name)
        except TemplateNotFound:
            continue
        if name.endswith(".html"):
            yield template.render(get_context(nav, none, config, base_url=base))


def _static(config: MkDocsConfig) -> list[str]:
    return sorted(config.theme.static_templates)


def _blank(config: MkDocsConfig, depth: int) -> Page:
    """A page without text, with a table of contents, so that the chrome around one shows."""
    file = File.generated(config, "x/" * depth + "x.md", content="")
    page = Page(None, file, config)
    page.markdown, page.content, page.meta = "", "", {}
    heading = AnchorLink("x", "x", 1)
    heading.children = [AnchorLink("x", "x", 2)]
    page.toc = TableOfContents([heading])
    return page
