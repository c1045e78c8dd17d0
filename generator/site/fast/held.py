"""What a process that builds again and again keeps of a site: compiled templates, shapes of pages, tags, links, rows.

Each is kept with what it follows from: a compiled template with its text, a shape with the digest of the frame and with
what the theme is allowed, as pages of the last build are kept. A tag follows from nothing but itself, a link from the
configuration as well, as long as the page is there that it leads to.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from generator.session import Session
from generator.site.fast.leads import Places
from generator.site.fast.shapes import Learned
from generator.site.fast.tags import Tokens
from generator.site.tripwire import Tripwire


def environment(config: MkDocsConfig, session: Session) -> jinja2.Environment:
    """The environment of the theme's templates, as MkDocs makes it, which compiles no text that was compiled before."""
    env = config.theme.get_env()
    # What else the compiler looks at. All texts of a template become the same then.
    known = tuple(tuple(sorted(names)) for names in (env.extensions, env.filters, env.tests))
    env.bytecode_cache = session.hold("compiled templates", (known, env.autoescape), Compiled)
    return env


def tokens(session: Session) -> Tokens:
    """The tags that were worked out before."""
    return session.hold("tags", None, Tokens)


def places(config: MkDocsConfig, session: Session, frame: str) -> Places:
    """The links that were worked out before for the configuration at hand, in builds after one of that `frame`."""
    # A build whose configuration is not that of the frame asks as well, before it can know.
    made_of = (frame, Path(config.config_file_path).read_bytes())
    return session.hold("links", made_of, lambda: Places(tokens(session), lasting=True))


def learned(session: Session, frame: str, tripwire: Tripwire) -> Learned:
    """The shapes of pages in the `frame` of that digest, as far as they are known; empty: nothing may be kept."""
    if not frame:
        return Learned()
    # Which pages there are is no part of what they may hold.
    return session.hold("shapes", (frame, replace(tripwire.allowance, rendered=frozenset())), Learned)


class Compiled(jinja2.BytecodeCache):
    """Compiled templates in the memory of this process. A file of them could hold anything that would then be run."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` its code, where its text is the one that was compiled."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of `bucket`."""
        if bucket.code is not None:
            self._known[bucket.key] = (bucket.checksum, bucket.code)
