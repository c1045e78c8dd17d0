"""What every quick build does with files, from nothing or after another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from generator.site.fast.anchors import Wanted
from generator.site.fast.pool import in_parts
from generator.site.fast.work import Batch, Result, Work

# Below this many pages, starting a process costs more than it saves: a page takes one or two milliseconds.
_PARALLEL_PAGES = 1500


def in_processes(work: Work, pages: Sequence[File], copies: Sequence[File], jobs: int, wanted: Wanted) -> list[Result]:
    """Make `pages` and copy `copies`, on up to `jobs` processes where they are many; add what they want to `wanted`."""
    files = [*pages, *copies]

    def part(begin: int, end: int) -> bytes:
        return msgspec.msgpack.encode(work.run(files[begin:end]))

    results: list[Result] = []
    for encoded in in_parts(part, len(files), jobs if len(pages) >= _PARALLEL_PAGES else 1):
        batch = msgspec.msgpack.decode(encoded, type=Batch)
        results += batch.results
        wanted.join(batch.wanted)
    return results


def is_copied(file: File) -> bool:
    """Whether MkDocs copies `file` as it is."""
    return not file.is_documentation_page() and file.inclusion.value > InclusionLevel.DRAFT.value


def may_be_overwritten(file: File, config: MkDocsConfig) -> bool:
    """Whether MkDocs writes in the place of a file that it copied before."""
    return file.dest_uri.endswith(".html") or is_templated(file, config)


def is_templated(file: File, config: MkDocsConfig) -> bool:
    """Whether the theme has a template for the place of `file`."""
    return file.dest_uri.removesuffix(".gz") in config.theme.static_templates
