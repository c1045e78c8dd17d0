"""Walks through the body and decides, paragraph by paragraph, what is quoted and whose words it is."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from generator.aligned import Span
from generator.annotate.quotes import block, closing, compose, lexicon, pending, transcript
from generator.annotate.quotes.attribution import attribute
from generator.annotate.quotes.cast import Cast, assemble
from generator.annotate.quotes.claim import Claim
from generator.annotate.quotes.foreign import attribute_foreign, foreign_voice
from generator.annotate.quotes.grammar import Grammar, Range
from generator.annotate.quotes.indirect import Report, find_reports
from generator.annotate.quotes.judgement import BARE_WORDS, FOLLOWING_WORDS, is_quotation
from generator.annotate.quotes.marks import Stretch
from generator.annotate.quotes.passage import Passage, names_within, read_passage
from generator.annotate.quotes.pending import Announced, Setting, gestures, is_somebody
from generator.annotate.quotes.relay import is_outlet
from generator.annotate.quotes.speakers import Scene, Voice, voice
from generator.annotate.quotes.tokens import sentences as frame_sentences
from generator.annotate.quotes.tokens import tokenize
from generator.annotate.quotes.tongues import Tongue, tongue_of
from generator.model import Document, Mention, Quote, Zone

# How sure a rule is that has to look beyond the sentence: shares of right speakers on development text, rounded.
_FOLLOWS, _INTRODUCED, _CONTINUED, _CONTEXT, _NEXT_PARAGRAPH, _TOPIC = 0.85, 0.85, 0.9, 0.7, 0.6, 0.5
_BARE = 0.4
# Reported speech inside the words of a relaying outlet is as sure as its own rule, less one step.
_RELAYED = 0.9


def find_quotes(document: Document, sentences: tuple[Span, ...], mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
    """The quotations of the body, in seed order, with seed spans.

    `sentences` and `mentions` are those of the document, as seed spans. Direct quotations are what stands between
    marks and is spoken or written by somebody; parts of one statement that the writer interrupts are quotations of
    their own. Indirect ones are reported clauses. `speaker` is empty where the text does not tell.
    """
    words = lexicon.load()
    ordered = sorted(mentions, key=lambda mention: mention.span)
    cast = assemble(ordered, document, words)
    labels = transcript.turns(zone.reading.text for zone in document.body)
    reader = _Reader(cast, answers=transcript.answering(document.body, labels, cast))
    mention_starts = [mention.span.start for mention in ordered]
    sentence_starts = [span.start for span in sentences]
    language = document.language.value if document.language else ""
    open_before = ""
    for zone in document.body:
        # A short question looks like a heading; behind its label it is none.
        spoken = transcript.turn(zone.reading.text, labels) if zone.shape != "table" else None
        if not zone.reading.text or (zone.shape not in ("text", "list") and not (spoken or _only_looks(zone))):
            open_before = ""
            continue
        span = zone.reading.seed_span(0, len(zone.reading.text))
        low, high = (bisect_left(mention_starts, place) for place in (span.start, span.end))
        first, last = (bisect_left(sentence_starts, place) for place in (span.start, span.end))
        passage = read_passage(zone, ordered[low:high], sentences[first:last], open_before, words)
        tongue = tongue_of(passage.text, language) if passage.marked.outer else None
        if spoken:
            reader.turn(passage, spoken)
        elif tongue:
            reader.foreign(passage, tongue)
        elif not reader.block(passage):
            reader.read(passage)
        open_before = passage.marked.left_open
    return tuple(sorted(reader.quotes, key=lambda quote: (quote.span.start, -quote.span.end)))


@dataclass(slots=True)
class _Reader:
    """Reads passages in order. Holds what the next sentence and the next passage need to know."""

    cast: Cast
    answers: str = ""
    """Who answers in an interview whose labels are Q and A; empty: the text does not tell."""
    quotes: list[Quote] = field(default_factory=list)
    scene: Scene = field(default_factory=Scene)
    last: Quote | None = None
    """The last direct quotation with a speaker."""
    outlet: Voice | None = None
    """Its speaker, where that is an agency or a paper, which mostly passes on the words of others."""
    announced: Announced | None = None
    waiting: list[Stretch] = field(default_factory=list)
    """Quotations of this passage that nobody claims yet: their speaker may be named behind them."""
    partner: Voice | None = None
    """Who spoke before the last speaker, and answers what that one asks."""
    context: Voice | None = None
    """Whom the sentence before, in this passage, was about."""
    setting: Setting | None = None
    """What announces the paragraphs to come as quoted."""

    def turn(self, passage: Passage, label: tuple[str, int, int]) -> None:
        """A paragraph of a transcript: all of it is what its label says."""
        speaker = self._labelled(passage, label, 0)
        whole = Stretch(0, label[2], len(passage.text), len(passage.text), "label")
        self.quotes.append(compose.direct(passage, whole, speaker, "transcript", 0.9 if speaker.name else 0.6))

    def foreign(self, passage: Passage, tongue: Tongue) -> None:
        """Add the quotations of a passage in another language."""
        for stretch, found in attribute_foreign(passage, tongue):
            speaker = foreign_voice(passage, found, self.cast)
            last = self.last if found.again and self.last and passage.number - self.last.paragraph <= 1 else None
            self._accept(passage, compose.foreign(passage, stretch, found, speaker, last), speaker)

    def block(self, passage: Passage) -> bool:
        """Whether the paragraph is a quotation as a whole, set without marks behind its announcement; if so, add it."""
        setting, start = self.setting, block.begin(passage.text)
        if start and passage.marked.outer:
            return False
        within = setting is not None and passage.number - setting.paragraph == 1
        own = block.in_own_voice(passage.text)
        plain = within and not passage.marked.outer and setting is not None and (own or setting.opens)
        if not start and not plain:
            self.setting = None
            return False
        whole = Stretch(0, start, len(passage.text), len(passage.text), "block")
        speaker = setting.voice if setting and within else None
        score = (_INTRODUCED if start else _CONTINUED * _INTRODUCED) if speaker else _BARE
        quote = compose.direct(passage, whole, speaker, "block", score)
        if setting and within:
            quote = compose.with_cue(setting.passage, quote, setting.cue, None)
            left = setting.left - 1
            self.setting = replace(setting, paragraph=passage.number, opens=False, left=left) if left else None
        self._accept(passage, quote, speaker)
        return True

    def read(self, passage: Passage) -> None:
        """Add the quotations of a passage."""
        self.waiting, self.context = [], None
        behind = closing.named_behind(passage, self.quotes, self.cast)
        if behind:
            self.quotes, self.scene.last = behind
            self.last, self.scene.last_paragraph = self.quotes[-1], passage.number
        begins = len(self.quotes)
        for sentence in passage.sentences:
            grammar = passage.grammar
            reports = find_reports(grammar, sentence)
            if all(token.kind != "quote" for token in grammar.tokens[slice(*sentence)]):
                self._settle(passage)
                self._plain(passage, sentence, reports)
                continue
            claims = attribute(grammar, sentence)
            self._open(passage, sentence)
            before = len(self.quotes)
            opens = True
            for at in range(*sentence):
                token = grammar.tokens[at]
                if token.kind != "quote":
                    opens = opens and token.kind == "punct"
                    continue
                claim = claims.get(token.ref)
                holding = next((report for report in reports if report.holds(at)), None)
                if claim and claim.rule == "naming" and holding and holding.rule == "according-to":
                    claim = replace(claim, relay=claim.relay or holding.subject)
                elif claim and not claim.filling and holding:
                    continue  # the whole clause is given as an indirect quotation
                self._stretch(passage, at, claim, opens=opens, begins=begins)
            self.announced = None
            if len(self.quotes) > before:
                self.context = None
            heard = self._mixed(passage, reports, before)
            if heard and not any(quote.kind == "direct" for quote in self.quotes[before:]):
                self.scene.last, self.scene.last_paragraph, self.context = heard, passage.number, heard
        self._settle(passage)
        self._announce(passage)

    def _announce(self, passage: Passage) -> None:
        """Remember that the passage ends by announcing words that the paragraphs behind it hold."""
        last = passage.sentences[-1] if passage.sentences else (0, 0)
        found = block.announcement(passage.grammar, last)
        if not found:
            return
        subject = passage.grammar.subject_before(found.cue[0], last[0])
        speaker = self._voice(passage, subject) if subject else None
        self.setting = Setting(speaker, found.cue, passage, passage.number, found.sure, block.MOST)

    # ── sentences ─────────────────────────────────────────────────────────────────────────────────

    def _plain(self, passage: Passage, sentence: Range, reports: list[Report]) -> None:
        """A sentence without quotation marks: it may report speech, announce a quotation, or just be about somebody."""
        grammar = passage.grammar
        self.announced = None
        speaker: Voice | None = None
        for report in reports:
            heard = self._voice(passage, report.subject)
            if heard and report.clause:
                self._report(passage, report, heard)
            if heard and heard.name and heard.kind == "person":
                self.scene.topic, self.scene.topic_paragraph = heard, passage.number
            speaker = heard or speaker
        main = None if speaker else grammar.main_subject(*sentence)
        topic = speaker or (self._voice(passage, main, strict=True) if main else None)
        self._thing(passage, main)
        if topic and topic.name and (topic.kind == "person" or is_somebody(topic)):
            self.scene.topic, self.scene.topic_paragraph = topic, passage.number
        if topic and topic.name and grammar.tokens[sentence[1] - 1].text == ":":
            self.announced = Announced(topic, reports[-1].cue if reports else None, passage)
        if speaker and speaker.name:
            self.scene.last, self.scene.last_paragraph = speaker, passage.number
            self.context = speaker
            if speaker.kind == "unnamed" and speaker.gender != "plural":
                self.scene.topic = None  # "his lawyer said …": "she" is the lawyer
        elif topic and (topic.kind == "person" or is_somebody(topic) or (main and gestures(grammar, main))):
            self.context = topic

    def _open(self, passage: Passage, sentence: Range) -> None:
        """Whom a sentence with quotations is about, if it opens with a name: "he" further on is likely the same."""
        main = passage.grammar.main_subject(*sentence)
        if main and passage.grammar.tokens[main[1] - 1].kind == "name":
            topic = self._voice(passage, main, strict=True)
            if topic and topic.kind == "person":
                self.scene.topic, self.scene.topic_paragraph = topic, passage.number
        self._thing(passage, main)

    def _thing(self, passage: Passage, main: Range | None) -> None:
        """Remember a body or text that a sentence is about: "it" further on is likely the same."""
        thing = self._voice(passage, main, strict=True) if main else None
        if thing and thing.name and thing.gender == "thing":
            self.scene.thing, self.scene.thing_paragraph = thing, passage.number

    def _mixed(self, passage: Passage, reports: list[Report], before: int) -> Voice | None:
        """Reported clauses with quoted phrases inside, where these are no quotations of their own; who says them."""
        tokens = passage.grammar.tokens
        heard: Voice | None = None
        for report in reports:
            if not report.clause:
                continue
            low, high = tokens[report.clause[0]].start, tokens[report.clause[1] - 1].end
            span = passage.zone.reading.seed_span(low, high)
            if any(quote.span.overlaps(span) for quote in self.quotes[before:]):
                continue
            speaker = self._voice(passage, report.subject)
            if speaker:
                self._report(passage, report, speaker)
                heard = speaker if speaker.name else heard
        return heard

    def _report(self, passage: Passage, report: Report, speaker: Voice, *, relay: Voice | None = None) -> None:
        if not report.clause or not speaker.name:
            return
        score = report.score * _RELAYED if relay else report.score
        rule = f"relayed-{report.rule}" if relay else report.rule
        quote = compose.indirect(passage, report.clause, speaker, rule, round(score, 2))
        relay = (self._voice(passage, report.relay) if report.relay else None) or relay
        self.quotes.append(compose.with_cue(passage, quote, report.cue, relay))

    # ── quotations ────────────────────────────────────────────────────────────────────────────────

    def _stretch(self, passage: Passage, place: int, claim: Claim | None, *, opens: bool, begins: int) -> None:
        """Decide on one quoted stretch: whether it is a quotation, and whose. `opens`: it begins its sentence."""
        grammar = passage.grammar
        stretch = passage.marked.outer[grammar.tokens[place].ref]
        last = self.last
        again = last and (len(self.quotes) > begins or (self.context and self.context.name == last.speaker))
        fewest = (FOLLOWING_WORDS if again or stretch.continues else BARE_WORDS) if opens or stretch.continues else 0
        if not is_quotation(grammar, place, stretch, passage.text, claim, fewest=fewest):
            return
        label = transcript.label_inside(passage.text, stretch.inner, stretch.close)
        if label:
            speaker = self._labelled(passage, label, stretch.inner)
            self._accept(
                passage, compose.direct(passage, replace(stretch, inner=label[2]), speaker, "label", 0.9), speaker
            )
        elif claim and claim.subject:
            self._claimed(passage, stretch, claim, claim.subject)
        elif stretch.continues and self.last:
            self._mend()
            self._accept(passage, compose.like(passage, stretch, self.last, "continued", _CONTINUED))
        elif self.announced:
            quote = compose.direct(passage, stretch, self.announced.voice, "introduced", _INTRODUCED)
            quote = compose.with_cue(self.announced.passage, quote, self.announced.cue, None)
            self._accept(passage, quote, self.announced.voice)
        elif self.last and not self.context and len(self.quotes) > begins:
            self._goes_on(passage, stretch, self.last)
            if self.outlet:
                self._within(passage, stretch, self.outlet)
        else:
            self.waiting.append(stretch)

    def _goes_on(self, passage: Passage, stretch: Stretch, last: Quote) -> None:
        """A quotation right behind another: its speaker goes on, or answers who has just asked in this paragraph."""
        asked = last.rule == "after-inverted" and last.text.rstrip().endswith("?") and last.paragraph == passage.number
        here = [quote.speaker for quote in self.quotes[-4:] if quote.paragraph == passage.number]
        if asked and self.partner and self.partner.name in here:
            quote = compose.direct(passage, stretch, self.partner, "answer", _NEXT_PARAGRAPH)
            self._accept(passage, quote, self.partner)
        else:
            self._accept(passage, compose.like(passage, stretch, last, "follows", _FOLLOWS))

    def _claimed(self, passage: Passage, stretch: Stretch, claim: Claim, subject: Range) -> None:
        speaker = self._voice(passage, subject, strict=claim.cue is None)
        if claim.verb and claim.verb.verb == "read" and self.context and not (speaker and speaker.name):
            speaker = self.context  # "Lind denied it in a letter. “…,” it read."
        quote = compose.direct(passage, stretch, speaker, claim.rule, claim.score)
        relay = self._voice(passage, claim.relay) if claim.relay else None
        quote = compose.with_cue(passage, quote, claim.cue, relay)
        quote = self._still_relayed(passage, quote, claim, subject)
        if claim.rule == "naming":
            self.quotes.append(quote)  # a phrase in the writer's sentence: it does not take the floor
            return
        if stretch.continues and speaker and speaker.name:
            self.quotes = pending.claimed_behind(self.quotes, quote)
        self._accept(passage, quote, speaker)
        answered = claim.verb is not None and claim.verb.verb in passage.grammar.words.answers
        for earlier in self.waiting:
            asked = answered and passage.text[earlier.inner : earlier.close].rstrip().endswith("?")
            question = compose.direct(passage, earlier, None, "question", _BARE)
            self.quotes.append(question if asked else compose.like(passage, earlier, quote, "named-behind", _FOLLOWS))
        self.waiting = []
        self.outlet = speaker if speaker and speaker.kind == "body" and is_outlet(passage.grammar, subject) else None
        if self.outlet:
            self._within(passage, stretch, self.outlet)

    def _still_relayed(self, passage: Passage, quote: Quote, claim: Claim, subject: Range) -> Quote:
        """`…,” he went on` relies on the same outlet as the words before, as does the official who continues."""
        last = self.last
        if not last or not last.via or quote.via or passage.number - last.paragraph > 1:
            return quote
        pronoun = passage.grammar.low(subject[0]) in passage.grammar.words.pronouns
        same = pronoun and quote.speaker == last.speaker and passage.number == last.paragraph
        goes_on = bool(claim.verb and claim.verb.kind == "continue")
        unnamed = quote.speaker.startswith("unnamed:") and last.speaker.startswith("unnamed:")
        if same or (goes_on and (unnamed or quote.speaker == last.speaker)):
            return replace(quote, via=last.via, via_span=last.via_span)
        return quote

    def _within(self, passage: Passage, stretch: Stretch, outlet: Voice) -> None:
        """What an outlet's words report in their turn: `The agency said, “A ministry official said that …”`."""
        names = names_within(passage.names, stretch.inner, stretch.close)
        nested = [one for one in passage.marked.nested if stretch.inner <= one.start and one.end <= stretch.close]
        tokens = tokenize(passage.text, (stretch.inner, stretch.close), names, nested, passage.grammar.words)
        inside = replace(passage, names=tuple(names), grammar=Grammar(tokens, passage.grammar.words))
        for sentence in frame_sentences(tokens, passage.text, (), passage.grammar.words):
            for report in find_reports(inside.grammar, sentence):
                speaker = self._voice(inside, report.subject) if report.clause else None
                if speaker and speaker.name != outlet.name:
                    self._report(inside, report, speaker, relay=outlet)

    def _accept(self, passage: Passage, quote: Quote, speaker: Voice | None = None) -> None:
        self.quotes.append(quote)
        self.last = quote
        if speaker and speaker.name:
            if self.scene.last and self.scene.last.name != speaker.name:
                self.partner = self.scene.last
            self.scene.last = speaker
        if self.scene.last and quote.speaker:
            self.scene.last_paragraph = passage.number

    def _mend(self) -> None:
        """The last quotation goes on here, so nothing was missing from it."""
        if self.last and self.quotes and self.quotes[-1] is self.last:
            self.last = compose.carried_on(self.last)
            self.quotes[-1] = self.last

    def _settle(self, passage: Passage) -> None:
        """Give quotations that nobody in their sentence claims to whoever the text was about."""
        for stretch in self.waiting:
            recent = self.scene.last if passage.number - self.scene.last_paragraph <= 2 else None
            topic = self.scene.topic if passage.number - self.scene.topic_paragraph <= 1 else None
            speaker, rule, score = next(
                (
                    found
                    for found in (
                        (pending.asking(passage, stretch, self.last, self.partner), "question", _NEXT_PARAGRAPH),
                        (self.context, "context", _CONTEXT),
                        (self._answering(passage), "answer", _NEXT_PARAGRAPH),
                        (recent if self.last else None, "next-paragraph", _NEXT_PARAGRAPH),
                        (topic, "topic", _TOPIC),
                    )
                    if found[0]
                ),
                (None, "bare", _BARE),
            )
            speaker = speaker if speaker and speaker.name else None
            quote = compose.direct(passage, stretch, speaker, rule, score)
            if speaker:
                self._accept(passage, quote, speaker)
            else:
                self.quotes.append(quote)
        self.waiting = []

    def _answering(self, passage: Passage) -> Voice | None:
        """Who spoke before the one whose question ends the paragraph before: `“Why?” Holm asked.` `“Because …”`."""
        asked = self.last if self.last and self.last.text.rstrip().endswith("?") else None
        return self.partner if asked and passage.number - asked.paragraph == 1 else None

    def _voice(self, passage: Passage, subject: Range, *, strict: bool = False) -> Voice | None:
        return voice(passage, subject, self.cast, self.scene, strict=strict)

    def _labelled(self, passage: Passage, label: tuple[str, int, int], start: int) -> Voice:
        name = transcript.who(label[0], self.cast, self.answers)
        return Voice(name, passage.zone.reading.seed_span(start, label[1]), "person", self.cast.gender(name))


def _only_looks(zone: Zone) -> bool:
    """Whether a paragraph that looks like a heading, short and without a stop, ends with a quotation and so is none."""
    return zone.shape == "heading" and zone.reading.text.rstrip()[-1:] in "'’”»」』“"
