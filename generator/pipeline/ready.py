"""The engine's data in the form in which it is used: made once for a project, kept in its state folder.

To compile some six hundred patterns, to read off them what to look for, to parse YAML and to unpack the tables of
languages takes most of a second, and comes to the same each time. What is kept is asked for by all that it follows
from, text and flags of a pattern, the text of a file, the code of the stages; so it is right or absent.
"""

from __future__ import annotations

import lzma
import re
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, get_type_hints

import msgspec

from generator import data, sieve
from generator.errors import EnvironmentFault
from generator.pipeline.version import forms_version
from generator.publish.files import replace_file
from generator.publish.seal import DamagedError, sealed, unsealed, unsealed_view

FORMS, TABLES = "engine", "languages"
"""The files in the state folder: what is compiled and parsed; the tables that tell languages apart, 68 MB."""

GAZETTEERS = (
    ("generator.annotate.mentions.lexicon", "read_names"),
    ("generator.corpus.resolve.gazetteer", "read_known"),
)
"""Modules and functions that make tables of gazetteers."""

# Python compiles a pattern to numbers of so many bytes.
_CODE: Final = "I"
# Text, flags, numbers, number of groups, their names, the names in order of the groups.
_GIVEN = 6
_DIGEST = 16
# A library may put a pattern together from a set, whose order is another in each process.
_FEW = 8
# What comes of numbers that are no pattern: `re` looks through what it is given.
_NO_PATTERN = (RuntimeError, TypeError, ValueError, IndexError, OverflowError, MemoryError)
# No text has them, so no file keeps them.
_SURROGATE = re.compile("[\\ud800-\\udfff]")


class _Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What `re` makes of a pattern: flags, code, number of groups, the names of some."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]

    def pattern(self, text: str, make: Callable[..., Any]) -> Any | None:
        """The pattern; none where this is no pattern. `make` is what `re` calls last."""
        with suppress(*_NO_PATTERN):
            index: list[str | None] = [None] * (self.groups + 1)
            for name, number in self.names.items():
                index[number] = name
            code = memoryview(self.code).cast(_CODE).tolist()
            return make(text, self.flags, code, self.groups, self.names, tuple(index))
        return None


class _Kept(msgspec.Struct, frozen=True):
    version: str = ""
    patterns: list[tuple[str, int, _Compiled]] = []
    needles: list[tuple[str, int, tuple[str, ...]]] = []
    trees: dict[bytes, bytes] = {}
    tables: dict[str, bytes] = {}


@contextmanager
def ready(state: Path | None) -> Iterator[None]:
    """Within the block patterns, needles and trees are those that `state` keeps, which afterwards keeps the others too.

    Only what was asked for stays. Nothing is kept where `state` is none, or the disk does not let us.
    """
    if state is None:
        yield
        return
    kept = _read(state / FORMS)
    forms = _Forms(kept)
    with ExitStack() as stack:
        forms.stand_in(stack)
        yield
    if forms.new >= _FEW:
        with suppress(EnvironmentFault):
            replace_file(state / FORMS, sealed(msgspec.msgpack.encode(forms.asked_for())))


def unpacked_in(state: Path, packed: bytes) -> bytes:
    """What `packed` is unpacked, which `state` keeps, behind some other bytes."""
    path, key = state / TABLES, blake2b(packed, digest_size=_DIGEST).digest()
    with suppress(OSError, DamagedError):
        kept = path.read_bytes()
        if unsealed_view(kept)[:_DIGEST] == key:
            return kept
    unpacked = lzma.decompress(packed)
    with suppress(EnvironmentFault):
        replace_file(path, sealed(key + unpacked))
    return unpacked


def _read(path: Path) -> _Kept:
    with suppress(OSError, DamagedError, msgspec.DecodeError):
        kept = msgspec.msgpack.decode(unsealed(path.read_bytes()), type=_Kept)
        if kept.version == forms_version():
            return kept
    return _Kept()


