/**
 * The search box in the header: a combobox whose list holds the best results of each kind.
 * @module
 */

import { element } from "./dom.js";
import { shownOrder } from "./engine.js";
import { ARTICLE, ENTITY, EVENT, KINDS, QUOTE } from "./index.js";
import { parseQuery } from "./query.js";
import { KIND_WORDS, counted, resultOf, shown } from "./results.js";
import { say } from "./said.js";
import { ShardError } from "./store.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./index.js").Index} Index */

/** So many of each kind: the list fits a screen without scrolling, and loads little. */
/** @type {Readonly<Record<number, number>>} */
const SHOWN = { [ARTICLE]: 5, [ENTITY]: 3, [QUOTE]: 2, [EVENT]: 2 };
const MOST_SHOWN = Math.max(...Object.values(SHOWN));
/** Keys that come sooner after one another are one question: nobody reads a list that stands for less. */
const PAUSE = 60;
const KEYS = new Set(["/", "s", "f"]);

/**
 * @param {HTMLElement} frame the element around the box, as the theme makes it
 * @param {Index} index
 * @param {Engine} engine
 * @param {URL} root
 */
export function startBox(frame, index, engine, root) {
  const input = /** @type {HTMLInputElement} */ (frame.querySelector("input"));
  const list = /** @type {HTMLElement} */ (frame.querySelector("[role=listbox]"));
  const status = /** @type {HTMLElement} */ (frame.querySelector("[role=status]"));
  const form = /** @type {HTMLFormElement} */ (frame.querySelector("form"));
  const opener = document.querySelector("button.bf-box__opener");
  const closer = frame.querySelector("button[data-close]");
  /** @type {HTMLAnchorElement[]} */
  let options = [];
  let active = -1;
  let asked = 0;
  let typed = -PAUSE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Loads what every answer needs, for whoever seems about to ask. What is wrong with it is told with the answer. */
  function ready() {
    void index.common().catch(() => undefined);
  }

  /** Begins to load what will stand on top, while the rest is still counted. @param {number} kind @param {Int32Array} numbers */
  function early(kind, numbers) {
    for (const number of numbers.slice(0, SHOWN[kind])) void index.record(kind, number).catch(() => undefined);
  }

  /** @param {boolean} open */
  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) activate(-1);
  }

  /** @param {number} place */
  function activate(place) {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {string} text */
  const searchPage = (text) => new URL(`search.html#q=${encodeURIComponent(text)}`, root).href;

  async function search() {
    const text = input.value;
    const turn = ++asked;
    if (!text.trim()) {
      list.replaceChildren();
      options = [];
      status.textContent = "";
      show(false);
      return;
    }
    try {
      const query = parseQuery(text, true);
      const answer = await engine.answer(query, { first: MOST_SHOWN, early });
      if (turn !== asked) return;
      const counts = answer.empty ? answer.kinds.map(() => 0) : answer.kinds.map((numbers) => numbers.length);
      /** @param {number} kind */
      const group = async (kind) => {
        const numbers = Array.from(answer.kinds[kind].slice(0, SHOWN[kind]));
        const rows = await Promise.all(numbers.map((number) => index.record(kind, number)));
        return { kind, results: rows.map((row) => resultOf(kind, row, answer.marks, root)) };
      };
      const [first, ...others] = shownOrder(answer.named.length > 0).filter((kind) => counts[kind]);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const drawn = draw(text, total, told(counts, answer, query.cut));
      if (first === undefined) {
        show(true);
        return;
      }
      const found = await group(first);
      if (turn !== asked) return;
      drawn(found);
      // What comes below is unpacked once something stands to be read.
      const coming = others.map(group);
      // What is at fault with one is told when its turn comes, and not as an error of nobody.
      coming.forEach((one) => one.catch(() => undefined));
      for (const one of coming) {
        const next = await one;
        if (turn !== asked) return;
        drawn(next);
      }
    } catch (error) {
      if (turn === asked) fail(error);
    }
  }

  /**
   * Begins a list. What it gives takes one group after the other, each below those before: the first is there to be read
   * while the others load, and nothing moves under the reader's eyes or pointer.
   * @param {string} text @param {number} total @param {string} message
   * @returns {(group: { kind: number, results: import("./results.js").Result[] }) => void}
   */
  function draw(text, total, message) {
    /** @param {string} href @param {string} classes @param {...(Node | string | false)} children */
    const option = (href, classes, ...children) =>
      element("a", { role: "option", "aria-selected": "false", tabindex: "-1", href, class: classes }, ...children);
    const all = option(searchPage(text), "bf-box__option bf-box__all", total ? say("All {results}, to narrow, sort and export", { results: counted(total, "result") }) : say("Open the search page"));
    all.id = "bf-box-all";
    const parts = element("div", { role: "presentation" });
    let first = true;
    const begin = () => {
      options = [all];
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(element("p", { class: "bf-box__count", role: "presentation" }, message), parts, all);
      list.scrollTop = 0;
      status.textContent = message;
      first = false;
    };
    if (!total) begin();
    return ({ kind, results }) => {
      if (first) begin();
      const added = results.map((result, place) => {
        const made = option(result.href, "bf-box__option",
          element("span", { class: "bf-box__title" }, ...shown(result.title)),
          element("span", { class: "bf-box__meta" }, result.meta.filter(Boolean).join(" · ")),
          result.snippet.length > 0 && kind !== ENTITY && element("span", { class: "bf-box__snippet" }, ...shown(result.snippet)));
        made.id = `bf-box-${kind}-${place}`;
        return made;
      });
      // The way to all results stays last; whoever stands on it already stays there.
      if (active === options.length - 1 && active >= 0) active += added.length;
      options.splice(options.length - 1, 0, ...added);
      parts.append(element("div", { role: "group", "aria-label": say(KIND_WORDS[kind][1]), class: "bf-box__group" },
        element("p", { class: "bf-box__kind", role: "presentation" }, say(KIND_WORDS[kind][1])), ...added));
      show(true);
    };
  }

  /** @param {unknown} error */
  function fail(error) {
    const what = error instanceof ShardError ? say("A part of the search index could not be read: {what}.", { what: error.message }) : say("Searching failed: {what}", { what: String(error) });
    list.replaceChildren(element("p", { class: "bf-box__count", role: "presentation" }, `${what} ${say("Type on to try again.")}`));
    options = [];
    status.textContent = what;
    show(true);
  }

  function openBox() {
    frame.classList.add("bf-box--open");
    input.focus();
    input.select();
    ready();
  }

  function closeBox() {
    clearTimeout(timer);
    asked++;
    show(false);
    frame.classList.remove("bf-box--open");
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    const quick = event.timeStamp - typed < PAUSE;
    typed = event.timeStamp;
    if (quick) timer = setTimeout(search, PAUSE);
    else void search();
  });
  input.addEventListener("focus", () => {
    ready();
    if (input.value.trim() && options.length) show(true);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden && options.length) show(true);
      if (!options.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      activate(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = options[active];
      if (option) {
        closeBox();
        option.click();
      } else if (input.value.trim()) {
        const target = searchPage(input.value);
        closeBox();
        location.assign(target);
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      closeBox();
      input.blur();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(searchPage(input.value));
  });
  // A click on a result must come before the list goes.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", () => closeBox());
  input.addEventListener("blur", () => setTimeout(() => {
    if (!frame.contains(document.activeElement)) show(false);
  }, 0));
  // Where what is where in the index: small, and the first thing that every question needs.
  const soon = () => void (self.requestIdleCallback ?? setTimeout)(() => void index.manifest().catch(() => undefined));
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
  for (const near of [input, opener]) near?.addEventListener("pointerenter", ready);
  opener?.addEventListener("click", openBox);
  closer?.addEventListener("click", () => {
    closeBox();
    if (opener instanceof HTMLElement) opener.focus();
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement | null} */ (event.target instanceof HTMLElement ? event.target : null);
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (target && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName) && target.getAttribute("type") !== "checkbox")) return;
    if (KEYS.has(event.key)) {
      event.preventDefault();
      openBox();
    }
  });
}

/** @param {number[]} counts @param {import("./engine.js").Answer} answer @param {boolean} cut @returns {string} */
export function told(counts, answer, cut) {
  const parts = [];
  for (let kind = 0; kind < KINDS; kind++) if (counts[kind]) parts.push(counted(counts[kind], KIND_WORDS[kind][0], KIND_WORDS[kind][1]));
  let message = parts.length ? say("Found {counts}.", { counts: parts.join(", ") }) : answer.empty ? say("There is no word in it to look for.") : say("Nothing found.");
  if (answer.without.length) message = `${say("Looked without {words}.", { words: quoted(answer.without) })} ${message}`;
  if (answer.relaxed || answer.without.length) message = `${say("Nothing holds all of these words.")} ${message}`;
  for (const [typed, used] of answer.corrected) message += ` ${say("No text has “{typed}”; looked for {used}.", { typed, used: quoted(used.slice(0, 3)) })}`;
  return [message, ...(cut ? [say("Only the beginning of this long question was looked for.")] : []), ...answer.notes].join(" ");
}

/** @param {string[]} words */
function quoted(words) {
  return [...new Set(words)].map((word) => `“${word}”`).join(", ");
}
