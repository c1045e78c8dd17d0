/**
 * Which records a query finds, and in which order. `docs/search.md` says what each part of a query means;
 * `tests/search/reference.py` says the same in plain Python, and the tests hold the two to equal answers.
 * @module
 */

import { ARTICLE, ENTITY, ENTITY_TYPES, EVENT, KINDS, QUOTE, placeIn } from "./index.js";
import { fold, wordsOf } from "./words.js";
import { say } from "./said.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./index.js").Posting} Posting */
/** @typedef {import("./query.js").Atom} Atom */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {{ match: Uint8Array, score: Float64Array }} Hits */
/** @typedef {(kind: number) => Promise<Hits>} Node */
/** @typedef {{ node: Node, filter: boolean, little: string | null }} Group  `little`: the word, where it is one that says little */
/**
 * @typedef {{ kinds: Int32Array[], scores: Float64Array[], named: number[], corrected: [string, string[]][],
 *   relaxed: boolean, without: string[], notes: string[], marks: Set<string>, empty: boolean }} Answer
 * `kinds`: record numbers of each kind, best first; `named`: entities that the query names; `marks`: words to mark;
 * `without`: words that were let go, as nothing held them along with the others.
 */

const K1 = 1.2;
const B = 0.75;
/** A word that only begins as it was typed, one that differs by a letter, words in their order. */
const PREFIX_WEIGHT = 0.6;
const TYPO_WEIGHT = 0.5;
const PHRASE_WEIGHT = 1.25;
/** What an article is about weighs more than one of its words. */
const ENTITY_WEIGHT = 1.5;
/** The page of what is asked for by its name stands before all others. */
const NAMED_BONUS = 20;
const MENTIONS_WEIGHT = 0.4;
/** A word of a name counts at least so much; see `records.py`. */
const NAME_FLOOR = 4;
/** Places of a word in more records of a kind than this are about as much to load as the texts of a few records. */
const MANY_RECORDS = 1500;
const MOST_READ = 16;
const MOST_BEGINNINGS = 40;
const MOST_TYPOS = 8;
const MOST_NAMESAKES = 8;
const MOST_ENTITIES = 60;
const LONGEST_NAME = 6;
const SHORTEST_TYPO = 5;
/** Parts of a word that may stand apart are words of three letters and more: shorter ones are found in every long word. */
const SHORTEST_PART = 3;
const MOST_PARTINGS = 3;
/** Begin the names of pairs with their places, and of those with their records alone; see `pairs.py`. */
const PAIR = "+";
const NEAR = "&";

export class Engine {
  /**
   * @param {Index} index
   * @param {number} [many] the places of a word in more records of a kind are loaded last
   */
  constructor(index, many = MANY_RECORDS) {
    this.index = index;
    this.many = many;
  }

  /**
   * @param {Query} query
   * @param {{ byDate?: boolean, first?: number, early?: (kind: number, numbers: Int32Array) => void }} [options]
   *   `first`: so many of each kind have to be in order, the others not; `early` is called with the kind that is shown first
   *   as soon as its records are known
   * @returns {Promise<Answer>}
   */
  async answer(query, { byDate = false, first = Infinity, early } = {}) {
    // Every answer needs these; what is wrong with them is told where they are used.
    void this.index.common().catch(() => undefined);
    const { counts, little } = await this.index.manifest();
    const asked = new Asked(this.index, counts, this.many, new Set(little));
    asked.ahead(query);
    const groups = await asked.groups(query.groups);
    const excluded = await Promise.all(query.excluded.map((atom) => asked.atom(atom, true)));
    const searching = groups.filter((group) => !group.filter);
    const empty = !groups.length && !excluded.length;
    const order = shownOrder(asked.named.length > 0);
    /** @param {Group[]} wanted @param {number} need @returns {Promise<[Int32Array[], Float64Array[]]>} */
    const found = async (wanted, need) => {
      /** @type {Int32Array[]} */
      const kinds = [];
      /** @type {Float64Array[]} */
      const scores = [];
      for (const kind of order) {
        [kinds[kind], scores[kind]] = await asked.kind(kind, wanted, excluded, need, byDate, first);
        if (kind === order[0] && !empty) early?.(kind, kinds[kind]);
      }
      return [kinds, scores];
    };
    const none = () => kinds.every((numbers) => !numbers.length);
    let [kinds, scores] = await found(groups, searching.length);
    let relaxed = false;
    /** @type {string[]} */
    let without = [];
    if (searching.length > 1 && none()) {
      const telling = searching.filter((group) => group.little === null);
      const fewer = telling.length > 0 && telling.length < searching.length;
      const left = fewer ? groups.filter((group) => group.little === null) : groups;
      const count = fewer ? telling.length : searching.length;
      if (fewer) [kinds, scores] = await found(left, count);
      if (count > 1 && none()) {
        [kinds, scores] = await found(left, Math.ceil(count / 2));
        relaxed = !none();
      }
      if (fewer && !none()) without = searching.flatMap((group) => group.little ?? []);
    }
    return {
      kinds, scores, relaxed, without, empty,
      named: [...new Set(asked.named)],
      corrected: asked.corrected, notes: asked.notes, marks: asked.marks,
    };
  }
}

