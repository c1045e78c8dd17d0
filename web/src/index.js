/**
 * The index as questions that can be asked of it; each loads the files that the answer needs, and no more.
 * @module
 */

import { Bits, Reader, parsed, riceParameter } from "./bytes.js";
import { DICTIONARY, damaged } from "./store.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {{ surface: string, number: number, count: number }} Entry  a word, the number of its postings, its records */
/** @typedef {{ records: Int32Array, weights: Int32Array }} Posting  ascending record numbers and what the term counts */
/** @typedef {{ starts: Int32Array, places: Int32Array }} Places  of record i: places from starts[i] to starts[i + 1] */
/**
 * @typedef {{ first: Int32Array, last: Int32Array, sources: number[][], languages: number[][], signals: number[][] }} Columns
 */
/** @typedef {{ sources: string[], languages: [string, string][], signals: [string, string][] }} Values */

export const ARTICLE = 0;
export const ENTITY = 1;
export const QUOTE = 2;
export const EVENT = 3;
export const KINDS = 4;
export const ENTITY_TYPES = ["person", "organization", "place", "event"];
export const FIRST_DAY = 0;
export const LAST_DAY = 3652059;

/** @type {Posting} */
const NOTHING = { records: new Int32Array(0), weights: new Int32Array(0) };

