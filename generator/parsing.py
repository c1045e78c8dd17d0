"""YAML and JSON that people, or other programs, wrote: whatever is wrong with it is an error of one kind.

The parsers themselves raise many: a number of five thousand digits, the thirteenth month and a tag without its value
are errors of Python; nesting exhausts the stack, which in libyaml is the end of the process and no error at all.
"""

from __future__ import annotations

import json
from typing import Any

import yaml

# Deeper than any file that somebody means, and far from that at which libyaml ends the process (some ten thousand).
DEEPEST = 100


def read_yaml(text: str | bytes, loader: Any) -> Any:
    """The value that the YAML `text` holds, built by `loader`, which must be a safe one.

    Raises `yaml.YAMLError` and nothing else; a `yaml.MarkedYAMLError` where a place in the text can be named.
    """
    try:
        _require_shallow(text, loader)
        return yaml.load(text, Loader=loader)  # noqa: S506 -- the callers' loaders build texts, numbers, lists and mappings
    except yaml.YAMLError:
        raise
    except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError) as error:
        raise yaml.YAMLError(f"{type(error).__name__}: {error}") from error


def read_yaml_nodes(text: str | bytes, loader: Any) -> yaml.Node | None:
    """The nodes that the YAML `text` holds, of which each knows its line; `None` where it is empty.

    Raises as `read_yaml` does.
    """
    try:
        _require_shallow(text, loader)
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.YAMLError:
        raise
    except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError) as error:
        raise yaml.YAMLError(f"{type(error).__name__}: {error}") from error
    return node


def read_json(raw: str | bytes) -> Any:
    """The value that the JSON `raw` holds. Raises `ValueError` and nothing else."""
    try:
        return json.loads(raw)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _require_shallow(text: str | bytes, loader: Any) -> None:
    """Raise `MarkedYAMLError` where nesting goes too deep. Events come without recursion, in libyaml as well."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                # libyaml's marks are of another class, with the same attributes.
                mark: Any = event.start_mark
                raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