/** One query as it is worked out. */
class Asked {
  /** @param {Index} index @param {number[]} counts @param {number} many @param {ReadonlySet<string>} little */
  constructor(index, counts, many, little) {
    this.index = index;
    this.many = many;
    this.little = little;
    this.counts = counts;
    /** @type {number[]} */
    this.named = [];
    /** @type {[string, string[]][]} */
    this.corrected = [];
    /** @type {string[]} */
    this.notes = [];
    /** @type {Set<string>} */
    this.marks = new Set();
  }

  /**
   * Begins to load what each word needs, since one file tells of the next and words are worked out one after the other.
   * What is wrong with a file is told where it is used.
   * @param {Query} query
   */
  ahead(query) {
    /** @param {number} number */
    const load = (number) => void this.index.postings(number).catch(() => undefined);
    query.groups.forEach((_, at) => void this._name(query.groups, at).then(([, name]) => name !== null && load(name)).catch(() => undefined));
    for (const atom of [...query.groups.flat(), ...query.excluded]) {
      if (atom.kind === "field") continue;
      const words = wordsOf(atom.text);
      words.forEach((word, at) => {
        const entry = this._entry(word);
        void entry.then((found) => found && load(found.number)).catch(() => undefined);
        if (atom.kind === "word" && (atom.prefix || atom.typed) && !word.pair && at === words.length - 1) {
          const longer = entry.then((found) => this._longer(word.folded, found?.number ?? null));
          void longer.then(([numbers]) => numbers.forEach(load)).catch(() => undefined);
        }
      });
      if (atom.kind === "phrase") void this._pairs(placed(atom.text)).then((pairs) => pairs.forEach(({ entry }) => load(entry.number))).catch(() => undefined);
    }
  }

  /** @param {Atom[][]} groups @returns {Promise<Group[]>} */
  async groups(groups) {
    /** @type {Group[]} */
    const done = [];
    for (let at = 0; at < groups.length; ) {
      const [length, name] = await this._name(groups, at);
      const nodes = await Promise.all(groups.slice(at, at + length).map((_, step) => this._neighboured(groups, at + step)));
      if (name !== null) {
        done.push({ node: await this._named(name, nodes.map((group) => group.node)), filter: false, little: null });
      } else {
        done.push(...nodes);
      }
      at += length;
    }
    return done;
  }

  /**
   * A group of atoms; where it is one word, and it and a neighbour are also written as one, whatever holds that one too.
   * @param {Atom[][]} groups @param {number} at @returns {Promise<Group>}
   */
  async _neighboured(groups, at) {
    const [group, ...joined] = await Promise.all([
      this._group(groups[at]),
      this._joined(groups[at - 1], groups[at]),
      this._joined(groups[at], groups[at + 1]),
    ]);
    // It stands for two of what was asked, and counts half for each.
    const others = joined.flatMap((node) => (node ? [/** @type {[Node, number]} */ ([node, 0.5])] : []));
    return others.length ? { ...group, node: this._best([[group.node, 1], ...others]) } : group;
  }

  /** What holds two words that were asked for as one word. @param {Atom[] | undefined} one @param {Atom[] | undefined} other @returns {Promise<Node | null>} */
  async _joined(one, other) {
    const [left, right] = [this._single(one), this._single(other)];
    if (!left || !right || !joinable(left, right) || this.little.has(left) || this.little.has(right)) return null;
    return this._whole(left + right);
  }

  /** The word of a group that is one word and no more, folded. @param {Atom[] | undefined} atoms @returns {string | null} */
  _single(atoms) {
    const [atom, other] = atoms ?? [];
    if (!atom || other || atom.kind !== "word" || atom.prefix) return null;
    const words = wordsOf(atom.text);
    return words.length === 1 && !words[0].pair ? words[0].folded : null;
  }

  /** What holds a word that stands so in some text. @param {string} folded @returns {Promise<Node | null>} */
  async _whole(folded) {
    const entry = await this.index.entry(folded);
    if (!entry) return null;
    this.marks.add(wordsOf(folded)[0]?.term ?? folded);
    return this._scored([[entry.number, 1]]);
  }

  /**
   * How many words from `at` on are the whole name of an entity, and the number of that name's postings.
   * @param {Atom[][]} groups @param {number} at @returns {Promise<[number, number | null]>}
   */
  async _name(groups, at) {
    /** @type {string[]} */
    const words = [];
    for (let next = at; next < Math.min(groups.length, at + LONGEST_NAME); next++) {
      const [atom, other] = groups[next];
      if (other || atom.kind === "field" || (atom.kind === "word" && atom.prefix)) break;
      if (atom.kind === "phrase" && next > at) break;
      words.push(wordsOf(atom.text).map((word) => word.folded).join(" "));
      if (atom.kind === "phrase") break;
    }
    const entries = await Promise.all(words.map((_, last) => this.index.entry(`=${words.slice(0, last + 1).join(" ")}`)));
    for (let length = words.length; length > 0; length--) {
      const entry = entries[length - 1];
      if (entry) return [length, entry.number];
    }
    return [1, null];
  }