export class Index {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {WeakMap<Uint8Array, any>} what files hold, unpacked once for as long as they are kept */
    this.unpacked = new WeakMap();
  }

  manifest() {
    return this.store.manifest();
  }

  /**
   * @template T
   * @param {string} name
   * @param {(bytes: Uint8Array) => T} unpack
   * @returns {Promise<T>}
   */
  async _file(name, unpack) {
    const bytes = await this.store.shard(name);
    let found = this.unpacked.get(bytes);
    if (found === undefined) {
      try {
        found = unpack(bytes);
      } catch {
        throw damaged(name);
      }
      this.unpacked.set(bytes, found);
    }
    return found;
  }

  /** Loads ahead what each answer needs. */
  async common() {
    await Promise.all([this.lengths(), this.store.shard(DICTIONARY)]);
  }

  /** The entry of a word exactly as given. @param {string} surface @returns {Promise<Entry | null>} */
  async entry(surface) {
    const { words } = await this.manifest();
    const shard = placeIn(words, surface);
    if (shard < 0) return null;
    const entries = await this._file(`t${shard}`, dictionary);
    const at = placeIn(entries, surface, (entry) => entry.surface);
    return at >= 0 && entries[at].surface === surface ? entries[at] : null;
  }

  /** The entries of all words that begin so. @param {string} beginning @returns {Promise<Entry[]>} */
  async beginning(beginning) {
    const { words } = await this.manifest();
    /** @type {Entry[]} */
    const found = [];
    for (let shard = Math.max(placeIn(words, beginning), 0); shard < words.length; shard++) {
      if (words[shard] > beginning && !words[shard].startsWith(beginning)) break;
      const entries = await this._file(`t${shard}`, dictionary);
      let at = placeIn(entries, beginning, (entry) => entry.surface);
      if (at < 0 || entries[at].surface < beginning) at++;
      for (; at < entries.length && entries[at].surface.startsWith(beginning); at++) found.push(entries[at]);
    }
    return found;
  }

  /** All words of four letters and more that end so. @param {string} ending @returns {Promise<string[]>} */
  async ending(ending) {
    const { backwards } = await this.manifest();
    const turned = reversed(ending);
    /** @type {string[]} */
    const found = [];
    for (let shard = Math.max(placeIn(backwards, turned), 0); shard < backwards.length; shard++) {
      if (backwards[shard] > turned && !backwards[shard].startsWith(turned)) break;
      const words = await this._file(`r${shard}`, turnedWords);
      let at = placeIn(words, turned);
      if (at < 0 || words[at] < turned) at++;
      for (; at < words.length && words[at].startsWith(turned); at++) found.push(reversed(words[at]));
    }
    return found;
  }

  /** The records that hold a term. @param {number} number @returns {Promise<Posting[]>} by kind */
  async postings(number) {
    const { postings, counts } = await this.manifest();
    const shard = placeIn(postings, number);
    const blobs = await this._file(`p${shard}`, (bytes) => lazily(bytes, `p${shard}`));
    return blobs.get(number - postings[shard], (bits) => postingsOf(bits, counts));
  }

  /** The records that have to do with an entity. @param {number} entity @returns {Promise<Posting[]>} by kind */
  async mentions(entity) {
    return this.postings((await this.manifest()).terms + entity);
  }

  /**
   * Where a term stands in the records of its postings.
   * @param {number} number
   * @param {number} kind
   * @returns {Promise<Places>}
   */
  async places(number, kind) {
    const { places, spans } = await this.manifest();
    const half = kind === ARTICLE || kind === QUOTE ? 0 : 1;
    const shard = placeIn(places[half], number);
    const [postings, blobs] = await Promise.all([this.postings(number), this._file(`w${half}-${shard}`, (bytes) => lazily(bytes, `w${half}-${shard}`))]);
    const kinds = half ? [ENTITY, EVENT] : [ARTICLE, QUOTE];
    const both = blobs.get(number - places[half][shard], (bits) => kinds.map((one) => placesOf(bits, postings[one], spans[one], one)));
    return both[kinds.indexOf(kind)];
  }

  /**
   * The texts of a record in which a phrase may stand, one after the other.
   * @param {number} kind article or quote
   * @param {number} number
   * @returns {Promise<string[]>}
   */
  async texts(kind, number) {
    const row = await this.record(kind, number);
    if (kind === ARTICLE) return [row[1], ...row[5].map((/** @type {[number, string]} */ one) => one[1])];
    return [row[1], String(row[2]).replace(/^unnamed: /, "")];
  }

  /** How many words each article has. @returns {Promise<Int32Array>} */
  async lengths() {
    const { counts } = await this.manifest();
    return this._file("l", (bytes) => numbers(new Reader(bytes), counts[ARTICLE]));
  }

  /** @param {number} kind not that of entities @returns {Promise<Columns>} */
  async columns(kind) {
    const { counts } = await this.manifest();
    return this._file(`c${kind}`, (bytes) => columns(new Reader(bytes), counts[kind]));
  }

  /** The type of each entity, a place in ENTITY_TYPES. @returns {Promise<Uint8Array>} */
  types() {
    return this.store.shard(`c${ENTITY}`);
  }

  /** The entities that each record of a kind has to do with. @param {number} kind @returns {Promise<Int32Array[]>} */
  async entities(kind) {
    const { counts } = await this.manifest();
    return this._file(`e${kind}`, (bytes) => {
      const reader = new Reader(bytes);
      return Array.from({ length: counts[kind] }, () => {
        const found = new Int32Array(reader.number());
        let before = -1;
        for (let index = 0; index < found.length; index++) found[index] = before += reader.number() + 1;
        return found;
      });
    });
  }

  /** What the numbers in columns stand for. @returns {Promise<Values>} */
  values() {
    return this._file("f", parsed);
  }

  /** What is shown of a record. @param {number} kind @param {number} number @returns {Promise<any[]>} */
  async record(kind, number) {
    const { records } = await this.manifest();
    const shard = placeIn(records[kind], number);
    const rows = await this._file(`d${kind}-${shard}`, parsed);
    const row = rows[number - records[kind][shard]];
    return kind === QUOTE ? this._quote(row) : row;
  }

  /** A quote names its article and its place there; what is shown is its text. @param {any[]} row @returns {Promise<any[]>} */
  async _quote([article, paragraph, said, speaker, via, direct]) {
    const [path, title, date, , , paragraphs] = await this.record(ARTICLE, article);
    let text = said;
    if (Array.isArray(said)) {
      const [, whole] = paragraphs.find((/** @type {[number, string]} */ one) => one[0] === paragraph);
      text = whole.slice(said[0], said[0] + said[1]);
    }
    return [`${path}#p${paragraph}`, text, speaker, via, title, date, direct];
  }
}

/**
 * The place of the last of `sorted` that is not above `key`; -1 where all are.
 * @template T
 * @param {ArrayLike<T>} sorted
 * @param {string | number} key
 * @param {(one: T) => string | number} [by]
 */
