/**
 * The part of a text that shows best why it was found, and its words to mark.
 * @module
 */

import { wordsOf } from "./words.js";

/** @typedef {{ text: string, marked: boolean }} Part */
/** @typedef {{ paragraph: number | null, parts: Part[], surfaces: string[] }} Snippet */

/** About two lines on a phone, three in a list of results. */
const LENGTH = 220;
const BEFORE = 60;
/** Longer paragraphs are looked through no further: a result has to be shown at once. */
const LOOKED_AT = 20000;

/**
 * @param {[number, string][]} paragraphs
 * @param {ReadonlySet<string>} terms
 * @returns {Snippet}
 */
export function snippetOf(paragraphs, terms) {
  let best = { paragraph: /** @type {number | null} */ (null), text: paragraphs[0]?.[1] ?? "", at: 0, score: 0 };
  for (const [paragraph, text] of paragraphs) {
    const [score, at] = densest(text.slice(0, LOOKED_AT), terms);
    if (score > best.score) best = { paragraph, text, at, score };
  }
  const text = clipped(best.text, best.at);
  const parts = marked(text, terms);
  const surfaces = [...new Set(parts.filter((part) => part.marked).map((part) => part.text))];
  return { paragraph: best.paragraph, parts, surfaces };
}

/** How many different words to mark stand close together, and where the first does. @param {string} text @param {ReadonlySet<string>} terms @returns {[number, number]} */
function densest(text, terms) {
  const found = wordsOf(text).filter((word) => terms.has(word.term));
  let best = /** @type {[number, number]} */ ([0, 0]);
  for (let first = 0; first < found.length; first++) {
    const close = new Set();
    let all = 0;
    for (let next = first; next < found.length && found[next].end - found[first].start <= LENGTH - BEFORE; next++) {
      close.add(found[next].term);
      all++;
    }
    const score = close.size + Math.min(all, 20) / 100;
    if (score > best[0]) best = [score, found[first].start];
  }
  return best;
}

/** @param {string} text @param {number} at @returns {string} */
function clipped(text, at) {
  let start = Math.max(at - BEFORE, 0);
  if (start > 0) {
    const space = text.indexOf(" ", start);
    start = space >= 0 && space < at ? space + 1 : at;
  }
  let end = start + LENGTH;
  if (end >= text.length) return (start > 0 ? "… " : "") + text.slice(start);
  const space = text.lastIndexOf(" ", end);
  if (space > start + LENGTH / 2) end = space;
  return `${start > 0 ? "… " : ""}${text.slice(start, end)} …`;
}

/** `text` in parts, those whose term is in `terms` marked. @param {string} text @param {ReadonlySet<string>} terms @returns {Part[]} */
export function marked(text, terms) {
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  for (const word of wordsOf(text)) {
    if (!terms.has(word.term) || word.end <= at) continue;
    const start = Math.max(word.start, at);
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    const [before, last] = [parts[parts.length - 2], parts[parts.length - 1]];
    if (word.pair && last?.marked && start === at) last.text += text.slice(start, word.end);
    // Words side by side are marked as one, with what parts them.
    else if (before?.marked && last && !last.text.trim()) before.text += parts.pop()?.text + text.slice(start, word.end);
    else parts.push({ text: text.slice(start, word.end), marked: true });
    at = word.end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}
