"""MkDocs' list of files for a build that changes little: each file is there by name, and made when it is asked for.

To make MkDocs' objects of tens of thousands of files takes longer than to render what changed. Whoever asks for a file
gets the very object that MkDocs would have made; whoever asks for all of them gets all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.utils import is_markdown_file

_DEFAULT = "main.html"
_DRAFT = InclusionLevel.DRAFT.value
# As MkDocs knows them.
_SCRIPTS = (".js", ".javascript", ".mjs")


class Known(Protocol):
    """What is known of a file from the last build."""

    @property
    def path(self) -> str:
        """In the site."""

    @property
    def inclusion(self) -> int:
        """As MkDocs numbers it."""


class Sources(Files):
    """The files below docs_dir by `names`, in MkDocs' order, and those of the theme with the folders that they lie in.

    `known` holds for the configuration at hand.
    """

    def __init__(
        self, config: MkDocsConfig, names: Iterable[str], theme: Iterable[tuple[str, str]], known: Mapping[str, Known]
    ) -> None:
        self._config, self._known = config, known
        self._src_uris: _Lazy = _Lazy(names, self._made)
        theme = list(theme)
        self._themed = frozenset(name for name, _ in theme)
        # Theme files do not override those of docs_dir.
        self._theme = {name: folder for name, folder in theme if name not in self._src_uris}
        self._src_uris.update(dict.fromkeys(self._theme))

    def names(self) -> Iterable[str]:
        """Every name, in MkDocs' order."""
        return self._src_uris.keys()

    @property
    def theme(self) -> Mapping[str, str]:
        """The folder of each file that the theme brings."""
        return self._theme

    def get(self, name: str) -> File:
        """The file `name`, which is one of them."""
        return self._src_uris[name]

    def javascript_files(self) -> list[File]:
        """As MkDocs gives them."""
        return [self.get(name) for name in self._src_uris if name.endswith(_SCRIPTS)]

    def is_themed(self, name: str) -> bool:
        """Whether the theme brings a file of that name, be it hidden by one in docs_dir."""
        return name in self._themed

    def take_in(self, name: str) -> None:
        """Take in a file that came later; no page."""
        self._src_uris[name] = None

    def leave_out(self, name: str) -> None:
        """Leave out the file `name`, which is no page."""
        del self._src_uris[name]

    def level(self, name: str) -> int:
        """Whether the file `name` is part of the site, as MkDocs numbers it."""
        known = self._known.get(name)
        return known.inclusion if known else self.get(name).inclusion.value

    def path(self, name: str) -> str:
        """The path of the file `name` in the site."""
        known = self._known.get(name)
        return known.path if known else self.get(name).dest_uri

    def url(self, name: str) -> str | None:
        """The address of the file `name`, where it is one of them and part of the site."""
        if name not in self._src_uris:
            return None
        known = self._known.get(name)
        if known is None:
            return url_of(self.get(name))
        return quote(known.path) if known.inclusion > _DRAFT else None

    def pages(self) -> Iterator[str]:
        """Every Markdown file that is part of the site."""
        return (name for name in self._src_uris if is_markdown_file(name) and self.level(name) > _DRAFT)

    def places(self) -> list[tuple[str, str]]:
        """Template and path in the site of every page, as far as front matter was read."""
        met = self._src_uris.met
        return [(_template(file) if (file := met(name)) else _DEFAULT, self.path(name)) for name in self.pages()]

    def _made(self, name: str) -> File:
        config, known = self._config, self._known.get(name)
        if known is None:
            folder = self._theme.get(name, config.docs_dir)
            file = File(name, folder, config.site_dir, config.use_directory_urls)
            set_exclusions([file], config)
            return file
        file = File.__new__(File)
        # What the constructor and the exclusions would come to again.
        file.__dict__.update(
            src_uri=name,
            src_dir=self._theme.get(name, config.docs_dir),
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            inclusion=InclusionLevel(known.inclusion),
            dest_uri=known.path,
            url=quote(known.path),
        )
        return file


class Listing:
    """All pages of `files`, as the templates of the theme list them that belong to no page: by their addresses."""

    def __init__(self, files: Sources, config: MkDocsConfig) -> None:
        self._files, self._base = files, config.site_url or ""

    def __iter__(self) -> Iterator[Listed]:
        return (Listed.of(self._base, self._files.path(name)) for name in self._files.pages())

    def documentation_pages(self) -> tuple[File, ...]:
        """None of them is asked for a date: the sitemap bears none."""
        return ()


def places(files: Files) -> list[tuple[str, str]]:
    """Template and path in the site of every page of `files`, as far as front matter was read."""
    if isinstance(files, Sources):
        return files.places()
    return [(_template(file), file.dest_uri) for file in files.documentation_pages()]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as the template of the sitemap sees it: `file.page.canonical_url`."""

    canonical_url: str
    is_link: bool = False

    @classmethod
    def of(cls, base: str, path: str) -> Listed:
        """The page at `path` in the site at `base`."""
        if not base:
            return cls("")
        return cls(urljoin(base if base.endswith("/") else f"{base}/", quote(path)))

    @property
    def page(self) -> Listed:
        """A file's page."""
        return self

    @property
    def abs_url(self) -> str:
        """As MkDocs has it."""
        return urlsplit(self.canonical_url).path


def url_of(file: File) -> str | None:
    """The address of `file`, where it is part of the site."""
    return file.url if file.inclusion.value > _DRAFT else None


def _template(file: File) -> str:
    return str((file.page.meta if file.page else {}).get("template", _DEFAULT))


class _Lazy(dict[str, Any]):
    """Files by name; one that is not there yet is made when it is asked for."""

    def __init__(self, names: Iterable[str], make: Callable[[str], File]) -> None:
        super().__init__(dict.fromkeys(names))
        self._make = make

    def __getitem__(self, name: str) -> File:
        file: File | None = super().__getitem__(name)
        if file is None:
            file = self[name] = self._make(name)
        return file

    def get(self, name: str, default: Any = None) -> Any:
        """The file `name`, or `default` where there is none."""
        if name not in self:
            return default
        return self[name]

    def values(self) -> Any:
        """All files."""
        return [self[name] for name in self]

    def items(self) -> Any:
        """All names and files."""
        return [(name, self[name]) for name in self]

    def met(self, name: str) -> File | None:
        """The file `name` where it was asked for."""
        return super().get(name)
