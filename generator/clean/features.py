"""What a line looks like beside its neighbours: the features by which furniture of a page is told from article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.clean.lines import folded
from generator.data import read_rows, read_tree

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[©ⓒ]")
_SENTENCE = re.compile(r"[.!?。！？…]['\"”’」』»)\]]{0,3}$")
_SPOKEN = re.compile(r"[“”\"„«»「」『』]|^['‘]|^[—–-] ?\w")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NOT_LATIN = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b.{0,3}(?:[-/.年년]|$)|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b"
    r"|\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|a[uo][gû]|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|janv|f[eé]vr|juin|juil|ao[uû]t|d[ée]c)"
    r"[a-zé]{0,8}\.?,? \d{1,4}\b|\b\d{1,2}(?:st|nd|rd|th|er)?\.? (?:of |de )?"
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|a[uo][gû]|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|f[eé]vr|d[ée]c)[a-zéû]{0,8}\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_BYLINE = re.compile(
    r"(?:by|by:|von|por|par|di|door|written by|words by|story by|text by|author:?|reporter) \w"
    r"|.{0,40}(?:기자|記者|记者)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|\bwww\.|\b[\w-]{2,30}\.(?:com|org|net|co|example|info|news)\b", re.IGNORECASE)
_MAIL = re.compile(r"\S@\S|^@\w|\s@\w")
_PHONE = re.compile(r"\+?\(?\d{2,4}\)?[ -]\d{2,4}[ -]\d{2,5}")
_MARK = re.compile(r" [|·•∙/›»>] |[|›»«‹→←▶►▼▲↑↓⇒]|^[+#@]|::")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_COUNTED = re.compile(
    r"\(?\d[\d.,]{0,8}\s?[kKmM]?\)?\s+[^\W\d_]{2,14}$|^[^\W\d_]{2,14}[: ]\s?\(?\d[\d.,]{0,8}[kKmM]?\)?$"
)
_BRACKETED = re.compile(r"[(\[（【][^()\[\]（）【】]{1,80}[)\]）】]\.?$")
_LABEL = re.compile(r"[^.:!?\"“]{2,40}[:：]\s?\S")
_BULLET = re.compile(r"[-*•·●○▪◦‣■□◆◇]\s|\(?\d{1,2}[.)]\s")
_SPEAKER = re.compile(
    r"[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{1,30}(?:, [A-ZÀ-Ý ]{2,20})?:|Q[.:]|A[.:]|[A-Z][\w.’-]{1,15}(?: [A-Z][\w.’-]{1,15}){0,2}: \S"
)
_LOCATED = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{2,30},? ?(?:\([^()]{2,30}\)|[A-Z][a-z]+\.? \d|[—–-])")
_BIO = re.compile(
    r"\b(?:is|was) (?:a|an|the|our) (?:[\w'’-]{1,20} ){0,4}(?:writer|reporter|journalist|editor|columnist|"
    r"correspondent|author|professor|lecturer|researcher|fellow|contributor|producer|photographer|novelist|historian|blogger)\b"
    r"|^(?:he|she|they|(?!The |This |That |It )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) covers? \w|"
    r"\bhas (?:covered|reported|written)\b|\bcan be reached\b|\b(?:follow|reach|contact|email) (?:him|her|them)\b"
    r"|\bbased in\b"
)
_CREDITED = re.compile(
    r"(?:photos?|pictures?|images?|fotos?|bild|video|illustration|graphic|courtesy|supplied|credit|file|photograph|handout)"
    r"(?: ?[:/=|(]| by | courtesy|\)?$)|[(\[|—–-] ?[^()\[\]|]{2,50}/[^()\[\]|]{2,40}[)\]]?$",
    re.IGNORECASE,
)
# Pictures are told of in the present tense and by where who stands in them.
_PICTURED = re.compile(
    r"\bpictured\b|\b(?:from|at|far|top|bottom) (?:the )?(?:left|right)\b|[,(] ?(?:left|right|cent(?:er|re))\b[,)]?"
    r"|\b(?:is|are) seen\b|\bin this (?:\w+ )?(?:photo|picture|image|photograph|grab)\b"
    r"|^this (?:\w+ )?(?:photo|picture|image|photograph|grab)\b|\bfile (?:photo|picture|image)\b"
    r"|\bseen (?:here|in|from|on|through)\b|^an? (?:aerial |general |file )?view of\b|\bimpression of\b",
    re.IGNORECASE,
)
_POSES = re.compile(
    r"^(?:[\w.,’'-]{1,25} ){1,9}?(?:stands?|sits?|looks?|lines? up|walks?|holds?|waits?|poses?|hangs?|shows?|runs?|"
    r"takes?|gathers?|works?|watch(?:es)?|carr(?:y|ies)|celebrates?|speaks?|arrives?|attends?|lifts?|plays?|checks?|"
    r"sorts?|rides?|pass(?:es)?|cross(?:es)?|leaves?|joins?|prepares?|greets?|waves?|unloads?|queues?|stacks?|paints?|"
    r"inspects?|\w{3,12}ing) (?:an?|the|up|in|on|at|for|over|outside|near|by|past|through|during|after|before|with|to|"
    r"across|along|around|under)\b"
)
_PRICED = re.compile(
    r"(?:[$£€₹]|\brs\.? ?)\d|\b\d{1,2} ?% (?:off|discount)"
    r"|\b(?:sale|on sale|half price|per month|a month|/month|18\+)(?=\W|$)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\bmay not be\b|\ball rights\b|\bwithout (?:\w+ ){0,3}(?:permission|consent)\b|\bprohibited\b|\bresponsible for\b"
    r"|\bdo(?:es)? not (?:necessarily )?(?:reflect|represent|constitute)\b|\bconstitutes?\b|\bagree to\b"
    r"|\bis mandatory\b"
    r"|\bthis (?:article|story|content|site|website|page|material|post|video|text|email)\b",
    re.IGNORECASE,
)
_TICKER = re.compile(r"[+-]\d[\d.,]*\s?%|\b\d{1,3}(?:,\d{3})*\.\d\d\b")
_CITED = re.compile(
    r"\[\d{1,2}\]\s|.{0,20}[<＜〈《][^<>＜＞〈〉《》]{6,}[>＞〉》]|(?:see|related|참고|참조)[:：] ?\S", re.IGNORECASE
)
_SENTENCES = re.compile(r"[a-zà-ÿ]{3}[.!?][”\"’]? [A-ZÀ-Ý]")
_GLUED = re.compile(r"[a-zà-ÿ]{3}[A-Z][a-zà-ÿ]{2,}")
_AGO = re.compile(r"\b\d{1,2} ?(?:m|h|d|hrs?|hours?|mins?|minutes?|days?|weeks?|months?) ago\b", re.IGNORECASE)
# Sentences of an article are longer than this as a rule; it is the length the describing stage counts as prose too.
_PROSE = 60
# Words beyond this tell nothing new, and long lines would cost.
_READ = 400


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word groups by name; `spelt` for scripts that part words with spaces, `parts` for the others."""

    spelt: dict[str, tuple[str, ...]]
    """Word to the groups that it belongs to."""
    parts: tuple[tuple[str, str], ...]
    """Part of a word, and its group."""
    given: frozenset[str]
    """Given names, in lower case."""
    joining: frozenset[str]
    telling: frozenset[str]
    citing: frozenset[str]
    """Headings over references."""


