"""From clusters to entities: the name shown, the other names with counts, what it is, its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter

from generator.corpus.resolve.gazetteer import Known, body_of
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.local import Local
from generator.corpus.resolve.names import NameReader, fold
from generator.corpus.resolve.nodes import Knowledge, Node
from generator.corpus.resolve.orgs import acronym
from generator.corpus.wording import listed
from generator.hangul import is_hangul_name, romanize_name
from generator.lazy.named import Register
from generator.model import Alias, Entity, EntityType, Judgement

_BEARERS = 5
"""Well-known bearers of a surname that are named: a longer list tells nothing."""
_SMALL = frozenset({"de", "da", "del", "van", "von", "der", "al", "el", "bin", "ibn", "of", "the", "and", "for"})


def displayed(name: str) -> str:
    """A name as it is shown: Korean names in Hangul romanised, capitals throughout set in mixed case."""
    if is_hangul_name(name.replace(" ", "")):
        return romanize_name(name)
    if " " in name and name.isupper() and len(name) > 4:
        words = [word if "." in word else word.capitalize() for word in name.split(" ")]
        return " ".join(word.lower() if at and word.lower() in _SMALL else word for at, word in enumerate(words))
    return name


def canonical_name(nodes: Sequence[Node], known: Known | None, reader: NameReader, lexicon: Lexicon) -> str:
    """The gazetteer's name; else the most frequent full form, in its best spelling."""
    if known:
        return known.name
    every: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    for node in nodes:
        every.update(node.names())
        for local in node.locals:
            for name in local.weak_names:
                weak[name] += local.names.get(name, 0)
    strong = Counter({name: count for name, count in every.items() if count > weak[name]}) if weak else every
    for name in weak.keys() & strong.keys():
        strong[name] -= weak[name]
    person = nodes[0].type == "person"
    if not strong and person:
        title = nodes[0].locals[0].title
        surname = max(every, key=lambda name: (every[name], name))
        return surname if not title or surname.lower().startswith(title.lower()) else f"{title} {surname}"
    if not person:
        long = Counter({name: count for name, count in strong.items() if not acronym(name, lexicon)})
        strong = long or strong
    groups: dict[str, Counter[str]] = {}
    for name, count in (strong or every).items():
        compact = reader.read(name).compact if person else fold(name).replace(" ", "")
        groups.setdefault(compact, Counter())[name] += count
    _, spellings = max(groups.items(), key=lambda pair: (sum(pair[1].values()), len(pair[0]), pair[0]))
    best = max(spellings, key=lambda name: (not name.isupper(), not name.isascii(), spellings[name], len(name), name))
    shown = displayed(best)
    if person:
        read = reader.read(shown)
        if read.title and shown.lower().startswith(read.title.split()[0]):
            shown = " ".join(shown.split()[len(read.title.split()) :])
    elif shown.startswith("The ") and nodes[0].type == "organization" and fold(shown[4:]).replace(" ", "") in groups:
        shown = shown[4:]
    return shown


def aliases_of(locals_: Sequence[Local], name: str) -> tuple[Alias, ...]:
    """Every way the texts name the thing, as written, most frequent first, with articles and the reason.

    `locals_` are in order of their articles.
    """
    counts: dict[str, int] = {}
    found: dict[str, list[str]] = {}
    reasons: dict[str, str] = {}
    weak: dict[str, bool] = {}
    for local in locals_:
        article = local.article
        for written, label, count in _forms(local):
            if written not in counts:
                counts[written], found[written] = 0, []
                reasons[written], weak[written] = local.reasons[label], True
            counts[written] += count
            articles = found[written]
            if not articles or articles[-1] != article:
                articles.append(article)
            if weak[written]:
                weak[written] = label in local.weak_names or label.endswith(f" {written}")
    return tuple(
        Alias(alias, counts[alias], tuple(found[alias]), reasons[alias], weak[alias] and alias != name)
        for alias in sorted(counts, key=lambda alias: (-counts[alias], alias))
    )


def _forms(local: Local) -> Iterable[tuple[str, str, int]]:
    """How a document writes a thing, the name that this was counted under, and how many mentions that are."""
    if not local.written and len(local.names) == 1:
        ((name, count),) = local.names.items()
        return ((name, name, count),)
    if not local.labels:
        ((name, _),) = local.names.items()
        return [(local.written.get(index, name), name, 1) for index in local.mentions]
    return [(local.written.get(index, label), label, 1) for index, label in local.labels.items()]


def description_of(
    locals_: Sequence[Local], known: Known | None, knowledge: Knowledge, register: Register
) -> tuple[str, str]:
    """What it is, and where that is from: the gazetteer, an apposition in a text, or a title before the name.

    The gazetteer goes first: texts say of the well known what somebody thinks of them as often as what they are.
    """
    if known and known.role:
        office = known.role.split(";")[0].strip()
        # An office of a body or of a former state is whole; any other is held in the country.
        country = "" if body_of(office) else knowledge.gazetteer.country_names.get(known.country, "")
        return (f"Known as: {office} ({country})" if country else f"Known as: {office}"), "gazetteer of public persons"
    for local in locals_:
        if local.description:
            return local.description, _place(local.article, local.description_at, register, "apposition")
    for local in locals_:
        if local.title:
            return _written_out(local.title, knowledge.lexicon), _place(
                local.article, local.mentions[0], register, "title before the name"
            )
    first = locals_[0]
    if first.type == "person" and not first.full and first.person:
        bearers = knowledge.gazetteer.surnames.get(first.person.compact, ())[:_BEARERS]
        if bearers:
            names = listed([bearer.known.name for bearer in bearers])
            return f"Named by surname only; well-known people called so: {names}", "gazetteer of public persons"
    return "", ""


def build_entity(
    nodes: Sequence[Node], judgements: Sequence[Judgement], register: Register, knowledge: Knowledge
) -> Entity:
    """One entity of the nodes of a cluster (heaviest first), its id, slug and mentions still empty.

    `register` has the mentions of all articles.
    """
    key = next((node.key for node in nodes if node.key), "")
    known = knowledge.gazetteer.rows.get(key)
    locals_ = sorted((local for node in nodes for local in node.locals), key=attrgetter("article"))
    name = canonical_name(nodes, known, knowledge.reader, knowledge.lexicon)
    description, basis = description_of(locals_, known, knowledge, register)
    kind: EntityType = nodes[0].type
    country = known.country if known and kind == "place" else ""
    return Entity(
        id="",
        type=kind,
        name=name,
        slug="",
        aliases=aliases_of(locals_, name),
        mentions=(),
        description=description,
        description_basis=basis,
        wikidata=known.wikidata if known else "",
        country=country,
        latitude=known.latitude if known else None,
        longitude=known.longitude if known else None,
        key=key,
        judgements=tuple(judgements),
    )


def _written_out(title: str, lexicon: Lexicon) -> str:
    """A title without its abbreviations: `Lt. Gen.` becomes `lieutenant general`."""
    return " ".join(lexicon.titles.get(word.lower().rstrip("."), word) for word in title.split())


def _place(article: str, index: int, register: Register, what: str) -> str:
    paragraph = register.paragraph(article, index)
    return f"{what}, {article}" + (f"#p{paragraph}" if paragraph else "")
