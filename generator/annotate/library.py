"""spaCy as far as names need it: the library without its command line, and a model without what nobody reads.

`import spacy` brings in the commands of spaCy as well, for `spacy.info`, and with them an HTTP client, a terminal's
looks and what else downloading and training take: a third of the modules and of the time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.annotate.models import INSTALLED_NAMES

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def _info(*arguments: Any, **options: Any) -> Any:
    """What `spacy.info` is here: the same, read when somebody asks."""
    return import_module("spacy.cli.info").info(*arguments, **options)


@contextmanager
def _without_commands() -> Iterator[None]:
    """Let `import spacy` find empty modules where its commands are; whoever wants those imports them afterwards."""
    if "spacy" in sys.modules:
        yield
        return
    package, info = map(ModuleType, _COMMANDS)
    package.__path__ = []
    vars(info).update(info=_info)
    sys.modules.update(zip(_COMMANDS, (package, info), strict=True))
    try:
        yield
    finally:
        for name in _COMMANDS:
            sys.modules.pop(name, None)


with _without_commands():
    import spacy
    from spacy import about
    from spacy.language import Language
    from spacy.pipeline import EntityRecognizer, Tok2Vec
    from spacy.tokens import Doc

__all__ = ["UNUSED", "VERSION", "Doc", "EntityRecognizer", "Language", "Tok2Vec", "is_package", "load"]

VERSION: str = about.__version__
"""Of the library."""

UNUSED = ("parser", "tagger", "lemmatizer", "attribute_ruler", "senter", "morphologizer")
"""Components that find no names: parser and tagger alone take two thirds of the time."""

SHARED = "tok2vec"
"""The component that computes vectors for those that listen to it."""

# What its configuration calls the layer of a component that listens to the shared vectors.
_LISTENER = "Tok2VecListener"
_TOKENIZER = {"@tokenizers": "spacy.Tokenizer.v1"}
_UNFILLED = "briefing.Unfilled.v1"
# Parts of a model on disk: the words that it was trained with, whose hashes follow from them; vectors of words, of
# which it has none; what was read already.
_NOT_READ = ("strings", "vectors", "config", "meta")


def is_package(name: str) -> bool:
    """Whether the pipeline `name` is installed as a package."""
    return bool(spacy.util.is_package(name))


def load(name: str) -> Language:
    """The pipeline `name` without `UNUSED`, and without shared vectors where no component reads them.

    Raises `OSError`, `ValueError` or `ImportError` where it cannot be loaded.
    """
    pipeline = _known(name) if name in INSTALLED_NAMES else None
    if pipeline is None:
        pipeline = spacy.load(name, exclude=list(UNUSED))
    if not _listening(pipeline):
        # The name finder of spaCy's small models has vectors of its own, and the shared ones serve tagger and parser.
        pipeline.remove_pipe(SHARED)
    return pipeline


def _known(name: str) -> Language | None:
    """The pipeline as `spacy.load` gives it, made in half the time; none where its parts are not as expected.

    spaCy fills a tokenizer with the rules of the language and then with those of the model, which replace them; and
    reads shared vectors to leave them aside, and a list of words to find out what hashes they have.
    """
    file = import_module(name).__file__
    if file is None:
        return None
    meta = spacy.util.get_model_meta(Path(file).parent)
    folder = Path(file).parent / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    config = spacy.util.load_config(folder / "config.cfg")
    used = [part for part in config["nlp"]["pipeline"] if part not in (*UNUSED, SHARED)]
    # Whatever hooks and vectors others bring, spaCy itself knows best.
    if used != ["ner"] or _LISTENER in str(config["components"]["ner"]) or config["nlp"]["tokenizer"] != _TOKENIZER:
        return None
    if meta.get("vectors", {}).get("keys"):
        return None
    spacy.util.registry.tokenizers.register(_UNFILLED, func=_unfilled)
    config["nlp"]["tokenizer"] = {"@tokenizers": _UNFILLED}
    left_out = [*UNUSED, SHARED]
    pipeline = spacy.util.load_model_from_config(config, exclude=left_out, meta=meta)
    return pipeline.from_disk(folder, exclude=[*left_out, *_NOT_READ])


def _unfilled() -> Any:
    """Makes a tokenizer without rules, for a model to fill."""
    return lambda pipeline: import_module("spacy.tokenizer").Tokenizer(pipeline.vocab)


def _listening(pipeline: Language) -> bool:
    """Whether a component reads the shared vectors of `pipeline`, or there are none."""
    if SHARED not in pipeline.pipe_names:
        return True
    shared = pipeline.get_pipe(SHARED)
    return not isinstance(shared, Tok2Vec) or bool(shared.listening_components)
