/**
 * Text as the words that search looks up: the same word for word as `generator/search/words.py`.
 * @module
 */

import { stem } from "./stemmer.js";

/**
 * A word of a text: `start` and `end` are offsets into the string, `folded` as typed, `term` its stem,
 * `pair` whether it is a pair of characters or the last character of a script without spaces.
 * @typedef {{ start: number, end: number, folded: string, term: string, pair: boolean }} Word
 */

const CJK =
  "\\u1100-\\u11ff\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3131-\\u318e\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97c\\uac00-\\ud7a3\\ud7b0-\\ud7fb\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const APOSTROPHE = "'\\u2019\\u02bc\\uff07";
const LETTER = `(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])`;
const PATTERN = new RegExp(
  `([${CJK}]+)` +
    "|([0-9]{1,3}(?:,[0-9]{3})+(?![0-9]))" +
    `|((?:[A-Za-z]\\.){2,8}(?!${LETTER}))` +
    `|(${LETTER}+(?:[${APOSTROPHE}]${LETTER}+)*)`,
  "gu",
);
const MARK = new RegExp(`[${APOSTROPHE}]`, "gu");
const ELIDED = new Set("l d j m t n s c qu".split(" "));
/** @type {Readonly<Record<string, string>>} */
const LETTERS = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ŋ: "n", ı: "i", ς: "σ", ŧ: "t",
};
const UNTAKEN = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const PLAIN = /^[ -~]*$/;
const LONGEST = 64;

/**
 * `text` without case, diacritics and differences of width.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  // Most words of most texts.
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(UNTAKEN, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC");
}

/**
 * The words of `text` in order.
 * @param {string} text
 * @returns {Word[]}
 */
export function wordsOf(text) {
  /** @type {Word[]} */
  const words = [];
  for (const match of text.matchAll(PATTERN)) {
    const start = match.index ?? 0;
    const surface = match[0];
    if (match[1]) {
      addPairs(words, surface, start);
    } else if (match[2]) {
      add(words, start, start + surface.length, fold(surface.replace(/,/g, "")));
    } else if (match[3]) {
      add(words, start, start + surface.length, fold(surface.replace(/\./g, "")));
    } else {
      addWord(words, surface, start);
    }
  }
  return words;
}

/** @param {Word[]} words @param {number} start @param {number} end @param {string} folded */
function add(words, start, end, folded) {
  if (folded) words.push({ start, end, folded, term: stem(folded), pair: false });
}

/** @param {Word[]} words @param {string} surface @param {number} start */
function addWord(words, surface, start) {
  const at = surface.search(MARK);
  const end = start + surface.length;
  if (at < 0) {
    add(words, start, end, fold(cut(surface)));
    return;
  }
  const head = surface.slice(0, at);
  const rest = surface.slice(at + 1).replace(MARK, "");
  if (ELIDED.has(fold(head))) {
    add(words, start, start + at, fold(head));
    add(words, start + at + 1, end, fold(cut(rest)));
  } else if (fold(rest) === "s") {
    add(words, start, end, fold(cut(head)));
  } else {
    add(words, start, end, fold(cut(head + rest)));
  }
}

/** @param {string} word @returns {string} its first code points */
function cut(word) {
  return word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join("");
}

/** @param {Word[]} words @param {string} run @param {number} start */
function addPairs(words, run, start) {
  const characters = Array.from(run);
  let at = start;
  characters.forEach((character, index) => {
    const next = characters[index + 1] ?? "";
    const folded = fold(character + next);
    words.push({ start: at, end: at + character.length + next.length, folded, term: folded, pair: true });
    at += character.length;
  });
}