class _Forms:
    """What is kept, what was asked for, and how much of that is new."""

    def __init__(self, kept: _Kept) -> None:
        self._known = {(text, flags): made for text, flags, made in kept.patterns}
        self._needles = {(text, flags): found for text, flags, found in kept.needles}
        self._trees, self._tables = kept.trees, kept.tables
        self._patterns_asked: dict[tuple[str, int], _Compiled] = {}
        self._needles_asked: dict[tuple[str, int], tuple[str, ...]] = {}
        self._trees_asked: dict[bytes, bytes] = {}
        self._tables_asked: dict[str, bytes] = {}
        self.new = 0

    def asked_for(self) -> _Kept:
        """What was asked for."""
        # A thread that began to compile within the block may be about to add a pattern.
        return _Kept(
            forms_version(),
            [(*key, made) for key, made in self._patterns_asked.copy().items()],
            [(*key, found) for key, found in self._needles_asked.copy().items()],
            self._trees_asked.copy(),
            self._tables_asked,
        )

    def stand_in(self, stack: ExitStack) -> None:
        """Answer for what makes them, until the stack is left."""
        stack.enter_context(_instead(sieve, "needles", self._needles_by(sieve.needles)))
        stack.enter_context(_instead(data, "parsed", self._tree_by(data.parsed)))
        self._compile(stack)
        # Their modules have patterns themselves.
        for name, function in GAZETTEERS:
            module = import_module(name)
            read = self._table_by(f"{name}.{function}", getattr(module, function))
            stack.enter_context(_instead(module, function, read))

    def _compile(self, stack: ExitStack) -> None:
        """Answer for the compiler of patterns."""
        try:
            compiler = import_module("re._compiler")
            library = compiler._sre
            compile_, make, size = compiler.compile, library.compile, library.CODESIZE
        except (ImportError, AttributeError):
            # The insides of `re` are no public part of Python. Where they are others, each pattern is compiled.
            return
        if size != array(_CODE).itemsize:
            return
        codes: dict[tuple[str, int], _Compiled] = {}

        def made(*given: Any) -> Any:
            # A Python that gives more or less has no pattern kept.
            if len(given) == _GIVEN and isinstance(given[0], str):
                text, flags, code, groups, names, _ = given
                codes[text, flags] = _Compiled(flags, array(_CODE, code).tobytes(), groups, names)
            return make(*given)

        def compiled(text: Any, flags: int = 0) -> Any:
            if not isinstance(text, str):
                return compile_(text, flags)
            kept = self._known.get((text, flags))
            pattern = kept.pattern(text, make) if kept else None
            if kept is None or pattern is None:
                pattern = compile_(text, flags)
                new = codes.get((text, pattern.flags))
                if new is None or _SURROGATE.search(text):
                    return pattern
                kept = new
                self.new += 1
            self._patterns_asked[text, flags] = kept
            return pattern

        stack.enter_context(_instead(compiler, "_sre", SimpleNamespace(**{**vars(library), "compile": made})))
        stack.enter_context(_instead(compiler, "compile", compiled))

    def _needles_by(self, read_off: Callable[[str, int], tuple[str, ...]]) -> Callable[..., tuple[str, ...]]:
        def needles(text: str, flags: int = 0) -> tuple[str, ...]:
            key = text, int(flags)
            found = self._needles.get(key)
            if found is None:
                found = read_off(text, flags)
                self.new += 1
            self._needles_asked[key] = found
            return found

        return needles

    def _tree_by(self, parse: Callable[[str], Any]) -> Callable[[str], Any]:
        def parsed(text: str) -> Any:
            key = blake2b(text.encode(), digest_size=_DIGEST).digest()
            with suppress(KeyError, msgspec.DecodeError):
                tree = msgspec.msgpack.decode(self._trees[key])
                self._trees_asked[key] = self._trees[key]
                return tree
            tree = parse(text)
            encoded = msgspec.msgpack.encode(tree)
            # A date would come back as text.
            if repr(msgspec.msgpack.decode(encoded)) == repr(tree):
                self._trees_asked[key] = encoded
                self.new += 1
            return tree

        return parsed

    def _table_by(self, name: str, read: Callable[[], Any]) -> Callable[[], Any]:
        def table() -> Any:
            with suppress(KeyError, msgspec.DecodeError):
                kept = msgspec.msgpack.decode(self._tables[name], type=get_type_hints(read)["return"])
                self._tables_asked[name] = self._tables[name]
                return kept
            made = read()
            self._tables_asked[name] = msgspec.msgpack.encode(made)
            self.new += _FEW
            return made

        return table


@contextmanager
def _instead(module: Any, name: str, function: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, function)
    try:
        yield
    finally:
        setattr(module, name, before)