  /** @param {Atom[]} atoms @returns {Promise<Group>} */
  async _group(atoms) {
    const nodes = await Promise.all(atoms.map((atom) => this.atom(atom, false)));
    const filter = atoms.every((atom) => atom.kind === "field");
    const single = this._single(atoms);
    const little = single !== null && this.little.has(single) ? single : null;
    return { node: nodes.length === 1 ? nodes[0] : (kind) => this._any(kind, nodes), filter, little };
  }

  /** @param {Atom} atom @param {boolean} excluded @returns {Promise<Node>} */
  async atom(atom, excluded) {
    if (atom.kind === "field") return this._field(atom.field, atom.value, atom.exact === true);
    const words = placed(atom.text);
    if (!excluded) words.forEach(({ word }) => this.marks.add(word.term));
    if (atom.kind === "word") {
      const last = words[words.length - 1].word;
      const open = (atom.prefix || atom.typed) && !last.pair;
      if (words.length === 1) {
        const single = last.pair && Array.from(last.folded).length === 1;
        const partings = excluded ? [] : this._partings(last, atom.text.slice(last.start, last.end));
        return this._word(last, open || single, !excluded, single ? 1 : PREFIX_WEIGHT, partings);
      }
      // What was written with a hyphen stands as one word elsewhere.
      const whole = excluded || words.some(({ word }) => word.pair) ? null : this._whole(words.map(({ word }) => word.folded).join(""));
      const nodes = open && (await Promise.all(
        words.map(({ word }, at) => this._word(word, at === words.length - 1, !excluded, PREFIX_WEIGHT)),
      ));
      const parts = nodes ? async (/** @type {number} */ kind) => this._all(kind, nodes) : await this._phrase(words);
      const joined = await whole;
      return joined ? this._best([[parts, 1], [joined, 1]]) : parts;
    } else if (words.length === 1) {
      const { word } = words[0];
      const single = word.pair && Array.from(word.folded).length === 1;
      return this._word(word, single, false, 1);
    }
    return this._phrase(words);
  }

  /** The entry of a term. @param {import("./words.js").Word} word @returns {Promise<import("./index.js").Entry | null>} */
  async _entry(word) {
    const entry = (await this.index.entry(word.folded)) ?? (await this.index.entry(`~${word.term}`));
    // The stem is itself a word of the texts, but for a word whose stem is another.
    return entry ?? (word.term === word.folded ? null : this.index.entry(word.term));
  }

  /** The number of a term's postings. @param {import("./words.js").Word} word @returns {Promise<number | null>} */
  async _term(word) {
    return (await this._entry(word))?.number ?? null;
  }

  /**
   * @param {import("./words.js").Word} word
   * @param {boolean} open whether longer words count too
   * @param {boolean} forgiving whether typos are forgiven
   * @param {number} weight of longer words
   * @param {string[][]} [partings] the ways in which it may stand apart, as several words
   * @returns {Promise<Node>}
   */
  async _word(word, open, forgiving, weight, partings = []) {
    const exact = await this._term(word);
    /** @type {[number, number][]} */
    const terms = exact === null ? [] : [[exact, 1]];
    if (open) terms.push(...(await this._beginnings(word.folded, exact, weight)));
    // While somebody types, each beginning of a word would be looked for apart.
    const apart = open && terms.length ? [] : await this._apart(partings);
    if (!terms.length && forgiving && !apart.length) {
      const close = await this._typos(word);
      if (close.length) {
        this.corrected.push([word.folded, close.map((entry) => entry.surface)]);
        close.forEach((entry) => this.marks.add(wordsOf(entry.surface)[0].term));
        terms.push(...ranked(close, MOST_TYPOS).map((number) => /** @type {[number, number]} */ ([number, TYPO_WEIGHT])));
      } else if (word.folded.length > 2 && !open) {
        terms.push(...(await this._beginnings(word.folded, null, PREFIX_WEIGHT)));
      }
    }
    const node = await this._scored(terms);
    return apart.length ? this._best([[node, 1], ...apart.map((one) => /** @type {[Node, number]} */ ([one, 1]))]) : node;
  }

  /**
   * The ways in which a word may stand as several: in two words, or initials letter by letter.
   * @param {import("./words.js").Word} word @param {string} surface as it was typed @returns {string[][]}
   */
  _partings(word, surface) {
    const letters = Array.from(word.folded);
    if (surface.includes(".")) return [letters];
    if (word.pair || /\d/.test(word.folded)) return [];
    /** @type {string[][]} */
    const ways = [];
    for (let at = SHORTEST_PART; at <= letters.length - SHORTEST_PART; at++) {
      const parts = [letters.slice(0, at).join(""), letters.slice(at).join("")];
      if (!parts.some((part) => this.little.has(part))) ways.push(parts);
    }
    return ways;
  }

