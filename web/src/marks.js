/**
 * Marks on the page of an article the words that a search found there: those in `?mark=` of its address.
 * @module
 */

import { element } from "./dom.js";
import { marked } from "./snippet.js";
import { wordsOf } from "./words.js";

/** An address that was not made by this search may ask for anything; so much of it is looked at. */
const LONGEST = 400;

/** @param {HTMLElement} body @param {string} query the address from `?` on */
export function markWords(body, query) {
  const asked = new URLSearchParams(query).get("mark") ?? "";
  const terms = new Set(wordsOf(asked.slice(0, LONGEST)).map((word) => word.term));
  if (!terms.size) return;
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    const parts = marked(text.data, terms);
    if (!parts.some((part) => part.marked)) continue;
    text.replaceWith(...parts.map((part) => (part.marked ? element("mark", { class: "bf-found" }, part.text) : part.text)));
  }
}
