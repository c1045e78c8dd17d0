"""A project with hostile inputs of every class in every field that a seed, its file name or an operator's file has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.hostile.payloads import LONG, payloads

FIELDS = ("headline", "byline", "category", "reference", "quote", "file name", "override", "entities", "body")
SEEDS = 72
"""So many pages a browser opens in half a minute; the body of each holds several inputs."""

_SYLLABLES = "Bar Cor Dal Fen Gor Hal Kel Lor Mar Nor Pel Ros Sel Tor Vel Wen Yar".split()  # noqa: SIM905 -- shorter
_ENDINGS = "by dale field ham land ley man more ner ridge sen son ston ton well wick".split()  # noqa: SIM905 -- shorter
# Everything that an address may hold and a page may not; the rest is written as an address writes it.
_IN_ADDRESSES = "!$&()*+,;=:@/?[]{}|`^~\\%"


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed's file name and text, what NAME.yml says, and which input stands in which field."""

    name: str
    text: str
    override: dict[str, object]
    person: str
    inputs: dict[str, str]


def seeds() -> Iterator[Seed]:
    """The seeds of the corpus: all inputs stand in bodies, and some of each class in every other field."""
    texts = [text for _, text in payloads()]
    each = -(-len(texts) // SEEDS)
    for index in range(SEEDS):
        # The steps go through all classes, and no two fields side by side.
        inputs = {field: texts[(index * each + 29 * place) % len(texts)] for place, field in enumerate(FIELDS[:-1])}
        inputs |= {f"body {place}": texts[(index * each + place) % len(texts)] for place in range(each)}
        yield _seed(index, inputs, LONG[index % len(LONG)].format(n=index) if index % 4 == 0 else "")


def lay_out(root: Path) -> list[Seed]:
    """Write seeds and entities.yml of the corpus into the project `root`; the seeds."""
    laid: list[Seed] = []
    folder = root / "seeds"
    folder.mkdir(exist_ok=True)
    for seed in seeds():
        (folder / seed.name).write_bytes(seed.text.encode("utf-8", "surrogatepass"))
        if seed.override:
            lines = (f"{key}: {_flow(value)}\n" for key, value in seed.override.items())
            (folder / seed.name).with_suffix(".yml").write_text("".join(lines), "utf-8")
        laid.append(seed)
    renames = "".join(f"  {seed.person}: {_flow(seed.inputs['entities'])}\n" for seed in laid)
    (root / "entities.yml").write_text(f"rename:\n{renames}", "utf-8")
    return laid


def _seed(index: int, inputs: dict[str, str], long: str) -> Seed:
    person = f"Ada {_SYLLABLES[index % 17]}{_ENDINGS[index // 17 % 16]}"
    bodies = [text for field, text in inputs.items() if field.startswith("body")]
    alone = "".join(f"{text}\n\n" for text in bodies)
    within = "".join(f"The pilots read {text} on the wall of office {n}. " for n, text in enumerate(bodies, 1))
    text = (
        f"{inputs['headline']}\n\n"
        f"By {inputs['byline']}\n"
        f"Category: {inputs['category']}\n\n"
        f"SANDPORT, March {index % 28 + 1}, 2021 - The mayor of Sandport, {person}, opened pier {index} on Monday.\n\n"
        f"{alone}{within}\n\n"
        f'"The words {inputs["quote"]} mean nothing to me," said {person}, the mayor of Sandport.\n\n'
        f"{long}\n\n"
        f"References\n"
        f"[1] The harbour {inputs['reference']}, 4 May 2016\n"
    )
    override: dict[str, object] = {}
    if index % 2:
        given = inputs["override"]
        override = {"title": given, "authors": [given, "Ola Brandt"], "outlet": given, "credit": given}
        override |= {"category": given, "url": f"https://sandport.example/?q={quote(given, safe=_IN_ADDRESSES)}"}
    name = inputs["file name"].replace("/", "\u2215").replace("\0", "").lstrip(".")
    name = name.encode("utf-8", "ignore")[:200].decode("utf-8", "ignore")
    return Seed(f"{name} {index}.txt", text, override, person, inputs)


def _flow(value: object) -> str:
    """`value` as YAML in ASCII."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    plain = (c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in str(value))
    return f'"{"".join(plain)}"'