  /** What holds the words of one of `ways` side by side. @param {string[][]} ways @returns {Promise<Node[]>} */
  async _apart(ways) {
    // Beginnings of a word are mostly in the same file; only where one is a word is the rest looked for.
    const known = await Promise.all(ways.map(async (parts) => {
      for (const part of parts) if (!(await this.index.entry(part))) return false;
      return true;
    }));
    const nodes = await Promise.all(ways.filter((_, at) => known[at]).slice(0, MOST_PARTINGS).map(async (parts) => {
      const words = placed(parts.join(" "));
      const phrase = await this._phrase(words);
      const hits = await Promise.all(Array.from({ length: KINDS }, (_, kind) => phrase(kind)));
      if (!hits.some(({ match }) => match.includes(1))) return null;
      words.forEach(({ word }) => this.marks.add(word.term));
      return /** @type {Node} */ (async (kind) => hits[kind]);
    }));
    return nodes.flatMap((node) => node ?? []);
  }

  /** Whatever holds one of some terms, by the best of them. @param {[number, number][]} terms numbers, and what each weighs @returns {Promise<Node>} */
  async _scored(terms) {
    const postings = await Promise.all(terms.map(([number]) => this.index.postings(number)));
    return async (kind) => {
      const hits = this._none(kind);
      for (let index = 0; index < terms.length; index++) {
        const { records, weights } = postings[index][kind];
        const score = await this._scorer(kind, records.length);
        for (let at = 0; at < records.length; at++) {
          const record = records[at];
          hits.match[record] = 1;
          hits.score[record] = Math.max(hits.score[record], terms[index][1] * score(record, weights[at]));
        }
      }
      return hits;
    };
  }

  /** @param {string} folded @param {number | null} exact @param {number} weight @returns {Promise<[number, number][]>} */
  async _beginnings(folded, exact, weight) {
    const [numbers, entries] = await this._longer(folded, exact);
    const kept = new Set(numbers);
    entries.forEach((entry) => {
      if (kept.has(entry.number)) this.marks.add(wordsOf(entry.surface)[0]?.term ?? "");
    });
    return numbers.map((number) => [number, weight]);
  }

  /**
   * The words that begin so, but for one: the numbers of those in most records, and the entries of all.
   * @param {string} folded @param {number | null} exact @returns {Promise<[number[], import("./index.js").Entry[]]>}
   */
  async _longer(folded, exact) {
    if (folded.length < 2 && !wordsOf(folded)[0]?.pair) return [[], []];
    const entries = (await this.index.beginning(folded)).filter((entry) => entry.number !== exact);
    return [ranked(entries, MOST_BEGINNINGS), entries];
  }

  /** @param {import("./words.js").Word} word @returns {Promise<import("./index.js").Entry[]>} */
  async _typos(word) {
    const { folded } = word;
    if (folded.length < SHORTEST_TYPO || word.pair || /\d/.test(folded)) return [];
    // One error leaves the first or the last part of a word whole, and two letters side by side in the wrong order too.
    const half = Math.floor((folded.length - 1) / 2);
    const [front, back] = await Promise.all([
      this.index.beginning(folded.slice(0, half)),
      this.index.ending(folded.slice(-half)),
    ]);
    const surfaces = new Set([...front.map((entry) => entry.surface), ...back]);
    const close = [...surfaces].filter((surface) => correctable(surface) && oneApart(folded, surface)).sort();
    const entries = await Promise.all(close.map((surface) => this.index.entry(surface)));
    return entries.filter((entry) => entry !== null);
  }

  /** @param {{ word: import("./words.js").Word, offset: number }[]} words @returns {Promise<Node>} */
  async _phrase(words) {
    const entries = await Promise.all(words.map(({ word }) => this._entry(word)));
    if (entries.some((entry) => entry === null)) return async (kind) => this._none(kind);
    const known = /** @type {import("./index.js").Entry[]} */ (entries);
    const [postings, pairs] = await Promise.all([
      Promise.all(known.map(({ number }) => this.index.postings(number))),
      this._pairs(words),
    ]);
    const numbers = [...known, ...pairs.map(({ entry }) => entry)].map(({ number }) => number);
    const held = [...postings, ...(await Promise.all(pairs.map(({ entry }) => this.index.postings(entry.number))))];
    const offsets = [...words, ...pairs].map(({ offset }) => offset);
    // What a pair tells of two words need not be asked of each. Of some only the records are known: enough for a phrase of
    // just these two; a longer one is looked for in fewer records.
    const told = new Set(pairs.flatMap(({ at, near }) => (near && words.length > 2 ? [] : [at, at + 1])));
    const near = new Set(pairs.flatMap((pair, at) => (pair.near ? [words.length + at] : [])));
    const asked = numbers.map((_, at) => at).filter((at) => !told.has(at) && !near.has(at));
    return async (kind) => {
      const hits = this._none(kind);
      const lists = held.map((all) => all[kind]);
      const scores = await Promise.all(postings.map((all) => this._scorer(kind, all[kind].records.length)));
      const found = await this._standing(kind, { numbers, lists, offsets, asked }, words);
      for (const { record, rows } of found) {
        hits.match[record] = 1;
        let sum = 0;
        scores.forEach((score, index) => (sum += score(record, lists[index].weights[rows[index]])));
        hits.score[record] = PHRASE_WEIGHT * sum;
      }
      return hits;
    };
  }