@cache
def load_vocabulary() -> Vocabulary:
    """The word groups of the package. The result is immutable."""
    tree = read_tree("furniture.yml")
    spelt: dict[str, tuple[str, ...]] = {}
    parts: list[tuple[str, str]] = []
    for name, group in tree["groups"].items():
        for word in dict.fromkeys(map(str, group["words"])):
            if _CJK.search(word):
                parts.append((word, name))
            else:
                spelt[word] = (*spelt.get(word, ()), name)
    return Vocabulary(
        spelt,
        tuple(parts),
        frozenset(row["name"] for row in read_rows("given-names.csv")),
        frozenset(map(str, tree["function_words"])),
        frozenset(map(str, tree["report_verbs"])),
        frozenset(map(str, tree["citing"])),
    )


@dataclass(frozen=True, slots=True)
class Look:
    """One line by itself: its features, and what its neighbours need to know of it."""

    own: dict[str, float]
    prose: bool
    short: bool
    site: float
    """The share of its words that belong to pages rather than to articles."""
    text: str
    """What is read of it, white space folded."""
    names: frozenset[str]
    """Capitalised words that are none of a page's, in lower case."""
    topics: frozenset[str]
    """Words, in lower case, that neither join a sentence nor belong to pages."""


def look(text: str) -> Look:
    """The features that `text`, a line trimmed at both ends, has by itself."""
    vocabulary = load_vocabulary()
    words = folded(text[:_READ])
    tokens = _TOKEN.findall(words)
    lower = [token.lower().replace("’", "'") for token in tokens]
    cjk = len(_CJK.findall(words))
    count = len(tokens) if cjk * 3 < len(words) else max(cjk // 3, 1)
    sentence = bool(_SENTENCE.search(words[-8:])) or len(text) > _READ
    prose = len(text) > 260 or (sentence and (len(text) >= _PROSE or (cjk > 20 and cjk * 3 > len(words))))
    own: dict[str, float] = {"bias": 1.0, _size(count): 1.0}
    hits: dict[str, int] = {}
    for token in lower:
        for group in vocabulary.spelt.get(token, ()):
            hits[group] = hits.get(group, 0) + 1
    if _NOT_LATIN.search(words):
        for part, group in vocabulary.parts:
            if part in words:
                hits[group] = hits.get(group, 0) + 2
    total = sum(hits.values())
    for group, number in hits.items():
        own[f"has-{group}"] = 1.0
        own[f"share-{group}"] = min(number / max(count, 1), 1.0)
    site = min(sum(number for group, number in hits.items() if group != "reader") / max(count, 1), 1.0)
    own["site-share"] = site
    own["site-words"] = min(total, 6) / 6
    own["groups"] = min(len(hits), 5) / 5
    for group in vocabulary.spelt.get(lower[0], ()) if lower else ():
        own[f"first-{group}"] = 1.0
    joining = sum(token in vocabulary.joining for token in lower) / max(count, 1)
    telling = sum(token in vocabulary.telling or (len(token) > 4 and token.endswith("ed")) for token in lower)
    own["joining"] = min(joining, 0.5) * 2
    own["no-joining"] = float(joining == 0 and not cjk)
    own["telling"] = min(telling, 3) / 3
    own["sentence" if sentence else "no-stop"] = 1.0
    for name, found in (
        ("prose", prose),
        ("spoken", _SPOKEN.search(words) is not None),
        ("question", words.endswith(("?", "？"))),
        ("exclaimed", words.endswith("!")),
        ("dots", words.endswith(("...", "…"))),
        ("colon", words.endswith((":", "："))),
        # An item of a list that is one sentence: pages do not write so.
        ("semicolon", words.endswith(("; and", "; or", ";", "；")) and not sentence),
        ("date", _DATE.search(words) is not None and not prose),
        ("clock", _CLOCK.search(words) is not None and not prose),
        ("byline", _BYLINE.match(words) is not None),
        ("address", _ADDRESS.search(words) is not None),
        ("mail", _MAIL.search(words) is not None),
        ("phone", _PHONE.search(words) is not None),
        ("mark", _MARK.search(words) is not None),
        ("emoji", _EMOJI.search(words) is not None),
        ("counted", _COUNTED.search(words) is not None),
        ("bracketed", _BRACKETED.match(words) is not None),
        ("label", _LABEL.match(words) is not None),
        ("bullet", _BULLET.match(words) is not None),
        ("speaker", _SPEAKER.match(words) is not None),
        ("bio", _BIO.search(words) is not None),
        ("credited", _CREDITED.search(words) is not None),
        ("pictured", _PICTURED.search(words) is not None),
        ("poses", len(words) < 260 and not telling and _POSES.search(words) is not None),
        ("priced", not prose and _PRICED.search(words) is not None),
        ("notice", _NOTICE.search(words) is not None),
        ("ticker", _TICKER.search(words) is not None and not prose),
        ("ago", _AGO.search(words) is not None and len(words) < 60),
        ("glued", _GLUED.search(words) is not None),
        ("reader-unspoken", "reader" in hits and not _SPOKEN.search(words)),
        ("asks", bool(lower) and "action" in vocabulary.spelt.get(lower[0], ())),
        ("asks-reader", "reader" in hits and "action" in hits and not _SPOKEN.search(words)),
        ("cites", words.casefold().rstrip(" :：") in vocabulary.citing or _CITED.match(words) is not None),
        ("cells", "\t" in text),
        ("located", _LOCATED.match(words) is not None),
        ("figures", not tokens),
        ("small-start", words[:1].islower()),
        ("capitals", len(tokens) >= 1 and words.isupper()),
        ("cjk", cjk > 0),
    ):
        if found:
            own[name] = 1.0
    if lower and lower[0] in vocabulary.given and tokens[0][0].isupper() and not sentence and count <= 8:
        own["given-name"] = 1.0
    longer = [token for token in tokens if len(token) > 3]
    if longer:
        capital = sum(token[0].isupper() for token in longer) / len(longer)
        own["capital-share"] = capital
        if capital == 1.0 and not words.isupper() and 2 <= len(tokens) <= 4 and not total and "no-joining" in own:
            own["name-like"] = 1.0
    own["digits"] = min(sum(map(str.isdigit, words)) / max(len(words), 1), 1.0)
    short = not sentence and count <= 14 and not _SENTENCES.search(words)
    topics = frozenset(
        word for word in lower if len(word) > 3 and word not in vocabulary.joining and word not in vocabulary.spelt
    )
    names = frozenset(token.lower().replace("’", "'") for token in tokens if token[0].isupper()) & topics
    return Look(own, prose, short, site, words, names, topics)


def around(
    looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], doubted: Sequence[bool]
) -> list[dict[str, float]]:
    """The features that each line has by its place.

    `gaps` says whether a blank line stands before each line; `removed` which lines a rule took already; `doubted`
    which ones do not bound the article, since they are hardly part of it.
    """
    count = len(looks)
    prose = [
        index
        for index, seen in enumerate(looks)
        if seen.prose and not removed[index] and not doubted[index] and not _appeals(seen)
    ]
    first, last = (prose[0], prose[-1]) if prose else (count, -1)
    runs = _runs(looks)
    groups = _groups(gaps)
    seen_before: set[str] = set()
    placed: list[dict[str, float]] = []
    for index, seen in enumerate(looks):
        short = seen.short
        low, high = runs[index]
        before, after = index > 0, index + 1 < count
        gap_after = not after or gaps[index + 1]
        zone = "head" if index < first else "tail" if index > last else "middle"
        place = {f"in-{zone}": 1.0}
        length = high - low
        nearby = [at for at in range(max(index - 3, 0), min(index + 4, count)) if at != index]
        place["removed-near"] = sum(removed[at] for at in nearby) / 6
        place["site-near"] = sum(looks[at].site for at in nearby) / 6
        if before and removed[index - 1]:
            place["after-removed"] = 1.0
        if after and removed[index + 1]:
            place["before-removed"] = 1.0
        if before and after and removed[index - 1] and removed[index + 1]:
            place["between-removed"] = 1.0
        key = seen.text.casefold()
        if key in seen_before:
            place["seen-before"] = 1.0
        seen_before.add(key)
        if short:
            place[f"short-in-{zone}"] = 1.0
            place[f"run-in-{zone}"] = min(length, 6) / 6
            alone = gaps[index] and gap_after
            if alone:
                place[f"short-alone-in-{zone}"] = 1.0
            if before and looks[index - 1].prose and not gaps[index]:
                place["short-under-prose"] = 1.0
            if after and looks[index + 1].prose and not gap_after:
                place["short-over-prose"] = 1.0
        elif zone != "middle":
            place[f"long-in-{zone}"] = 1.0
        opening, closing = groups[index]
        size = closing - opening
        shorts = sum(looks[at].short for at in range(opening, min(closing, opening + 12)))
        if short and size >= 2:
            place[f"group-in-{zone}"] = min(size, 6) / 6
            place["group-short"] = shorts / min(size, 12)
        if index > opening and not seen.prose:
            head = looks[opening]
            place["group-head-site"] = head.site if head.short else 0.0
            if removed[opening] and head.short:
                place["group-head-removed"] = 1.0
            if "has-related" in head.own and head.short:
                place["group-head-related"] = 1.0
        elif before and gaps[index] and looks[index - 1].short and groups[index - 1][1] - groups[index - 1][0] == 1:
            # A heading that stands apart from its list.
            place["head-above-site"] = looks[index - 1].site
            if "has-related" in looks[index - 1].own:
                place["head-above-related"] = 1.0
        if "bio" in seen.own:
            place[f"bio-in-{zone}"] = 1.0
        if "credited" in seen.own:
            place[f"credited-in-{zone}"] = 1.0
        if "notice" in seen.own:
            place[f"notice-in-{zone}"] = 1.0
        if index == 0:
            place["first"] = 1.0
        if seen.prose:
            place["prose-site"] = seen.site
            place[f"prose-site-{zone}"] = seen.site
        else:
            place[f"site-{zone}"] = seen.site
        placed.append(place)
    return placed


