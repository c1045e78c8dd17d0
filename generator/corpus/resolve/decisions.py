"""The analyst's decisions in entities.yml: what is the same, what is different, what it is called. They always win.

::

    same:
      - [Kim Jong Un, 김정은]
    different:
      - [John Smith, John A. Smith]
    rename:
      Kim Jong Un: Kim Jong-un
    hide:
      - Local Time
    type:
      Havana: place
    ids:
      Kim Jong-un: Q56226

Names are any name that the corpus uses for the thing, or its address (`people/kim-jong-un`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

import yaml

from generator.encode.scalars import plain
from generator.errors import UsageError
from generator.model import EntityType
from generator.parsing import read_yaml_nodes

_SECTIONS = ("same", "different", "rename", "hide", "type", "ids")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the analyst decided. Names are as written in the file."""

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[tuple[str, ...], ...] = ()
    """Groups of names of which no two are one."""
    rename: Mapping[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    type: Mapping[str, EntityType] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    """Name to Wikidata id."""


def parse_decisions(text: str, file: str) -> Decisions:
    """The decisions in `text`, the content of `file` (named in messages); empty text holds none.

    Raises `UsageError`, with file and line, where the text is not YAML, a section is unknown or shaped otherwise.
    """
    try:
        root = read_yaml_nodes(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(
            f"{file}:{line}: this is not YAML: {error.problem}", "mend the line, or put the name in quotes"
        ) from error
    except yaml.YAMLError as error:
        raise UsageError(f"{file}: this is not YAML: {error}", "save the file as UTF-8 text") from error
    if root is None:
        return Decisions()
    sections: dict[str, yaml.Node] = {}
    for key, value in _pairs(root, file, "the file"):
        if key.value not in _SECTIONS:
            raise _wrong(file, key, f"unknown section {key.value!r}", f"the sections are {', '.join(_SECTIONS)}")
        if key.value in sections:
            raise _wrong(file, key, f"section {key.value!r} stands twice", "join the two")
        if not _empty(value):
            sections[key.value] = value
    return Decisions(
        same=_groups(sections.get("same"), file, "same"),
        different=_groups(sections.get("different"), file, "different"),
        rename=_names(sections.get("rename"), file, "rename"),
        hide=_list(sections["hide"], file, "hide") if "hide" in sections else (),
        type=_types(sections.get("type"), file),
        ids=_ids(sections.get("ids"), file),
    )


def _pairs(node: yaml.Node, file: str, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(file, node, f"{what} must hold `name: value` lines", "see the example in the documentation")
    pairs = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong(file, key, f"{what} has a key that is not a name", "write one name before the colon")
        pairs.append((key, value))
    return pairs


def _groups(node: yaml.Node | None, file: str, section: str) -> tuple[tuple[str, ...], ...]:
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(file, node, f"{section!r} must be a list of lists of names", f"write `{section}:` and `- [A, B]`")
    groups = []
    for entry in node.value:
        names = _list(entry, file, section)
        if len(names) < 2:
            raise _wrong(file, entry, f"a group of {section!r} needs two names", "write them as `- [A, B]`")
        groups.append(names)
    return tuple(groups)


def _list(node: yaml.Node, file: str, section: str) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(file, node, f"{section!r} must hold a list of names here", "write names as `[A, B]`")
    return tuple(_text(entry, file, section) for entry in node.value)


def _names(node: yaml.Node | None, file: str, section: str) -> dict[str, str]:
    if node is None:
        return {}
    return {_text(key, file, section): _text(value, file, section) for key, value in _pairs(node, file, f"{section!r}")}


def _types(node: yaml.Node | None, file: str) -> dict[str, EntityType]:
    types: dict[str, EntityType] = {}
    for key, value in _pairs(node, file, "'type'") if node is not None else ():
        chosen = [kind for kind in get_args(EntityType) if kind == getattr(value, "value", None)]
        if not chosen:
            raise _wrong(file, value, f"no such type for {key.value!r}", f"types are {', '.join(get_args(EntityType))}")
        types[_text(key, file, "type")] = chosen[0]
    return types


def _ids(node: yaml.Node | None, file: str) -> dict[str, str]:
    ids: dict[str, str] = {}
    for key, value in _pairs(node, file, "'ids'") if node is not None else ():
        identity = _text(value, file, "ids")
        if not _WIKIDATA.fullmatch(identity):
            raise _wrong(file, value, f"{identity!r} is no Wikidata id", "it is a Q and a number, such as Q42")
        ids[_text(key, file, "ids")] = identity
    return ids


def _text(node: yaml.Node, file: str, section: str) -> str:
    name = plain(str(node.value)) if isinstance(node, yaml.ScalarNode) else ""
    if not name:
        raise _wrong(file, node, f"{section!r} needs a name here", "write one name, in quotes where it holds a colon")
    return name


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _wrong(file: str, node: yaml.Node, message: str, remedy: str) -> UsageError:
    return UsageError(f"{file}:{node.start_mark.line + 1}: {message}", remedy)