  /**
   * The neighbours in a phrase that the index knows as one: frequent words, whose own places are many.
   * @param {{ word: import("./words.js").Word, offset: number }[]} words
   * @returns {Promise<{ entry: import("./index.js").Entry, at: number, offset: number, near: boolean }[]>} `at`: which of the
   *   words is the first; `near`: the index knows the records alone
   */
  async _pairs(words) {
    const entries = await Promise.all(words.map(({ word }) => this._entry(word)));
    const many = (/** @type {number} */ at) => (entries[at]?.count ?? 0) > this.many;
    const found = await Promise.all(words.map(async ({ word, offset }, at) => {
      const next = words[at + 1];
      if (!many(at) || !many(at + 1) || next.offset !== offset + 1) return [];
      const pair = `${word.term} ${next.word.term}`;
      const [placed, near] = await Promise.all([this.index.entry(PAIR + pair), this.index.entry(NEAR + pair)]);
      const entry = placed ?? near;
      return entry ? [{ entry, at, offset, near: !placed }] : [];
    }));
    return found.flat();
  }

  /**
   * The records in which words stand in their order. Places of words that are in nearly everything are many, and are
   * loaded only where the others leave more records than can be read instead.
   * @param {number} kind
   * @param {{ numbers: number[], lists: Posting[], offsets: number[], asked: number[] }} units words and pairs of words, and
   *   those of them whose places tell whether the phrase is there
   * @param {{ word: import("./words.js").Word, offset: number }[]} words
   * @returns {Promise<{ record: number, rows: number[] }[]>} `rows`: the places of the record in `lists`
   */
  async _standing(kind, { numbers, lists, offsets, asked }, words) {
    const rarest = lists.reduce((best, list) => (list.records.length < best.records.length ? list : best));
    /** @type {{ record: number, rows: number[] }[]} */
    let found = [];
    // All ascend, so that each is walked through once.
    const walked = new Int32Array(lists.length);
    for (const record of rarest.records) {
      let all = true;
      for (let index = 0; index < lists.length; index++) {
        const { records } = lists[index];
        let at = walked[index];
        while (at < records.length && records[at] < record) at++;
        walked[index] = at;
        all &&= at < records.length && records[at] === record;
      }
      if (all) found.push({ record, rows: Array.from(walked) });
    }
    if (asked.length < 2) return found;
    /** @param {number[]} which */
    const narrow = async (which) => {
      if (!found.length) return;
      const places = await Promise.all(which.map((index) => this.index.places(numbers[index], kind)));
      found = found.filter(({ rows }) => inOrder(
        places.map(({ starts, places: all }, at) => all.subarray(starts[rows[which[at]]], starts[rows[which[at]] + 1])),
        which.map((index) => offsets[index]),
      ));
    };
    const readable = kind === ARTICLE || kind === QUOTE;
    const known = asked.filter((index) => !readable || lists[index].records.length <= this.many);
    // The more often a word stands anywhere, the more there is to load: the rarest of them next.
    const times = lists.map(({ weights }) => weights.reduce((sum, weight) => sum + weight, 0));
    const heavy = asked.filter((index) => !known.includes(index)).sort((one, other) => times[one] - times[other]);
    if (known.length > 1) await narrow(known);
    while (heavy.length) {
      if (known.length && found.length <= MOST_READ) {
        const whole = await Promise.all(found.map(({ record }) => this._reads(kind, record, words)));
        return found.filter((_, at) => whole[at]);
      }
      known.push(/** @type {number} */ (heavy.shift()));
      if (known.length > 1) await narrow([...known].sort((one, other) => offsets[one] - offsets[other]));
    }
    return found;
  }

  /** Whether words stand in their order in the texts of a record. @param {number} kind @param {number} record @param {{ word: import("./words.js").Word, offset: number }[]} words */
  async _reads(kind, record, words) {
    return (await this.index.texts(kind, record)).some((text) => {
      const held = wordsOf(text);
      return held.some((_, at) => words.every(({ word, offset }) => held[at + offset]?.term === word.term));
    });
  }

