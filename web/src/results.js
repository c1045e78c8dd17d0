/**
 * Records as results: what each says in a list, and where it leads.
 * @module
 */

import { address, element } from "./dom.js";
import { ARTICLE, ENTITY, QUOTE } from "./index.js";
import { say } from "./said.js";
import { marked, snippetOf } from "./snippet.js";

/** @typedef {import("./snippet.js").Part} Part */
/**
 * @typedef {{ kind: number, href: string, title: Part[], meta: string[], snippet: Part[], type: string,
 *   date: string, source: string, paragraph: number | null }} Result
 */

export const KIND_WORDS = [["article", "articles"], ["name", "names"], ["quote", "quotes"], ["event", "events"]];
const MONTHS = "January February March April May June July August September October November December".split(" ");
/** Words that a page is asked to mark: more would only make the address long. */
const MARKS = 8;

/**
 * @param {number} kind
 * @param {any[]} row  as `records.py` stores it
 * @param {ReadonlySet<string>} terms to mark
 * @param {URL} root
 * @returns {Result}
 */
export function resultOf(kind, row, terms, root) {
  if (kind === ARTICLE) {
    const [path, title, date, bracket, source, paragraphs] = row;
    const found = snippetOf(paragraphs, terms);
    const when = date ? dateWords(date) : bracket ? say("undated, by the evidence {dates}", { dates: dateWords(bracket) }) : say("undated");
    return {
      kind, title: marked(title, terms), snippet: found.parts, meta: [when, source], type: "article", date, source,
      paragraph: found.paragraph,
      href: address(root, path + markQuery(found.surfaces) + (found.paragraph ? `#p${found.paragraph}` : "")),
    };
  }
  if (kind === ENTITY) {
    const [path, name, type, description, others, mentions, articles] = row;
    const also = others.length ? say("Also {names}", { names: others.slice(0, 6).join(", ") }) : "";
    return {
      kind, type, title: marked(name, terms), date: "", source: "", paragraph: null,
      snippet: marked([description, also].filter(Boolean).join(". "), terms),
      meta: [say(type), say("{mentions} in {articles}", { mentions: counted(mentions, "mention"), articles: counted(articles, "article") })],
      href: address(root, path),
    };
  }
  if (kind === QUOTE) {
    const [path, text, speaker, via, title, date, direct] = row;
    const [page, anchor] = String(path).split("#");
    const parts = snippetOf([[0, text]], terms).parts;
    const told = direct ? [{ text: "“", marked: false }, ...parts, { text: "”", marked: false }] : parts;
    const who = String(speaker).replace(/^unnamed: /, "") || say("speaker not known");
    const surfaces = [...new Set(parts.filter((part) => part.marked).map((part) => part.text))];
    return {
      kind, type: "quote", title: told, snippet: [], date, source: via,
      meta: [who, via && say("via {name}", { name: via }), title, date && dateWords(date)].filter(Boolean),
      paragraph: Number(/\d+/.exec(anchor ?? "")?.[0]) || null,
      href: address(root, `${page}${markQuery(surfaces)}#${anchor ?? ""}`),
    };
  }
  const [path, title, date, evidence, sentence] = row;
  return {
    kind, type: "event", title: marked(title, terms), date, source: "", paragraph: null,
    snippet: snippetOf([[0, sentence]], terms).parts,
    meta: [dateWords(date), counted(evidence, "sentence")],
    href: address(root, path),
  };
}

/** @param {string[]} surfaces */
function markQuery(surfaces) {
  return surfaces.length ? `?mark=${encodeURIComponent(surfaces.slice(0, MARKS).join(" "))}` : "";
}

/** @param {number} number @param {string} one @param {string} [many] */
export function counted(number, one, many = `${one}s`) {
  return say(`{n} ${number === 1 ? one : many}`, { n: grouped(number) });
}

/**
 * A whole number with its thousands parted. `toLocaleString` does the same, but the first time it is asked for a language
 * Chromium takes thirty milliseconds to get ready, a tenth of the time in which an answer should be there.
 * @param {number} number @returns {string}
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, say(","));
}

/** An ISO date of any precision as a reader says it. @param {string} iso @returns {string} */
export function dateWords(iso) {
  if (iso.includes("/")) {
    const [low, high] = iso.split("/");
    if (low && high) return low === high ? dateWords(low) : say("{first} – {last}", { first: dateWords(low), last: dateWords(high) });
    return low ? say("not before {date}", { date: dateWords(low) }) : say("not after {date}", { date: dateWords(high) });
  }
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(iso);
  const month = match && MONTHS[Number(match[2]) - 1];
  if (match && month) {
    const told = { day: Number(match[3]), month: say(month), year: match[1] };
    return match[3] ? say("{day} {month} {year}", told) : say("{month} {year}", told);
  }
  return /^\d{3}$/.test(iso) ? say("the {decade}s", { decade: `${iso}0` }) : iso;
}

/** @param {Part[]} parts @returns {(string | HTMLElement)[]} */
export function shown(parts) {
  return parts.map((part) => (part.marked ? element("mark", {}, part.text) : part.text));
}

/** @param {Part[]} parts @returns {string} */
export function plain(parts) {
  return parts.map((part) => part.text).join("");
}
