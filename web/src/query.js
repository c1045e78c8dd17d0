/**
 * What somebody typed, as a query. The grammar stands in docs/search.md; `tests/search/reference.py` reads the same.
 * @module
 */

import { wordsOf } from "./words.js";

/**
 * @typedef {{ kind: "word", text: string, prefix: boolean, typed: boolean }} WordAtom
 * @typedef {{ kind: "phrase", text: string }} PhraseAtom
 * @typedef {{ kind: "field", field: string, value: string, exact?: boolean }} FieldAtom  exact: the value whole
 * @typedef {WordAtom | PhraseAtom | FieldAtom} Atom
 * @typedef {{ groups: Atom[][], excluded: Atom[], cut: boolean }} Query  all groups have to match, one atom of each
 */

/** @type {ReadonlyMap<string, string>} */
const FIELDS = new Map([
  ["person", "person"], ["people", "person"], ["org", "organization"], ["organization", "organization"],
  ["place", "place"], ["source", "source"], ["lang", "lang"], ["language", "lang"], ["before", "before"],
  ["after", "after"], ["date", "date"], ["type", "type"], ["quality", "quality"],
]);
const ATOM = /\s*(-?)(?:([A-Za-z]+):(?:["\u201c\u201d]([^"\u201c\u201d]*)["\u201c\u201d]?|([^\s"\u201c\u201d]+))|["\u201c\u201d]([^"\u201c\u201d]*)(["\u201c\u201d]?)|([^\s"\u201c\u201d]+))/gy;
/** Nobody asks with more words; what a page is pasted into stays quick. */
const MOST_ATOMS = 40;
const LONGEST = 2000;

/**
 * @param {string} typed
 * @param {boolean} [typing] whether the last word may be the beginning of one
 * @returns {Query}
 */
export function parseQuery(typed, typing = false) {
  const text = typed.slice(0, LONGEST);
  /** @type {Query} */
  const query = { groups: [], excluded: [], cut: typed.length > LONGEST };
  let alternative = false;
  /** @type {WordAtom | null} */
  let last = null;
  let atoms = 0;
  ATOM.lastIndex = 0;
  for (let match = ATOM.exec(text); match; match = ATOM.exec(text)) {
    if (match[7] === "OR" && !match[1]) {
      alternative = query.groups.length > 0;
      continue;
    }
    const atom = atomOf(match);
    last = null;
    if (!atom) continue;
    if (++atoms > MOST_ATOMS) {
      query.cut = true;
      break;
    }
    if (match[1]) {
      query.excluded.push(atom);
    } else if (alternative) {
      query.groups[query.groups.length - 1].push(atom);
    } else {
      query.groups.push([atom]);
    }
    alternative = false;
    if (atom.kind === "word" && !match[1]) last = atom;
  }
  if (last && typing && !query.cut && /\S$/u.test(text)) last.typed = true;
  return query;
}

/** @param {RegExpExecArray} match @returns {Atom | null} */
function atomOf(match) {
  if (match[2]) {
    const field = FIELDS.get(match[2].toLowerCase());
    const value = (match[3] ?? match[4] ?? "").trim();
    if (field) return value ? { kind: "field", field, value } : null;
    return wordAtom(`${match[2]}:${value}`);
  }
  if (match[5] !== undefined) return wordsOf(match[5]).length ? { kind: "phrase", text: match[5] } : null;
  return wordAtom(match[7]);
}

/** @param {string} text @returns {WordAtom | null} */
function wordAtom(text) {
  const prefix = text.endsWith("*");
  return wordsOf(text).length ? { kind: "word", text, prefix, typed: false } : null;
}
