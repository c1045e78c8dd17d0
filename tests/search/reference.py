"""What a query means, in plain Python: every record is looked at, nothing is packed, sorted ahead or skipped.

The client in web/src/ answers from an index instead. The tests hold the two to equal answers.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.search.files import little_words
from generator.search.packing import order
from generator.search.records import ENTITY, KINDS, NAME_WEIGHT, Record, Records
from generator.search.words import Word, fold, name_key, words_of

ATOM = re.compile(
    r"\s*(-?)(?:([A-Za-z]+):(?:[\"“”]([^\"“”]*)[\"“”]?|([^\s\"“”]+))|[\"“”]([^\"“”]*)([\"“”]?)|([^\s\"“”]+))"
)
FIELDS = {
    "person": "person", "people": "person", "org": "organization", "organization": "organization", "place": "place",
    "source": "source", "lang": "lang", "language": "lang", "before": "before", "after": "after", "date": "date",
    "type": "type", "quality": "quality",
}  # fmt: skip
TYPES = {
    "articles": "article", "name": "entity", "names": "entity", "entities": "entity", "quotes": "quote",
    "events": "event", "people": "person", "persons": "person", "org": "organization", "orgs": "organization",
    "organizations": "organization", "places": "place",
}  # fmt: skip
K1, B = 1.2, 0.75

Scores = dict[int, float]
"""Number of each record that matches, to its score."""
Node = Callable[[int], Scores]


@dataclass(frozen=True)
class Group:
    node: Node
    filter: bool = False
    little: str = ""


@dataclass(frozen=True)
class Atom:
    kind: str
    text: str
    field: str = ""
    prefix: bool = False
    typed: bool = False


def parse(typed: str, *, typing: bool = False) -> tuple[list[list[Atom]], list[Atom]]:
    """Groups that all have to match, one atom of each, and atoms that may not match."""
    text = typed[:2000]
    groups: list[list[Atom]] = []
    excluded: list[Atom] = []
    alternative = False
    last: tuple[list[Atom], int] | None = None
    at = atoms = 0
    while match := ATOM.match(text, at):
        at = match.end()
        if match[7] == "OR" and not match[1]:
            alternative = bool(groups)
            continue
        atom = _atom(match)
        last = None
        if not atom:
            continue
        atoms += 1
        if atoms > 40:
            return groups, excluded
        if match[1]:
            excluded.append(atom)
        elif alternative:
            groups[-1].append(atom)
        else:
            groups.append([atom])
        alternative = False
        if atom.kind == "word" and not match[1]:
            last = (groups[-1], len(groups[-1]) - 1)
    if last and typing and len(typed) <= 2000 and re.search(r"\S$", text):
        group, place = last
        group[place] = Atom("word", group[place].text, prefix=group[place].prefix, typed=True)
    return groups, excluded


def _atom(match: re.Match[str]) -> Atom | None:
    if match[2]:
        value = (match[3] if match[3] is not None else match[4] or "").strip()
        known = FIELDS.get(match[2].lower())
        if known:
            return Atom("field", value, known) if value else None
        return _word_atom(f"{match[2]}:{value}")
    if match[5] is not None:
        return Atom("phrase", match[5]) if list(words_of(match[5])) else None
    return _word_atom(match[7])


def _word_atom(text: str) -> Atom | None:
    return Atom("word", text, prefix=text.endswith("*")) if list(words_of(text)) else None


@dataclass
class Text:
    """A record as the words of its passages, the places counted through with a gap of two between passages."""

    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    weights: Counter[str] = field(default_factory=Counter)
    words: int = 0


class Reference:
    """Answers queries over `records` by looking at each."""

    def __init__(self, records: Records, signal_names: Mapping[str, str], languages: Mapping[str, str]) -> None:
        self.records = records.kinds
        self.about = [about.mappings(len(those)) for about, those in zip(records.about, records.kinds, strict=True)]
        self.signal_names = signal_names
        self.languages = languages
        self.surfaces: dict[str, str] = {}
        self.little = little_words({code for those in self.records for one in those for code in one.languages})
        self.texts = [[self._text(kind, record) for record in those] for kind, those in enumerate(self.records)]
        self.counts = Counter(term for those in self.texts for text in those for term in text.places)
        articles = self.texts[0]
        self.mean = sum(text.words for text in articles) / len(articles) if articles else 0

    def answer(self, typed: str, *, typing: bool = False, by_date: bool = False) -> list[list[tuple[int, float]]]:
        """Record numbers and scores of each kind, best first."""
        groups, excluded = parse(typed, typing=typing)
        nodes = self._groups(groups)
        out = [self._atom(atom, excluded=True) for atom in excluded]
        searching = [group for group in nodes if not group.filter]
        found = self._found(nodes, out, len(searching), by_date=by_date)
        if len(searching) > 1 and not any(found):
            telling = [group for group in searching if not group.little]
            if telling and len(telling) < len(searching):
                nodes, searching = [group for group in nodes if not group.little], telling
                found = self._found(nodes, out, len(searching), by_date=by_date)
            if len(searching) > 1 and not any(found):
                found = self._found(nodes, out, math.ceil(len(searching) / 2), by_date=by_date)
        return found

    def _found(self, nodes: list[Group], out: list[Node], need: int, *, by_date: bool) -> list[list[tuple[int, float]]]:
        answer: list[list[tuple[int, float]]] = []
        for kind in range(len(KINDS)):
            wanted = [group.node(kind) for group in nodes if not group.filter]
            narrowed = [group.node(kind) for group in nodes if group.filter]
            refused = [node(kind) for node in out]
            rows: list[tuple[int, float]] = []
            size = len(self.records[kind])
            for number in range(size):
                score = sum(scores.get(number, 0.0) for scores in wanted)
                if kind == ENTITY and need > 0 and score > 0:
                    score += 0.4 * math.log(1 + size / (1 + number))
                if (
                    sum(number in scores for scores in wanted) >= need
                    and all(number in scores for scores in narrowed)
                    and not any(number in scores for scores in refused)
                ):
                    rows.append((number, score))
            later = 1 if kind == ENTITY else -1
            rows.sort(key=lambda row: (0 if by_date else -row[1], later * row[0]))
            answer.append(rows)
        return answer

    def _text(self, kind: int, record: Record) -> Text:
        text = Text()
        place = 0
        for passage in record.passages:
            for word in words_of(passage.text):
                text.places[word.term].append(place)
                text.weights[word.term] += passage.weight
                self.surfaces[word.folded] = word.term
                place += 1
                text.words += 1
            place += 2
        if kind == ENTITY:
            for term, weight in text.weights.items():
                text.weights[term] = 1 if weight < NAME_WEIGHT else weight
        return text

    def _groups(self, groups: list[list[Atom]]) -> list[Group]:
        done: list[Group] = []
        at = 0
        while at < len(groups):
            length, name = self._name(groups, at)
            nodes = [self._neighboured(groups, at + step) for step in range(length)]
            if name:
                done.append(Group(self._named(name, [group.node for group in nodes])))
            else:
                done.extend(nodes)
            at += length
        return done

    def _name(self, groups: list[list[Atom]], at: int) -> tuple[int, str]:
        words: list[str] = []
        for number, group in enumerate(groups[at : at + 6]):
            atom = group[0]
            if len(group) > 1 or atom.kind == "field" or (atom.kind == "word" and atom.prefix):
                break
            if atom.kind == "phrase" and number:
                break
            words.append(name_key(atom.text))
            if atom.kind == "phrase":
                break
        for length in range(len(words), 0, -1):
            key = " ".join(words[:length])
            if any(key == name_key(name) for record in self.records[ENTITY] for name in record.names):
                return length, key
        return 1, ""

    def _neighboured(self, groups: list[list[Atom]], at: int) -> Group:
        group = self._group(groups[at])
        joined = [
            self._joined(groups[first], groups[first + 1]) for first in (at - 1, at) if 0 <= first < len(groups) - 1
        ]
        others = [(node, 0.5) for node in joined if node]
        return Group(_best([(group.node, 1), *others]), group.filter, group.little) if others else group

    def _joined(self, one: list[Atom], other: list[Atom]) -> Node | None:
        left, right = _single_word(one), _single_word(other)
        if not left or not right or left in self.little or right in self.little:
            return None
        if re.search("[0-9]", left + right):
            fit = bool(re.fullmatch("[0-9]{1,3}", left) and re.fullmatch("[0-9]{3}", right))
        else:
            fit = (len(left) > 2 and len(right) > 2) or (len(left) == len(right) == 1)
        return self._whole(left + right) if fit else None

    def _whole(self, folded: str) -> Node | None:
        term = self.surfaces.get(folded)
        return (lambda kind: self._term(kind, term)) if term else None

    def _group(self, atoms: list[Atom]) -> Group:
        nodes = [self._atom(atom, excluded=False) for atom in atoms]

        def either(kind: int) -> Scores:
            scores: Scores = defaultdict(float)
            for node in nodes:
                for number, score in node(kind).items():
                    scores[number] += score
            return scores

        word = _single_word(atoms)
        return Group(either, all(atom.kind == "field" for atom in atoms), word if word in self.little else "")

    def _atom(self, atom: Atom, *, excluded: bool) -> Node:
        if atom.kind == "field":
            return lambda kind: {
                number: 0.0
                for number, record in enumerate(self.records[kind])
                if self._holds(kind, number, record, atom)
            }
        words = placed(atom.text)
        first, last = words[0][0], words[-1][0]
        if atom.kind == "phrase" and len(words) == 1:
            return self._word(first, is_open=_single(first), forgiving=False, weight=1)
        is_open = atom.kind == "word" and (atom.prefix or atom.typed) and not _pair(last)
        if atom.kind == "word" and len(words) == 1:
            single = _single(last)
            ways = [] if excluded else self._partings(last, atom.text[last.start : last.end])
            return self._word(
                last, is_open=is_open or single, forgiving=not excluded, weight=1 if single else 0.6, ways=ways
            )
        if is_open:
            parts = _every(
                [
                    self._word(word, is_open=place == len(words) - 1, forgiving=not excluded, weight=0.6)
                    for place, (word, _) in enumerate(words)
                ]
            )
        else:
            parts = self._phrase(words)
        if atom.kind == "phrase" or excluded or any(_pair(word) for word, _ in words):
            return parts
        whole = self._whole("".join(word.folded for word, _ in words))
        return _best([(parts, 1), (whole, 1)]) if whole else parts

    def _partings(self, word: Word, surface: str) -> list[list[str]]:
        if "." in surface:
            return [list(word.folded)]
        if _pair(word) or re.search("[0-9]", word.folded):
            return []
        ways = [[word.folded[:at], word.folded[at:]] for at in range(3, len(word.folded) - 2)]
        return [parts for parts in ways if not self.little.intersection(parts)]

    def _apart(self, ways: list[list[str]]) -> list[Node]:
        known = [parts for parts in ways if all(part in self.surfaces for part in parts)][:3]
        nodes = [self._phrase(placed(" ".join(parts))) for parts in known]
        return [node for node in nodes if any(node(kind) for kind in range(len(KINDS)))]

    def _word(
        self, word: Word, *, is_open: bool, forgiving: bool, weight: float, ways: Sequence[list[str]] = ()
    ) -> Node:
        terms: dict[str, float] = {word.term: 1.0} if word.term in self.counts else {}
        if is_open:
            terms |= dict.fromkeys(self._beginnings(word.folded, word.term), weight)
        apart = [] if is_open and terms else self._apart(list(ways))
        if not terms and forgiving and not apart:
            close: list[str] = []
            if len(word.folded) >= 5 and not _pair(word) and not re.search(r"\d", word.folded):
                close = [one for one in self.surfaces if _correctable(one) and distance(one, word.folded) == 1]
            if close:
                terms = dict.fromkeys(self._ranked({self.surfaces[one] for one in close}, 8), 0.5)
            elif len(word.folded) > 2 and not is_open:
                terms = dict.fromkeys(self._beginnings(word.folded, ""), 0.6)

        def scores(kind: int) -> Scores:
            found: Scores = {}
            for term, worth in terms.items():
                for number, score in self._term(kind, term).items():
                    found[number] = max(found.get(number, 0.0), worth * score)
            return found

        return _best([(scores, 1), *((node, 1) for node in apart)])

    def _beginnings(self, folded: str, exact: str) -> list[str]:
        if len(folded) < 2 and not _pair(next(words_of(folded))):
            return []
        terms = {term for surface, term in self.surfaces.items() if surface.startswith(folded) and term != exact}
        return self._ranked(terms, 40)

    def _ranked(self, terms: Iterable[str], most: int) -> list[str]:
        return sorted(terms, key=lambda term: (-self.counts[term], order(term)))[:most]

    def _term(self, kind: int, term: str) -> Scores:
        held = {number: text for number, text in enumerate(self.texts[kind]) if term in text.places}
        rarity = rareness(len(self.texts[kind]), len(held))
        return {number: rarity * self._worth(kind, text, text.weights[term]) for number, text in held.items()}

    def _worth(self, kind: int, text: Text, weight: int) -> float:
        length = 1 - B + B * text.words / self.mean if kind == 0 else 1.0
        return weight * (K1 + 1) / (weight + K1 * length)

    def _phrase(self, words: list[tuple[Word, int]]) -> Node:
        def scores(kind: int) -> Scores:
            found: Scores = {}
            each = [self._term(kind, word.term) for word, _ in words]
            for number, text in enumerate(self.texts[kind]):
                starts = (place - words[0][1] for place in text.places.get(words[0][0].term, ()))
                if any(
                    all(start + offset in text.places.get(word.term, ()) for word, offset in words) for start in starts
                ):
                    found[number] = 1.25 * sum(one[number] for one in each)
            return found

        return scores

    def _named(self, key: str, nodes: list[Node]) -> Node:
        entities = [
            number
            for number, record in enumerate(self.records[ENTITY])
            if any(key == name_key(name) for name in record.names)
        ][:8]
        together = _every(nodes)

        def scores(kind: int) -> Scores:
            found = together(kind)
            if kind == ENTITY:
                return found | {number: found.get(number, 0.0) + 20 for number in entities}
            bonus: Scores = {}
            for entity in entities:
                held = {number: about[entity] for number, about in enumerate(self.about[kind]) if entity in about}
                rarity = rareness(len(self.records[kind]), len(held))
                for number, weight in held.items():
                    worth = 1.5 * rarity * weight * (K1 + 1) / (weight + K1)
                    bonus[number] = max(bonus.get(number, 0.0), worth)
            return {number: found.get(number, 0.0) + bonus.get(number, 0.0) for number in {*found, *bonus}}

        return scores

    def _holds(self, kind: int, number: int, record: Record, atom: Atom) -> bool:
        value = atom.text
        asked = [word.folded for word in words_of(value)]
        if atom.field == "type":
            wanted = TYPES.get(fold(value), fold(value))
            return KINDS[kind] == wanted or (kind == ENTITY and record.type == wanted and wanted != "event")
        if atom.field in ("person", "organization", "place"):
            named = self._called(atom.field, value)
            return number in named if kind == ENTITY else bool(named & self.about[kind][number].keys())
        if kind == ENTITY:
            return False
        if atom.field == "source":
            return bool(asked) and any(set(asked) <= {w.folded for w in words_of(one)} for one in record.sources)
        if atom.field == "quality":
            names = [
                one
                for signal in record.signals
                for one in (signal, self.signal_names.get(signal, signal.replace("-", " ")))
            ]
            return kind == 0 and bool(asked) and any(set(asked) <= {w.folded for w in words_of(one)} for one in names)
        if atom.field == "lang":
            return any(
                fold(code) == fold(value) or fold(self.languages.get(code, code)).startswith(fold(value))
                for code in record.languages
            )
        days = days_of(value)
        if not days:
            return False
        if atom.field == "before":
            return record.last < days[0]
        if atom.field == "after":
            return record.first > days[1]
        return days[0] <= record.first and record.last <= days[1]

    def _called(self, kind: str, value: str) -> set[int]:
        those = [(number, record) for number, record in enumerate(self.records[ENTITY]) if record.type == kind]
        key = name_key(value)
        whole = [number for number, record in those if any(name_key(name) == key for name in record.names)]
        if whole or not key:
            return set(whole[:60])
        terms = [word.term for word in words_of(value)]
        texts = self.texts[ENTITY]
        return set([n for n, _ in those if all(texts[n].weights.get(term, 0) >= NAME_WEIGHT for term in terms)][:60])


def placed(text: str) -> list[tuple[Word, int]]:
    """The words of a phrase with their places; without the last character of each run of pairs."""
    words = list(words_of(text))
    return [
        (word, place)
        for place, word in enumerate(words)
        if not (place and _pair(word) and _pair(words[place - 1]) and words[place - 1].end == word.end)
    ]


def days_of(value: str) -> tuple[int, int] | None:
    """The first and last day of a date as typed."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", value.strip())
    try:
        if not match:
            return None
        year, month = int(match[1]), int(match[2] or 1)
        if match[3]:
            day = date(year, month, int(match[3])).toordinal()
            return day, day
        low = date(year, month, 1).toordinal()
        if match[2]:
            return low, (date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1
        return low, date(year, 12, 31).toordinal()
    except ValueError:
        return None


def distance(one: str, other: str) -> int:
    """Letters more, less, other or swapped with their neighbour between two words (optimal string alignment)."""
    rows = [[max(i, j) if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def _single_word(atoms: list[Atom]) -> str:
    if len(atoms) > 1 or atoms[0].kind != "word" or atoms[0].prefix:
        return ""
    words = list(words_of(atoms[0].text))
    return words[0].folded if len(words) == 1 and not _pair(words[0]) else ""


def _best(nodes: Iterable[tuple[Node, float]]) -> Node:
    """Whatever one of the nodes finds, by the best of them."""
    held = list(nodes)

    def scores(kind: int) -> Scores:
        found: Scores = {}
        for node, weight in held:
            for number, score in node(kind).items():
                found[number] = max(found.get(number, 0.0), weight * score)
        return found

    return scores


def rareness(everything: int, found: int) -> float:
    """The weight of a term by in how few records it is."""
    return math.log(1 + (everything - found + 0.5) / (found + 0.5))


def _every(nodes: list[Node]) -> Node:
    def scores(kind: int) -> Scores:
        each = [node(kind) for node in nodes]
        numbers = set(each[0]).intersection(*each[1:])
        return {number: sum(one[number] for one in each) for number in numbers}

    return scores


def _pair(word: Word) -> bool:
    # Letters and figures stand for themselves; what is left are the scripts that are cut into pairs.
    return bool(
        re.match(
            r"[\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff]",
            word.folded,
        )
    )


def _single(word: Word) -> bool:
    return _pair(word) and len(word.folded) == 1


def _correctable(surface: str) -> bool:
    return len(surface) >= 4 and not re.search(r"[0-9=]", surface)
