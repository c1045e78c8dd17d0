"""When an article came out and who published it, from lines of metadata, datelines, addresses and copyright notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.aligned import Span
from generator.describe.metadata_line import are_beside
from generator.describe.names import is_outlet_name
from generator.describe.parts import Claim, Draft
from generator.describe.timestamps import DayOrder, Stamp, find_stamps
from generator.describe.words import Words, load_words
from generator.model import Cleaned, Clue, Field, Published, Removal, SeedText

_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|Ⓒ|\(c\)|copyright|저작권자|all rights reserved|todos los derechos reservados|alle rechte vorbehalten|"
    r"tous droits réservés|版权所有|版權所有|無断転載\S*)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–—,/]\s?(?:(?:19|20)?\d\d))*")
_RIGHTS = re.compile(
    r"[.,;|:]|\s[-–—]\s|무단|재배포|금지|이용"
    r"|\b(?:all rights|todos|alle rechte|tous|unauthori[sz]ed|no part|may not|reproduction|powered)\b"
    r"|\b(?:inc|llc|ltd|corp|co|gmbh|limited|(?:media )?group|company)\b",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"(?:(?:appeared|published)(?: first| originally)? (?:on|in|at|by)|first appeared (?:on|in)"
    r"|issue of|read (?:more|the (?:full|original|rest).{0,30}?) (?:at|on|in))"
    r" (?P<name>[^.:;|!?()]{3,60})",
    re.IGNORECASE,
)
# Who owns several stations is no outlet.
_HOLDINGS = (" broadcasting", " television", " network", " radio")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/\-_.?]|$)")
_CRUMB = re.compile(r"\s?(?:[>›»→/|＞]|&gt;|::)\s?")
_UPDATE = re.compile(r"\W{0,3}update\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chrome:
    """What the removed furniture of the page says of it."""

    outlet: Field | None = None
    credit: Field | None = None
    category: Field | None = None


def read_chrome(cleaned: Cleaned) -> Chrome:
    """Owner of the copyright, site named by links, section of the breadcrumbs, from the ledger of cleaning."""
    words = load_words()
    outlet = credit = category = None
    for removal in cleaned.ledger:
        if removal.rule == "copyright-line":
            owner = _owner(removal.text, words)
            agency = words.agencies.get(owner.casefold())
            if agency:
                credit = credit or Field(agency, "copyright-line", (removal.span,))
            elif owner:
                outlet = outlet or Field(owner, "copyright-line", (removal.span,))
        elif removal.rule in ("read-more", "boilerplate-notice"):
            match = _APPEARED.search(removal.text)
            name = match["name"].strip() if match else ""
            if name and is_outlet_name(name, words):
                outlet = outlet or Field(words.outlets.get(name.casefold(), name), "site-link", (removal.span,))
        elif removal.rule == "navigation":
            category = category or _crumb(removal, words)
    return Chrome(outlet, credit, category)


def outlet_names(cleaned: Cleaned) -> frozenset[str]:
    """Names of the site that its furniture gives away, in lower case: to know them again in the headline."""
    outlet = read_chrome(cleaned).outlet
    return frozenset({outlet.value.casefold()}) if outlet else frozenset()


def _owner(notice: str, words: Words) -> str:
    """The name in a copyright notice, where it is an outlet's or agency's."""
    plain = " ".join(_YEARS.sub(" ", _COPYRIGHT.sub(" ", notice)).replace("<", " ").replace(">", " ").split())
    for candidate in _RIGHTS.split(plain):
        name = candidate.strip(" .,;|:-–—[]()'\"")
        name = re.sub(r"^(?:by|of|the content of|content|이 기사의)\s", "", name, flags=re.IGNORECASE)
        if not 2 <= len(name) <= 60:
            continue
        holding = name.casefold().endswith(_HOLDINGS) and name.casefold() not in words.outlets
        if name.casefold() in words.agencies or (is_outlet_name(name, words) and not holding):
            return words.outlets.get(name.casefold(), name)
        first = name.split(" ", 1)[0]
        if first.endswith(words.outlet_endings) or first.casefold() in words.agencies:
            return first
    return ""


def _crumb(removal: Removal, words: Words) -> Field | None:
    """The last section of `Home > News > Local News`."""
    crumbs = [crumb.strip() for crumb in _CRUMB.split(removal.text) if crumb.strip()]
    if len(crumbs) < 2:
        return None
    if "|" in removal.text and crumbs[-1].casefold() not in words.categories:
        # Bars part the entries of a menu as well; there no entry is the article's.
        return None
    known = [crumb for crumb in crumbs[1:] if crumb.casefold() in words.categories]
    if not known or len(crumbs) > 6:
        return None
    if are_beside(removal.text, words):
        return None
    # The most special section comes last; "News" says nothing where another follows.
    word = known[-1]
    gloss = words.categories[word.casefold()]
    return Field(word, "breadcrumbs", (removal.span,), note=gloss)


def find_published(
    seed: SeedText, draft: Draft, datelines: Sequence[Claim], first: DayOrder
) -> tuple[Published, Published]:
    """When the seed says it was published and updated. An override wins; nothing is taken from files or the clock.

    Order of trust: a labelled date, a date among the metadata, a dateline with its year, the date in the address.
    """
    published_claims = sorted(
        [claim for claim in draft.having("published") if claim.stamp],
        key=lambda claim: (claim.rule != "date-label", claim.part, claim.start),
    )
    # `Update: …` is all that some pages say of their date; beside another one it says when they were changed.
    changed = [claim for claim in published_claims if _UPDATE.match(draft.parts[claim.part].text[claim.start :])]
    if len(changed) < len(published_claims):
        published_claims = [claim for claim in published_claims if claim not in changed]
        updated_claims = [*draft.having("updated"), *changed]
    else:
        updated_claims = draft.having("updated")
    published = _override(seed, "published")
    if published is None:
        stated = [claim for claim in published_claims if claim.stamp and claim.stamp.iso] or [
            claim for claim in datelines if claim.field == "published"
        ]
        if stated:
            published = _of_claim(draft, _finest(stated))
        elif published_claims:
            published = _of_claim(draft, published_claims[0])
        else:
            published = _from_address(draft) or Published()
    updated = _override(seed, "updated")
    if updated is None:
        updated = _of_claim(draft, updated_claims[0]) if updated_claims else Published()
    return published, updated


def _finest(stated: Sequence[Claim]) -> Claim:
    """The first of `stated`, or one of the same day that knows the minute: a page has the date over all as well."""
    first = stated[0]
    if first.stamp is None or first.stamp.precision != "day":
        return first
    day = first.stamp.iso
    finer = (claim for claim in stated if claim.stamp and claim.stamp.iso != day and claim.stamp.iso[:10] == day)
    return next(finer, first)


def _override(seed: SeedText, name: str) -> Published | None:
    value = seed.override.get(name)
    if not isinstance(value, str):
        return None
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value), "minute")
    return Published(value, precision, basis="override", earliest=value, latest=value)  # type: ignore[arg-type]  # one of them


def _of_claim(draft: Draft, claim: Claim) -> Published:
    stamp: Stamp | None = claim.stamp
    if stamp is None:
        return Published()
    span = draft.parts[claim.part].view.seed_span(claim.start, claim.end)
    if stamp.iso:
        basis = "dateline" if claim.rule == "dateline" else "date-line" if claim.rule == "date" else claim.rule
        return Published(stamp.iso, stamp.precision, basis, (span,), stamp.iso, stamp.iso)
    surface = " ".join(draft.parts[claim.part].text[claim.start : claim.end].split()).strip(" |,")
    early, late = stamp.choices[0], stamp.choices[-1]
    clue = Clue(
        f"“{surface}” is {early} or {late}: nothing tells whether day or month stands first", early, late, (span,)
    )
    return Published(earliest=early, latest=late, clues=(clue,))


def _from_address(draft: Draft) -> Published | None:
    for claim in draft.having("url"):
        match = _URL_DATE.search(claim.value)
        if not match:
            continue
        iso = next((stamp.iso for stamp in find_stamps("-".join(match.groups()), "")), "")
        if iso:
            span: Span = draft.parts[claim.part].view.seed_span(claim.start, claim.end)
            return Published(iso, "day", "address", (span,), iso, iso)
    return None
