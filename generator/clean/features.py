"""What a line looks like by itself: the features by which furniture of a page is told from article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import starmap

from generator.clean.lines import folded
from generator.data import read_rows, read_tree
from generator.sieve import Sieve, lowered

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
    r"(?i:by|by:|von|por|par|di|door|written by|words by|story by|text by|author:?|reporter) [^\Wa-z\d_]"
    r"|.{0,40}(?:기자|記者|记者)"
)
_ADDRESS = (r"https?://|\bwww\.|\b[\w-]{2,30}\.(?:com|org|net|co|example|info|news)\b", re.IGNORECASE)
_MAIL = (r"\S@\S|^@\w|\s@\w", re.NOFLAG)
_PHONE = re.compile(r"\+?\(?\d{2,4}\)?[ -]\d{2,4}[ -]\d{2,5}")
_MARK = re.compile(r" [|·•∙/›»>] |[|›»«‹→←▶►▼▲↑↓⇒]|^[+#@]|::")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_COUNTED = re.compile(
    r"\(?\d[\d.,]{0,8}\s?[kKmM]?\)?\s+[^\W\d_]{2,14}$|^[^\W\d_]{2,14}[: ]\s?\(?\d[\d.,]{0,8}[kKmM]?\)?$"
)
_BRACKETED = re.compile(r"[(\[（【][^()\[\]（）【】]{1,160}[)\]）】]\.?$")
_LABEL = re.compile(r"[^.:!?\"“]{2,40}[:：]\s?\S")
_BULLET = re.compile(r"[-*•·●○▪◦‣■□◆◇]\s|\(?\d{1,2}[.)]\s")
_SPEAKER = re.compile(
    r"[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{1,30}(?:, [A-ZÀ-Ý ]{2,20})?:|Q[.:]|A[.:]|[A-Z][\w.’-]{1,15}(?: [A-Z][\w.’-]{1,15}){0,2}: \S"
)
_LOCATED = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{2,30},? ?(?:\([^()]{2,30}\)|[A-Z][a-z]+\.? \d|[—–-])")
_BIO = (
    (
        r"\b(?:is|was) (?:a|an|the|our) (?:[\w'’-]{1,20} ){0,4}(?:writer|reporter|journalist|editor|columnist|"
        r"correspondent|author|professor|lecturer|researcher|fellow|contributor|producer|photographer|novelist|historian|blogger"
        r"|sophomore|freshman|undergraduate|intern|(?:research|program|policy) (?:associate|analyst)|co-founder)\b"
        r"|^the (?:author|writer)s? (?:is|are|was|teach|work|live)"
        r"|^(?:he|she|they|(?!The |This |That |It )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) covers? \w|"
        r"\bhas (?:covered|reported|written)\b|\bcan be reached\b|\b(?:follow|reach|contact|email) (?:him|her|them)\b"
        r"|\bbased in\b"
    ),
    re.NOFLAG,
)
_CREDITED = (
    (
        r"(?:photos?|pictures?|images?|fotos?|bild|video|illustration|graphic|courtesy|supplied|credit|file|photograph|handout)"
        r"(?: ?[:/=|(]| by | courtesy|\)?$)|[(\[|—–-] ?[^()\[\]|]{2,50}/[^()\[\]|]{2,40}[)\]]?$"
    ),
    re.IGNORECASE,
)
# Pictures are told of in the present tense and by where who stands in them.
_PICTURED = (
    (
        r"\bpictured\b|\b(?:from|at|far|top|bottom) (?:the )?(?:left|right)\b|[,(] ?(?:left|right|cent(?:er|re))\b[,)]?"
        r"|\b(?:is|are) seen\b|\bin this (?:\w+ )?(?:photo|picture|image|photograph|grab)\b"
        r"|^this (?:\w+ )?(?:photo|picture|image|photograph|grab)\b|\bfile (?:photo|picture|image)\b"
        r"|\bseen (?:here|in|from|on|through|under|at|near|during|after|before|above|below|outside|with)\b"
        r"|^an? (?:aerial |general |file )?view of\b|\bimpression of\b"
    ),
    re.IGNORECASE,
)
_POSES = re.compile(
    r"^(?:[\w.,’'-]{1,25} ){1,9}?(?:stands?|sits?|looks?|lines? up|walks?|holds?|waits?|poses?|hangs?|shows?|runs?|"
    r"takes?|gathers?|works?|watch(?:es)?|carr(?:y|ies)|celebrates?|speaks?|arrives?|attends?|lifts?|plays?|checks?|"
    r"sorts?|rides?|pass(?:es)?|cross(?:es)?|leaves?|joins?|prepares?|greets?|waves?|unloads?|queues?|stacks?|paints?|"
    r"inspects?|\w{3,12}ing) (?:an?|the|up|in|on|at|for|over|outside|near|by|past|through|during|after|before|with|to|"
    r"across|along|around|under)\b"
)
# What a caption hardly has and a sentence of an article without a verb in the past may have.
_ARGUED = re.compile(
    r"\b(?:can|must|may|might|should|shall|cannot|let|i|we|my|me|not|never|no|nobody|if|n't)\b", re.IGNORECASE
)
# Verbs of other languages that are nouns or articles in English.
_ENGLISH_OTHERWISE = frozenset({"a", "es", "son", "war", "hat", "era"})
# ", planted in 1884," tells of the tree, not of what happened.
_PARTICIPLE = re.compile(r", \w{3,14}ed (?=(?:by|in|at|to|on|for|with|from|near) )")
_ENGLISH = re.compile(r"\b(?:the|an?|of|with|and|at|its|their)\b", re.IGNORECASE)
_PRICED = re.compile(
    r"(?:[$£€₹]|\brs\.? ?)\d|\b\d{1,2} ?% (?:off|discount)"
    r"|\b(?:sale|on sale|half price|per month|a month|/month|18\+)(?=\W|$)",
    re.IGNORECASE,
)
_NOTICE = (
    (
        r"\bmay not be\b|\ball rights\b|\bwithout (?:\w+ ){0,3}(?:permission|consent)\b|\bprohibited\b"
        r"|\bresponsible for\b"
        r"|\bdo(?:es)? not (?:necessarily )?(?:reflect|represent|constitute)\b|\bconstitutes?\b|\bagree to\b"
        r"|\bis mandatory\b"
        r"|\bthis (?:article|story|content|site|website|page|material|post|video|text|email)\b"
    ),
    re.IGNORECASE,
)
# What was done to the text: it belongs to the text.
_AMENDED = (
    (
        r"^\W{0,2}(?:corrections?|clarifications?|disclosures?|editor['’]?s'? note|korrektur|rectificación|errata)\b"
        r"[^:]{0,30}:"
        r"|\b(?:has|have|was|were) (?:been )?(?:lightly )?(?:edited|condensed|corrected|amended|shortened|changed)"
        r"(?: and (?:edited|condensed|corrected|amended|shortened))? (?:for|to) (?!be\b)"
        r"|\bnames? (?:has|have) been changed\b|\b(?:an )?earlier version\b|\bmisstated\b|\bmisspelled\b"
        r"|\bcontributed (?:reporting|to (?:this|the) (?:report|story|article))\b"
    ),
    re.IGNORECASE,
)
# How a house speaks of itself, of those who helped, and of where a story stood first.
_HOUSE = (
    (
        r"\b(?:non-?profit|non-?partisan|(?:member|reader)-(?:supported|funded)|tax-exempt|creative commons)\b"
        r"|\b(?:first|originally) (?:published|produced|posted|appeared)\b"
        r"|\b(?:produced|published|made possible|brought to you) (?:by|in (?:partnership|collaboration) with)\b"
        r"|\b(?:views?|opinions?) (?:and \w+ )?(?:expressed|are (?:his|her|their|my|the author))|\bsolely those of\b"
        r"|\bis an? (?:[\w-]+,? ){0,5}(?:news (?:organi[sz]ation|agency|outlet|site|service|network)|newsroom)\b"
        r"|\bsupported by a grant\b|\b(?:sponsored|presented) by\b|\bour sponsors?\b"
    ),
    re.IGNORECASE,
)
_TICKER = re.compile(r"[+-]\d[\d.,]*\s?%|\b\d{1,3}(?:,\d{3})*\.\d\d\b")
_CITED = re.compile(
    r"\[\d{1,2}\]\s|.{0,20}[<＜〈《][^<>＜＞〈〉《》]{6,}[>＞〉》]|(?:see|related|참고|참조)[:：] ?\S", re.IGNORECASE
)
# `UPDATE 1-Miners strike`: a headline as wires send it.
_SLUGGED = re.compile(r"[A-Z]{3,12}(?: \d{1,2})?-[A-Z‘“'\"][a-z]")
# `… rund 300.000 Euro. (dpa)`, `… day and night. -0-`: a sentence, and who sent it, or that it was the last.
_ENDED = re.compile(r"[.!?][”\"’]? ?(?:[(\[][\w /.]{2,16}[)\]]|-(?:0|30|end|ends)-)$", re.IGNORECASE)
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
    told: frozenset[str]
    """Those of `telling` that are no other word in English."""
    citing: frozenset[str]
    """Headings over references."""
    hanging: frozenset[str]
    """Words that no sentence ends in."""


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
        frozenset(map(str, tree["report_verbs"])) - _ENGLISH_OTHERWISE,
        frozenset(map(str, tree["citing"])),
        frozenset(map(str, tree["hanging"])),
    )


@dataclass(frozen=True, slots=True)
class _Sieves:
    """Patterns of which most lines hold no word."""

    address: Sieve
    mail: Sieve
    bio: Sieve
    credited: Sieve
    pictured: Sieve
    notice: Sieve
    house: Sieve
    amended: Sieve


@cache
def _sieves() -> _Sieves:
    return _Sieves(*starmap(Sieve.of, (_ADDRESS, _MAIL, _BIO, _CREDITED, _PICTURED, _NOTICE, _HOUSE, _AMENDED)))


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
    told: bool
    """Whether it has a verb that reports are told in; words that are none in English are not counted."""
    untold: bool
    """Whether it is one English sentence in which nothing is told, argued or said, as captions are."""


def look(text: str) -> Look:
    """The features that `text`, a line trimmed at both ends, has by itself."""
    vocabulary = load_vocabulary()
    sieves = _sieves()
    words = folded(text[:_READ])
    low = lowered(words)
    foreign = not words.isascii()
    tokens = _TOKEN.findall(words)
    lower = [token.lower().replace("’", "'") for token in tokens]
    cjk = len(_CJK.findall(words)) if foreign else 0
    digits = sum(map(str.isdigit, words))
    count = len(tokens) if cjk * 3 < len(words) else max(cjk // 3, 1)
    sentence = len(text) > _READ or bool(_SENTENCE.search(words[-8:])) or _ENDED.search(words[-24:]) is not None
    prose = len(text) > 260 or (sentence and (len(text) >= _PROSE or (cjk > 20 and cjk * 3 > len(words))))
    own: dict[str, float] = {"bias": 1.0, _size(count): 1.0}
    hits: dict[str, int] = {}
    joined = telling = 0
    for token in lower:
        for group in vocabulary.spelt.get(token, ()):
            hits[group] = hits.get(group, 0) + 1
        if token in vocabulary.joining:
            joined += 1
        if token in vocabulary.telling or (len(token) > 4 and token.endswith("ed")):
            telling += 1
    if foreign and _NOT_LATIN.search(words):
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
    joining = joined / max(count, 1)
    spoken = _SPOKEN.search(words) is not None
    own["joining"] = min(joining, 0.5) * 2
    own["no-joining"] = float(joining == 0 and not cjk)
    own["telling"] = min(telling, 3) / 3
    own["sentence" if sentence else "no-stop"] = 1.0
    for name, found in (
        ("prose", prose),
        ("spoken", spoken),
        ("question", words.endswith(("?", "？"))),
        ("exclaimed", words.endswith("!")),
        ("dots", words.endswith(("...", "…"))),
        ("colon", words.endswith((":", "："))),
        # An item of a list that is one sentence: pages do not write so.
        ("semicolon", words.endswith(("; and", "; or", ";", "；")) and not sentence),
        ("date", not prose and digits and _DATE.search(words) is not None),
        ("clock", not prose and digits and _CLOCK.search(words) is not None),
        ("byline", _BYLINE.match(words) is not None),
        ("address", sieves.address.found(words, low)),
        ("mail", sieves.mail.found(words, low)),
        ("phone", digits and _PHONE.search(words) is not None),
        ("mark", _MARK.search(words) is not None),
        ("emoji", foreign and _EMOJI.search(words) is not None),
        ("counted", digits and _COUNTED.search(words) is not None),
        ("bracketed", _BRACKETED.match(words) is not None),
        ("label", _LABEL.match(words) is not None),
        ("bullet", _BULLET.match(words) is not None),
        ("speaker", _SPEAKER.match(words) is not None),
        ("bio", sieves.bio.found(words, low)),
        ("credited", sieves.credited.found(words, low)),
        ("pictured", sieves.pictured.found(words, low)),
        ("poses", len(words) < 260 and not telling and _POSES.search(words) is not None),
        ("priced", not prose and _PRICED.search(words) is not None),
        ("notice", sieves.notice.found(words, low)),
        ("amended", sieves.amended.found(words, low)),
        ("house", not spoken and sieves.house.found(words, low)),
        ("ticker", not prose and digits and _TICKER.search(words) is not None),
        ("ago", digits and len(words) < 60 and _AGO.search(words) is not None),
        ("glued", _GLUED.search(words) is not None),
        ("reader-unspoken", "reader" in hits and not spoken),
        ("asks", bool(lower) and "action" in vocabulary.spelt.get(lower[0], ())),
        ("asks-reader", "reader" in hits and "action" in hits and not spoken),
        ("cites", words.casefold().rstrip(" :：") in vocabulary.citing or _CITED.match(words) is not None),
        ("cells", "\t" in text),
        ("located", _LOCATED.match(words) is not None),
        ("figures", not tokens),
        ("slugged", _SLUGGED.match(words) is not None),
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
        # `WENDEL KRAUS`: capitals alone are a section's as well, unless a given name is among them.
        cased = not words.isupper() or lower[0] in vocabulary.given
        if capital == 1.0 and cased and 2 <= len(tokens) <= 4 and not total and "no-joining" in own:
            own["name-like"] = 1.0
    own["digits"] = min(digits / max(len(words), 1), 1.0)
    short = not sentence and count <= 14 and not _SENTENCES.search(words)
    # A sentence by itself that nothing is told in, as captions are: "A baker shapes loaves before dawn."
    told = any(word in vocabulary.told or (len(word) > 4 and word.endswith("ed")) for word in _main(words, lower))
    bare = words.endswith(".") and 5 <= count <= 35 and not told
    # One word in five that belongs to pages makes it a sentence of the page.
    bare = bare and site < 0.2 and "reader" not in hits
    untold = (
        bare
        and not {"spoken", "colon", "label", "bullet", "byline", "date"} & own.keys() - ({"date"} if prose else set())
        and not (_ARGUED.search(words) or _SENTENCES.search(words))
        and _ENGLISH.search(words) is not None
    )
    topics = frozenset(
        word for word in lower if len(word) > 3 and word not in vocabulary.joining and word not in vocabulary.spelt
    )
    names = frozenset(word for token, word in zip(tokens, lower, strict=True) if token[0].isupper()) & topics
    return Look(own, prose, short, site, words, names, topics, told, untold)


def _main(words: str, lower: list[str]) -> list[str]:
    """The tokens of `words`, in lower case `lower`, without participles that only add to a noun."""
    if "ed " not in words:
        return lower
    return [token.lower().replace("’", "'") for token in _TOKEN.findall(_PARTICIPLE.sub(" ", words))]


def _size(count: int) -> str:
    for limit, name in ((1, "words-1"), (2, "words-2"), (4, "words-4"), (8, "words-8"), (14, "words-14")):
        if count <= limit:
            return name
    return "words-25" if count <= 25 else "words-more"