def _appeals(seen: Look) -> bool:
    """Whether a line that looks like a paragraph speaks of the page: it does not bound the article."""
    # One word in eight: an article about a newspaper stays below it, notices of consent and appeals are above.
    return (
        seen.site >= 0.125
        and not {"spoken"} & seen.own.keys()
        and bool({"reader-unspoken", "notice", "asks", "bio"} & seen.own.keys())
    )


def beside(chances: Sequence[float], index: int) -> dict[str, float]:
    """The features that a line has by how likely its neighbours are furniture: document-level smoothing."""
    before = chances[index - 1] if index else 0.5
    after = chances[index + 1] if index + 1 < len(chances) else 0.5
    window = [chances[at] for at in range(max(index - 3, 0), min(index + 4, len(chances))) if at != index]
    return {
        "chance": chances[index],
        "chance-before": before,
        "chance-after": after,
        "chance-both": min(before, after),
        "chance-near": sum(window) / max(len(window), 1),
    }


def _groups(gaps: Sequence[bool]) -> list[tuple[int, int]]:
    """For each line the group of lines, parted by blank ones, that it stands in."""
    starts = [index for index, gap in enumerate(gaps) if gap or index == 0]
    found: list[tuple[int, int]] = []
    for start, end in zip(starts, [*starts[1:], len(gaps)], strict=True):
        found.extend([(start, end)] * (end - start))
    return found


def _runs(looks: Sequence[Look]) -> list[tuple[int, int]]:
    """For each line the run of short lines that it stands in."""
    runs = [(index, index + 1) for index in range(len(looks))]
    start = 0
    for index in range(len(looks) + 1):
        if index < len(looks) and looks[index].short:
            continue
        for at in range(start, index):
            runs[at] = (start, index)
        start = index + 1
    return runs


def _size(count: int) -> str:
    for limit, name in ((1, "words-1"), (2, "words-2"), (4, "words-4"), (8, "words-8"), (14, "words-14")):
        if count <= limit:
            return name
    return "words-25" if count <= 25 else "words-more"