  /** @param {number} name postings of the whole name @param {Node[]} words @returns {Promise<Node>} */
  async _named(name, words) {
    const entities = Array.from((await this.index.postings(name))[ENTITY].records).slice(0, MOST_NAMESAKES);
    this.named.push(...entities);
    const mentions = await Promise.all(entities.map((entity) => this.index.mentions(entity)));
    return async (kind) => {
      const hits = await this._all(kind, words);
      if (kind === ENTITY) {
        for (const entity of entities) {
          hits.match[entity] = 1;
          hits.score[entity] += NAMED_BONUS;
        }
        return hits;
      }
      const bonus = new Float64Array(hits.score.length);
      for (const posting of mentions) {
        const { records, weights } = posting[kind];
        const rarity = rareness(this.counts[kind], records.length);
        for (let at = 0; at < records.length; at++) {
          const worth = (ENTITY_WEIGHT * rarity * weights[at] * (K1 + 1)) / (weights[at] + K1);
          hits.match[records[at]] = 1;
          bonus[records[at]] = Math.max(bonus[records[at]], worth);
        }
      }
      for (let record = 0; record < bonus.length; record++) hits.score[record] += bonus[record];
      return hits;
    };
  }

  /** Whatever one of some nodes finds, by the best of them. @param {[Node, number][]} nodes with what each weighs @returns {Node} */
  _best(nodes) {
    return async (kind) => {
      const hits = this._none(kind);
      const each = await Promise.all(nodes.map(([node]) => node(kind)));
      each.forEach(({ match, score }, at) => {
        for (let record = 0; record < match.length; record++) {
          if (!match[record]) continue;
          hits.match[record] = 1;
          hits.score[record] = Math.max(hits.score[record], nodes[at][1] * score[record]);
        }
      });
      return hits;
    };
  }

  /** @param {number} kind @param {Node[]} nodes @returns {Promise<Hits>} */
  async _all(kind, nodes) {
    const hits = this._none(kind);
    const each = await Promise.all(nodes.map((node) => node(kind)));
    for (let record = 0; record < hits.match.length; record++) {
      if (!each.every(({ match }) => match[record])) continue;
      hits.match[record] = 1;
      for (const { score } of each) hits.score[record] += score[record];
    }
    return hits;
  }

  /** @param {number} kind @param {Node[]} nodes @returns {Promise<Hits>} */
  async _any(kind, nodes) {
    const hits = this._none(kind);
    for (const { match, score } of await Promise.all(nodes.map((node) => node(kind)))) {
      for (let record = 0; record < match.length; record++) {
        if (match[record]) hits.match[record] = 1;
        hits.score[record] += score[record];
      }
    }
    return hits;
  }

  /** @param {string} field @param {string} value @param {boolean} exact @returns {Promise<Node>} */
  async _field(field, value, exact) {
    if (field === "type") return this._type(value);
    if (ENTITY_TYPES.includes(field)) return this._entities(field, value);
    if (field === "before" || field === "after" || field === "date") return this._dates(field, value);
    const values = await this.index.values();
    const asked = wordsOf(value).map((word) => word.folded);
    /** @param {string} text */
    const holds = (text) => {
      const held = new Set(wordsOf(text).map((word) => word.folded));
      return asked.length > 0 && asked.every((word) => held.has(word));
    };
    /** @type {Set<number>} */
    const wanted = new Set();
    if (field === "source") {
      values.sources.forEach((source, place) => (exact ? source === value : holds(source)) && wanted.add(place));
    } else if (field === "lang") {
      const folded = fold(value);
      values.languages.forEach(([code, name], place) => (fold(code) === folded || fold(name).startsWith(folded)) && wanted.add(place));
    } else {
      values.signals.forEach(([code, name], place) => (exact ? code === value : holds(code) || holds(name)) && wanted.add(place));
    }
    const column = field === "source" ? "sources" : field === "lang" ? "languages" : "signals";
    return async (kind) => {
      const hits = this._none(kind);
      if (kind === ENTITY || !wanted.size) return hits;
      (await this.index.columns(kind))[column].forEach((held, record) => {
        if (held.some((one) => wanted.has(one))) hits.match[record] = 1;
      });
      return hits;
    };
  }

  /** @param {string} value @returns {Promise<Node>} */
  async _type(value) {
    const wanted = TYPES.get(fold(value)) ?? fold(value);
    const types = ENTITY_TYPES.includes(wanted) && wanted !== "event" ? await this.index.types() : null;
    const whole = KIND_OF.get(wanted);
    if (whole === undefined && !types) {
      this.notes.push(say("There is no type “{value}”: article, name, person, organization, place, quote, event.", { value }));
    }
    return async (kind) => {
      const hits = this._none(kind);
      if (kind === whole) hits.match.fill(1);
      if (kind === ENTITY && types) types.forEach((type, record) => (hits.match[record] = ENTITY_TYPES[type] === wanted ? 1 : 0));
      return hits;
    };
  }

