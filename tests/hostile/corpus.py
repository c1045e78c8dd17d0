"""A project with hostile inputs of every class in every field that a seed, its file name or an operator's file has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.hostile.payloads import LONG, payloads

FIELDS = ("headline", "byline", "category", "reference", "quote", "file name", "override", "entities", "body")
SEEDS = 204
"""Enough for each field to see six hundred inputs, few enough for a browser to open every page in a minute or two."""
_AT_ONCE = (1, 3, 5)
"""So many inputs a field holds, in turn: one is read as what the field is for, several get in each other's way."""
_STEP = 97
"""A step through all inputs that meets each once: neighbours in a field are of different classes."""

_GIVEN = ("Ada", "Eva", "Ida")
_SYLLABLES = "Bar Cor Dal Fen Gor Hal Kel Lor Mar Nor Pel Ros Sel Tor Vel Wen Yar".split()  # noqa: SIM905 -- shorter
_ENDINGS = "by dale field ham land ley man more ner ridge sen son ston ton well wick".split()  # noqa: SIM905 -- shorter
# Everything that an address may hold and a page may not; the rest is written as an address writes it.
_IN_ADDRESSES = "!$&()*+,;=:@/?[]{}|`^~\\%"


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed's path and text, what NAME.yml says, and which inputs stand in which field."""

    name: str
    text: str
    override: dict[str, object]
    person: str
    inputs: dict[str, tuple[str, ...]]


def seeds() -> Iterator[Seed]:
    """The seeds of the corpus: all inputs stand in bodies, and more than six hundred in every other field."""
    texts = [text for _, text in payloads()]
    each = -(-len(texts) // SEEDS)
    taken = dict.fromkeys(FIELDS, 0)
    for index in range(SEEDS):
        inputs: dict[str, tuple[str, ...]] = {}
        for place, field in enumerate(FIELDS):
            number = each if field == "body" else 6 * (index % 2) if field == "override" else _AT_ONCE[index % 3]
            begin = taken[field]
            inputs[field] = tuple(texts[(_STEP * at + 29 * place) % len(texts)] for at in range(begin, begin + number))
            taken[field] += number
        yield _seed(index, inputs, LONG[index % len(LONG)].format(n=index) if index % 4 == 0 else "")


def lay_out(root: Path) -> list[Seed]:
    """Write seeds and entities.yml of the corpus into the project `root`; the seeds."""
    laid: list[Seed] = []
    folder = root / "seeds"
    for seed in seeds():
        path = folder / seed.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(seed.text.encode("utf-8", "surrogatepass"))
        if seed.override:
            lines = (f"{key}: {_flow(value)}\n" for key, value in seed.override.items())
            path.with_suffix(".yml").write_text("".join(lines), "utf-8")
        laid.append(seed)
    renames = "".join(f"  {seed.person}: {_flow(' '.join(seed.inputs['entities']))}\n" for seed in laid)
    (root / "entities.yml").write_text(f"rename:\n{renames}", "utf-8")
    return laid


def _seed(index: int, inputs: dict[str, tuple[str, ...]], long: str) -> Seed:
    person = f"{_GIVEN[index // 68]} {_SYLLABLES[index % 17]}{_ENDINGS[index // 17 % 4 + 4 * (index % 4)]}"
    alone = "".join(f"{text}\n\n" for text in inputs["body"])
    within = "".join(f"The pilots read {text} on the wall of office {n}. " for n, text in enumerate(inputs["body"], 1))
    quotes = "".join(
        f'"The words {text} mean nothing to me," said {person}, the mayor of Sandport.\n\n' for text in inputs["quote"]
    )
    references = "".join(f"[{n}] The harbour {text}, 4 May 2016\n" for n, text in enumerate(inputs["reference"], 1))
    text = (
        f"{' '.join(inputs['headline'])}\n\n"
        f"By {' and '.join(inputs['byline'])}\n"
        f"Category: {' '.join(inputs['category'])}\n\n"
        f"SANDPORT, March {index % 28 + 1}, 2021 - The mayor of Sandport, {person}, opened pier {index} on Monday. "
        # Letters by which the file is known for UTF-8 where an input breaks it.
        "The ferry to Ærøskøbing på Ærø sailed at noon.\n\n"
        f"{alone}{within}\n\n"
        f"{quotes}"
        f"{long}\n\n"
        f"References\n{references}"
    )
    override: dict[str, object] = {}
    if inputs["override"]:
        title, author, second, outlet, credit, category = inputs["override"]
        override = {"title": title, "authors": [author, second, "Ola Brandt"], "outlet": outlet, "credit": credit}
        override |= {"category": category, "url": f"https://sandport.example/?q={quote(title, safe=_IN_ADDRESSES)}"}
    *folders, name = map(_name, inputs["file name"])
    return Seed("/".join((*folders, f"{name} {index}.txt")), text, override, person, inputs)


def whole(text: str) -> str:
    """`text` with the mark for what cannot be read in the place of halves of characters."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _name(text: str) -> str:
    """`text` as a name that a Unix can give a file; a dot in front would hide it."""
    name = text.replace("/", "\u2215").replace("\0", "").lstrip(".")
    return name.encode("utf-8", "ignore")[:200].decode("utf-8", "ignore") or "empty"


def _flow(value: object) -> str:
    """`value` as YAML in ASCII, which holds no half of a character."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    plain = (c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in whole(str(value)))
    return f'"{"".join(plain)}"'
