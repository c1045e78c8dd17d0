"""Organizations and places by the shape of their names: endings, heads, institutions of states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.context import Setting
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.rules import OfficeRules
from generator.annotate.mentions.shapes import find_shapes
from generator.annotate.mentions.tokens import Token
from generator.data import read_tree


@cache
def load_offices() -> OfficeRules:
    """The rules of the package's data file."""
    tree = read_tree("offices.yml")
    shared = {
        words.replace("’", "'"): (slug, str(row["name"]))
        for slug, row in tree["shared_institutions"].items()
        for words in row["words"]
    }
    pattern = "|".join(
        re.escape(words).replace("'", "['’]") for words in sorted(shared, key=lambda words: (-len(words), words))
    )
    contexts = {}
    for key, row in tree["in_context"].items():
        before = "|".join(re.escape(words) for words in row["before"])
        after = "|".join(re.escape(words) for words in row["after"])
        word = re.escape(row["word"])
        contexts[key] = (row["word"], re.compile(rf"(?:\b(?:{before}) {word}(?=[\s,.;:)'’]|$)|\b{word} (?:{after}))"))
    return OfficeRules(
        frozenset(tree["organization_heads"]),
        frozenset(head for head in tree["place_heads"] if " " not in head),
        frozenset(tree["organization_leads"]),
        frozenset(tree["portfolios"]),
        {words.lower(): words.count(" ") + 1 for words in tree["state_institutions"]},
        shared,
        re.compile(rf"\b(?:{pattern})\b"),
        re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE),
        contexts,
    )


def find_offices(passage: Passage, setting: Setting, lexicon: Lexicon, rules: OfficeRules) -> Iterator[Candidate]:
    """Candidates by pattern."""
    yield from _shared(passage, setting, rules)
    yield from _contexts(passage, rules)
    yield from _state(passage, lexicon, rules)
    if passage.titled or passage.shouted:
        return
    yield from find_shapes(passage, lexicon, rules)


def _state(passage: Passage, lexicon: Lexicon, rules: OfficeRules) -> Iterator[Candidate]:
    """Indian army, U.S. military, North Korean Embassy."""
    tokens = passage.tokens
    for index in range(len(tokens) - 1):
        if not tokens[index].capital:
            continue
        for width in (2, 1):
            if index + width >= len(tokens):
                continue
            adjective = f"{tokens[index].key} {tokens[index + 1].key}" if width == 2 else tokens[index].key
            country = lexicon.demonyms.get(adjective, "")
            if not country and width == 1 and tokens[index].text in ("U.S.", "US", "UK", "U.K.", "EU", "UN", "U.N."):
                country = {"us": "place:US", "uk": "place:GB"}.get(adjective, "")
            if (
                not country
                or not tokens[index].capital
                or tokens[index + width - 1].end != tokens[index + width - 1].full_end
            ):
                continue
            for length in (3, 2, 1):
                parts = tokens[index + width : index + width + length]
                if len(parts) < length or any(part.gap != " " for part in parts):
                    continue
                phrase = " ".join(part.full_key for part in parts)
                if rules.state.get(phrase) == length:
                    slug = phrase.replace("'", "").replace(" ", "-").replace("defence", "defense")
                    code = country.removeprefix("place:").lower()
                    if (
                        parts[-1].capital
                        and index + width + length < len(tokens)
                        and tokens[index + width + length].capital
                        and tokens[index + width + length].gap == " "
                    ):
                        break
                    end = parts[-1].full_end if phrase.endswith("'s") else parts[-1].end
                    name = f"{lexicon.names[country]}'s {_called(slug, parts)}"
                    yield Candidate(
                        tokens[index].start, end, "organization", "institution", Trust.FULL, 0.85,
                        key=f"org:{code}-{slug}", name=name,
                    )  # fmt: skip
                    break
            break


def _called(slug: str, parts: tuple[Token, ...]) -> str:
    return " ".join(part.text for part in parts) if parts[0].capital else slug.replace("-", " ")


def _shared(passage: Passage, setting: Setting, rules: OfficeRules) -> Iterator[Candidate]:
    """House of Representatives, presidential office: the context says whose."""
    previous: tuple[int, str, str] = (-1, "", "")
    pattern = rules.shouted_pattern if passage.shouted else rules.shared_pattern
    lowered = {words.lower(): row for words, row in rules.shared.items()} if passage.shouted else {}
    for match in reversed(list(pattern.finditer(passage.text))):
        words = match.group().replace("’", "'")
        slug, name = lowered[words.lower()] if passage.shouted else rules.shared[words]
        country = setting.country_of(passage, match.start(), match.end())
        part = previous[0] >= 0 and passage.text[match.end() : previous[0]] in (" of the ", " of ")
        if part and not country:
            country = previous[1]
        if match.group()[0].islower() and not country:
            continue
        key = f"org:{country.removeprefix('place:').lower()}-{slug}" if country else ""
        shown = f"{setting.lexicon.names[country]}'s {name}" if country else ""
        if part and previous[2]:
            shown = f"{name} of {previous[2]}"
        previous = (match.start(), country, shown)
        yield Candidate(
            match.start(),
            match.end(),
            "organization",
            "institution",
            Trust.FULL,
            0.88,
            key=key,
            name=shown,
            weak=not country,
        )


def _contexts(passage: Passage, rules: OfficeRules) -> Iterator[Candidate]:
    for key, (word, pattern) in rules.contexts.items():
        if word not in passage.text:
            continue
        for match in pattern.finditer(passage.text):
            at = (
                passage.text.index(word, match.start())
                if match.group().startswith(word)
                else match.start() + match.group().rindex(word)
            )
            yield Candidate(at, at + len(word), "organization", "in-context", Trust.FULL, 0.9, key=key)


def example_spans(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example of the data file as plain text and the stretches that stood in brackets."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]+\])", example):
        if part.startswith("["):
            spans.append((len(text), len(text) + len(part) - 2))
            text += part[1:-1]
        else:
            text += part
    return text, spans