  /** @param {string} type @param {string} value @returns {Promise<Node>} */
  async _entities(type, value) {
    const types = await this.index.types();
    /** @param {Iterable<number>} records */
    const ofType = (records) => Array.from(records).filter((record) => ENTITY_TYPES[types[record]] === type);
    const words = wordsOf(value);
    const whole = await this.index.entry(`=${words.map((word) => word.folded).join(" ")}`);
    let entities = whole ? ofType((await this.index.postings(whole.number))[ENTITY].records) : [];
    if (!entities.length && words.length) {
      const numbers = await Promise.all(words.map((word) => this._term(word)));
      if (numbers.every((number) => number !== null)) {
        const lists = await Promise.all(numbers.map((number) => this.index.postings(/** @type {number} */ (number))));
        const sets = lists.map((list) => {
          const { records, weights } = list[ENTITY];
          return new Set(records.filter((_, at) => weights[at] >= NAME_FLOOR));
        });
        entities = ofType(sets[0]).filter((record) => sets.every((set) => set.has(record)));
      }
    }
    entities = entities.slice(0, MOST_ENTITIES);
    if (!entities.length) this.notes.push(say("Nothing of type {type} is called “{value}”.", { type: say(type), value }));
    const mentions = await Promise.all(entities.map((entity) => this.index.mentions(entity)));
    return async (kind) => {
      const hits = this._none(kind);
      if (kind === ENTITY) for (const entity of entities) hits.match[entity] = 1;
      else for (const posting of mentions) for (const record of posting[kind].records) hits.match[record] = 1;
      return hits;
    };
  }

  /** @param {string} field @param {string} value @returns {Promise<Node>} */
  async _dates(field, value) {
    const days = daysOf(value);
    if (!days) {
      this.notes.push(say("“{value}” is no date: write 2024, 2024-03 or 2024-03-15.", { value }));
      return async (kind) => this._none(kind);
    }
    const [low, high] = days;
    return async (kind) => {
      const hits = this._none(kind);
      if (kind === ENTITY) return hits;
      const { first, last } = await this.index.columns(kind);
      for (let record = 0; record < first.length; record++) {
        const inside = field === "before" ? last[record] < low : field === "after" ? first[record] > high : first[record] >= low && last[record] <= high;
        if (inside) hits.match[record] = 1;
      }
      return hits;
    };
  }

  /**
   * The records of a kind that match, best first.
   * @param {number} kind @param {Group[]} groups @param {Node[]} excluded @param {number} need @param {boolean} byDate
   * @param {number} first
   * @returns {Promise<[Int32Array, Float64Array]>}
   */
  async kind(kind, groups, excluded, need, byDate, first) {
    const size = this.counts[kind];
    const total = new Float64Array(size);
    const matched = new Uint8Array(size);
    const out = new Uint8Array(size);
    for (const { node, filter } of groups) {
      const { match, score } = await node(kind);
      for (let record = 0; record < size; record++) {
        if (filter) {
          if (!match[record]) out[record] = 1;
        } else if (match[record]) {
          matched[record]++;
          total[record] += score[record];
        }
      }
    }
    for (const node of excluded) {
      const { match } = await node(kind);
      for (let record = 0; record < size; record++) if (match[record]) out[record] = 1;
    }
    if (kind === ENTITY && need > 0) await this._weighMentions(total);
    const all = new Int32Array(size);
    let count = 0;
    for (let record = 0; record < size; record++) if (!out[record] && matched[record] >= need) all[count++] = record;
    const numbers = all.slice(0, count);
    // Records are numbered oldest first, entities most mentioned first.
    const later = kind === ENTITY ? 1 : -1;
    const worth = byDate ? null : total;
    if (count > first) lead(numbers, first, worth, later);
    else numbers.sort((one, other) => (worth ? worth[other] - worth[one] : 0) || later * (one - other));
    return [numbers, total];
  }

  /** @param {Float64Array} total */
  async _weighMentions(total) {
    // Entities are numbered by their mentions; the place in that order says enough of how often one is mentioned.
    for (let record = 0; record < total.length; record++) {
      if (total[record] > 0) total[record] += MENTIONS_WEIGHT * Math.log(1 + total.length / (1 + record));
    }
  }

  /** @param {number} kind @returns {Hits} */
  _none(kind) {
    return { match: new Uint8Array(this.counts[kind]), score: new Float64Array(this.counts[kind]) };
  }

  /**
   * What a term in `found` records of a kind is worth in one of them, by BM25.
   * @param {number} kind @param {number} found @returns {Promise<(record: number, weight: number) => number>}
   */
  async _scorer(kind, found) {
    const rarity = rareness(this.counts[kind], found);
    if (kind !== ARTICLE || !found) return (_, weight) => (rarity * weight * (K1 + 1)) / (weight + K1);
    const [lengths, { mean }] = await Promise.all([this.index.lengths(), this.index.manifest()]);
    return (record, weight) => (rarity * weight * (K1 + 1)) / (weight + K1 * (1 - B + (B * lengths[record]) / mean));
  }
}

/** @type {ReadonlyMap<string, string>} */
const TYPES = new Map([
  ["articles", "article"], ["name", "entity"], ["names", "entity"], ["entities", "entity"], ["quotes", "quote"],
  ["events", "event"], ["people", "person"], ["persons", "person"], ["org", "organization"], ["orgs", "organization"],
  ["organizations", "organization"], ["places", "place"],
]);

/** @type {ReadonlyMap<string, number>} not an object, which has a `constructor` of its own */
const KIND_OF = new Map([["article", ARTICLE], ["entity", ENTITY], ["quote", QUOTE], ["event", EVENT]]);