export function placeIn(sorted, key, by = (one) => /** @type {any} */ (one)) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (by(sorted[middle]) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** @param {string} word */
function reversed(word) {
  return Array.from(word).reverse().join("");
}

/** @param {Uint8Array} bytes @returns {Entry[]} */
function dictionary(bytes) {
  const reader = new Reader(bytes);
  /** @type {Entry[]} */
  const entries = [];
  let surface = "";
  let number = 0;
  while (reader.at < bytes.length) {
    const shared = reader.number();
    surface = surface.slice(0, shared) + reader.text();
    number += reader.signed();
    entries.push({ surface, number, count: reader.number() });
  }
  return entries;
}

/** @param {Uint8Array} bytes @returns {string[]} */
function turnedWords(bytes) {
  const reader = new Reader(bytes);
  /** @type {string[]} */
  const words = [];
  let word = "";
  while (reader.at < bytes.length) {
    const shared = reader.number();
    word = word.slice(0, shared) + reader.text();
    words.push(word);
  }
  return words;
}

/** Parts of a file, each unpacked when it is first asked for. @param {Uint8Array} bytes @param {string} name of the file */
function lazily(bytes, name) {
  const reader = new Reader(bytes);
  const lengths = numbers(reader, reader.number());
  const starts = new Int32Array(lengths.length + 1);
  starts[0] = reader.at;
  lengths.forEach((length, index) => (starts[index + 1] = starts[index] + length));
  /** @type {Map<number, any>} */
  const known = new Map();
  return {
    /** @template T @param {number} index @param {(bits: Bits) => T} unpack @returns {T} */
    get(index, unpack) {
      if (!known.has(index)) {
        try {
          known.set(index, unpack(new Bits(bytes, starts[index], starts[index + 1])));
        } catch {
          throw damaged(name);
        }
      }
      return known.get(index);
    },
  };
}

/** @param {Reader} reader @param {number} count @returns {Int32Array} */
function numbers(reader, count) {
  const found = new Int32Array(count);
  for (let index = 0; index < count; index++) found[index] = reader.number();
  return found;
}

/** @param {Bits} bits @param {number[]} sizes records of each kind @returns {Posting[]} */
function postingsOf(bits, sizes) {
  return Array.from({ length: KINDS }, (_, kind) => {
    const count = bits.gamma() - 1;
    if (!count) return NOTHING;
    if (count > sizes[kind]) throw new RangeError("a file of the index holds no such number");
    const parameter = riceParameter(sizes[kind], count);
    const records = new Int32Array(count);
    const weights = new Int32Array(count);
    let before = -1;
    for (let index = 0; index < count; index++) {
      records[index] = before += bits.rice(parameter) + 1;
      weights[index] = bits.gamma();
    }
    return { records, weights };
  });
}

/** @param {Bits} bits @param {Posting} posting @param {number} span @param {number} kind @returns {Places} */
function placesOf(bits, { records, weights }, span, kind) {
  const starts = new Int32Array(records.length + 1);
  /** @type {number[]} */
  const places = [];
  for (let index = 0; index < records.length; index++) {
    const count = weights[index] === 1 && kind !== ENTITY ? 1 : bits.gamma();
    const parameter = riceParameter(span, count);
    let place = -1;
    for (let left = count; left > 0; left--) places.push((place += bits.rice(parameter) + 1));
    starts[index + 1] = places.length;
  }
  return { starts, places: Int32Array.from(places) };
}

/** @param {Reader} reader @param {number} count @returns {Columns} */
function columns(reader, count) {
  const first = new Int32Array(count);
  const last = new Int32Array(count);
  let before = 0;
  for (let index = 0; index < count; index++) first[index] = before += reader.signed();
  for (let index = 0; index < count; index++) {
    const days = reader.number();
    last[index] = days ? first[index] + days - 1 : LAST_DAY;
  }
  const lists = () => Array.from({ length: count }, () => Array.from(numbers(reader, reader.number())));
  return { first, last, sources: lists(), languages: lists(), signals: lists() };
}