/** @param {number} all @param {number} found */
function rareness(all, found) {
  return Math.log(1 + (all - found + 0.5) / (found + 0.5));
}

/**
 * Whether two words side by side may be written as one: of three letters and more, initials, or the thousands of a number.
 * @param {string} left @param {string} right
 */
function joinable(left, right) {
  if (/\d/.test(left + right)) return /^\d{1,3}$/.test(left) && /^\d{3}$/.test(right);
  const [one, other] = [Array.from(left).length, Array.from(right).length];
  return (one >= SHORTEST_PART && other >= SHORTEST_PART) || (one === 1 && other === 1);
}

/** The order in which kinds are shown. @param {boolean} named whether somebody or something is asked for by name */
export function shownOrder(named) {
  return named ? [ENTITY, ARTICLE, QUOTE, EVENT] : [ARTICLE, ENTITY, QUOTE, EVENT];
}

/**
 * Puts the best `count` of ascending `numbers` in front, in order, and leaves the others as they are: to sort thousands takes
 * longer than to look for a few.
 * @param {Int32Array} numbers @param {number} count
 * @param {Float64Array | null} worth of each number; `null`: all are worth the same
 * @param {number} later 1 where of equals the lower number is the better, -1 where the higher one is
 */
function lead(numbers, count, worth, later) {
  const front = new Int32Array(count);
  const worths = new Float64Array(count);
  let held = 0;
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[later > 0 ? place : numbers.length - 1 - place];
    const value = worth ? worth[number] : 0;
    // Numbers come from the better to the worse of equals.
    if (held === count && value <= worths[held - 1]) continue;
    let at = held < count ? held++ : held - 1;
    for (; at > 0 && worths[at - 1] < value; at--) {
      front[at] = front[at - 1];
      worths[at] = worths[at - 1];
    }
    front[at] = number;
    worths[at] = value;
  }
  const taken = front.slice(0, held).sort();
  // From the back, each of the others moves up by as many of the taken as stand behind it.
  let free = numbers.length - 1;
  let next = held - 1;
  for (let place = numbers.length - 1; place >= 0; place--) {
    if (next >= 0 && numbers[place] === taken[next]) next--;
    else numbers[free--] = numbers[place];
  }
  numbers.set(front.subarray(0, held));
}

/**
 * The numbers of the postings of `entries`, those in most records first.
 * @param {import("./index.js").Entry[]} entries @param {number} most @returns {number[]}
 */
function ranked(entries, most) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  entries.forEach(({ number, count }) => counts.set(number, count));
  return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, most).map(([number]) => number);
}

/**
 * The words of a phrase with their distances from its beginning. The last character of a run of pairs is left out:
 * it says nothing that the last pair does not.
 * @param {string} text
 */
export function placed(text) {
  const words = wordsOf(text);
  return words
    .map((word, offset) => ({ word, offset }))
    .filter(({ word, offset }) => {
      const before = words[offset - 1];
      return !(word.pair && before?.pair && before.end === word.end);
    });
}

/** Whether some place in the first stretch is followed by one in each other at its offset. @param {Int32Array[]} stretches @param {number[]} offsets */
function inOrder(stretches, offsets) {
  const [first, ...others] = stretches;
  for (const place of first) {
    const start = place - offsets[0];
    const whole = others.every((stretch, index) => {
      const at = placeIn(stretch, start + offsets[index + 1]);
      return at >= 0 && stretch[at] === start + offsets[index + 1];
    });
    if (whole) return true;
  }
  return false;
}

/** @param {string} surface */
function correctable(surface) {
  return surface.length >= 4 && !/[0-9=~]/.test(surface);
}

/**
 * Whether one letter more, less or other, or two neighbours in the other order, make `one` of `other`.
 * @param {string} one @param {string} other
 */
export function oneApart(one, other) {
  const difference = one.length - other.length;
  if (difference < -1 || difference > 1 || one === other) return false;
  let front = 0;
  while (front < one.length && front < other.length && one[front] === other[front]) front++;
  let back = 0;
  while (
    back < one.length - front && back < other.length - front &&
    one[one.length - 1 - back] === other[other.length - 1 - back]
  ) back++;
  const left = one.slice(front, one.length - back);
  const right = other.slice(front, other.length - back);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** The first and last day of a date as typed. @param {string} value @returns {[number, number] | null} */
export function daysOf(value) {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value.trim());
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  if (year < 1 || month < 1 || month > 12 || day < 1) return null;
  const low = ordinal(year, month, day);
  if (match[3]) return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate() ? [low, low] : null;
  if (match[2]) return [low, (month === 12 ? ordinal(year + 1, 1, 1) : ordinal(year, month + 1, 1)) - 1];
  return [low, ordinal(year + 1, 1, 1) - 1];
}

/** Days since the first of January of the year 1, that day being 1. @param {number} year @param {number} month @param {number} day */
export function ordinal(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / 86400000) + 719163;
}
