/**
 * The search page: all results, by kind, with facets to narrow them, an address to cite and a list to take along.
 * @module
 */

import { csvOf } from "./csv.js";
import { element } from "./dom.js";
import { told } from "./box.js";
import { shownOrder } from "./engine.js";
import { facetsOf } from "./facets.js";
import { ARTICLE, ENTITY, EVENT, KINDS, QUOTE } from "./index.js";
import { KIND_WORDS, counted, dateWords, grouped, plain, resultOf, shown } from "./results.js";
import { learn, say } from "./said.js";
import { FACETS, queryOf, readState, toggled, writeState } from "./state.js";
import { ShardError } from "./store.js";

/** @typedef {import("./state.js").State} State */

/** So many of each kind side by side, and so many where one kind is chosen. */
/** @type {Readonly<Record<number, number>>} */
const FEW = { [ARTICLE]: 10, [ENTITY]: 4, [QUOTE]: 4, [EVENT]: 4 };
const MANY = 20;
/** A list longer than this is narrowed first, or taken from the data files: it would load the whole index. */
const EXPORTED = 2000;
const PAUSE = 150;
/** @type {Readonly<Record<string, string>>} */
const LABELS = {
  type: "Type", person: "People", organization: "Organizations", place: "Places", source: "Sources", date: "Time",
  lang: "Language", quality: "Quality of the text",
};
/** @type {Readonly<Record<number, string>>} */
const KIND_TYPES = { [ARTICLE]: "article", [ENTITY]: "entity", [QUOTE]: "quote", [EVENT]: "event" };

/**
 * @param {HTMLElement} place where the page is made
 * @param {import("./index.js").Index} index
 * @param {import("./engine.js").Engine} engine
 * @param {URL} root
 */
export function startPage(place, index, engine, root) {
  // The page brings its words itself: it is drawn before the index is there.
  learn(JSON.parse(place.dataset.said || "null"));
  const input = element("input", {
    type: "search", id: "bf-find-q", name: "q", class: "bf-find__input", autocomplete: "off", spellcheck: "false",
    autocapitalize: "off", "aria-describedby": "bf-find-help", "aria-label": say("Search for"),
  });
  const sort = element("select", { id: "bf-find-sort" },
    element("option", { value: "relevance" }, say("Best first")), element("option", { value: "date" }, say("Newest first")));
  const take = element("button", { type: "button", class: "bf-find__take" }, say("Export as CSV"));
  const status = element("p", { role: "status", class: "bf-find__status" });
  const chosen = element("ul", { class: "bf-find__chosen", "aria-label": say("Narrowed to") });
  const facets = element("div", { class: "bf-find__narrowing" });
  // Beside the results where there is room; before them, to be opened, where there is none.
  const roomy = matchMedia("(min-width: 45em)");
  const narrow = element("details", { class: "bf-find__narrow" }, element("summary", {}, say("Narrow by type, time, names, source")), facets);
  narrow.open = roomy.matches;
  roomy.addEventListener("change", () => (narrow.open = roomy.matches));
  const aside = element("aside", { class: "bf-find__facets", "aria-label": say("Narrow the results") }, narrow);
  const list = element("div", { class: "bf-find__list" });
  const form = element("form", { role: "search", class: "bf-find__form", "aria-label": say("Search this briefing in full") },
    input, element("button", { type: "submit", class: "bf-find__go" }, say("Search")));
  place.replaceChildren(
    form,
    element("details", { class: "bf-find__help", id: "bf-find-help" },
      element("summary", {}, say("What can be asked")),
      element("ul", {}, ...HELP.map(([query, means]) => element("li", {}, element("code", {}, query), ` ${say(means)}`)))),
    element("div", { class: "bf-find__bar" }, status, element("label", { for: "bf-find-sort" }, say("Sort")), sort, take),
    chosen,
    element("div", { class: "bf-find__columns" }, aside, list),
  );

  let state = readState(location);
  let asked = 0;
  /** @type {import("./engine.js").Answer | null} */
  let answer = null;
  /** @type {Map<number, number>} */
  let limits = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {State} next @param {boolean} remember whether Back leads to what was before */
  function go(next, remember) {
    const hash = writeState(next);
    state = next;
    if (hash !== location.hash) {
      if (remember) location.hash = hash;
      else location.replace(hash);
    }
    void run(false);
  }

  /** @param {boolean} typing */
  async function run(typing) {
    const turn = ++asked;
    if (document.activeElement !== input || !typing) input.value = state.q;
    sort.value = state.sort;
    limits = new Map();
    place.setAttribute("aria-busy", "true");
    try {
      const query = queryOf(state, typing);
      const found = await engine.answer(query, { byDate: state.sort === "date" });
      if (turn !== asked) return;
      answer = found;
      const { counts } = await index.manifest();
      status.textContent = found.empty ? (state.q.trim() ? say("There is no word in it to look for.") : say("{articles} to search. Newest first:", { articles: counted(counts[ARTICLE], "article") })) : told(found.kinds.map((numbers) => numbers.length), found, query.cut);
      await drawList(turn);
      if (turn === asked) await drawFacets(turn);
    } catch (error) {
      if (turn === asked) fail(error);
    } finally {
      if (turn === asked) place.removeAttribute("aria-busy");
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    const what = error instanceof ShardError ? say("A part of the search index could not be read: {what}.", { what: error.message }) : say("Searching failed: {what}", { what: String(error) });
    const again = element("button", { type: "button" }, say("Try again"));
    again.addEventListener("click", () => void run(false));
    status.replaceChildren(`${what} ${say("The rest of the site is whole; another question may find an answer.")} `, again);
  }

  /** @param {number} turn */
  async function drawList(turn) {
    const found = answer;
    if (!found) return;
    const one = state.facets.get("type")?.length;
    const order = shownOrder(found.named.length > 0 && !found.empty);
    const sections = await Promise.all(
      order.filter((kind) => found.kinds[kind].length && !(found.empty && kind !== ARTICLE)).map(async (kind) => {
        const numbers = found.kinds[kind];
        const limit = limits.get(kind) ?? (one ? MANY : (FEW[kind] ?? MANY));
        const rows = await Promise.all(Array.from(numbers.slice(0, limit)).map((number) => index.record(kind, number)));
        const more = numbers.length - rows.length;
        const button = element("button", { type: "button", class: "bf-find__more" }, say("Show {number} more of {all}", { number: Math.min(more, MANY), all: counted(numbers.length, KIND_WORDS[kind][0], KIND_WORDS[kind][1]) }));
        button.addEventListener("click", () => {
          limits.set(kind, limit + MANY);
          void drawList(asked).then(() => {
            const shownNow = list.querySelectorAll(`[data-kind="${kind}"] li a`);
            const next = shownNow[limit];
            if (next instanceof HTMLElement) next.focus();
          }, fail);
        });
        const heading = say(KIND_WORDS[kind][1]);
        return element("section", { class: "bf-find__group", "data-kind": kind, "aria-labelledby": `bf-find-${kind}` },
          element("h2", { id: `bf-find-${kind}` }, heading[0].toUpperCase() + heading.slice(1), " ", element("span", { class: "bf-chip__count" }, grouped(numbers.length))),
          element("ol", {}, ...rows.map((row) => item(kind, row, found.marks))),
          more > 0 && button);
      }),
    );
    if (turn === asked) list.replaceChildren(...sections);
  }

  /** @param {number} kind @param {any[]} row @param {ReadonlySet<string>} marks */
  function item(kind, row, marks) {
    const result = resultOf(kind, row, marks, root);
    return element("li", { class: "bf-find__result" },
      element("a", { href: result.href, class: "bf-find__title" }, ...shown(result.title)),
      element("p", { class: "bf-find__meta" }, result.meta.filter(Boolean).join(" · "), result.paragraph !== null && ` · ¶ ${result.paragraph}`),
      result.snippet.length > 0 && element("p", { class: "bf-find__snippet" }, ...shown(result.snippet)));
  }

  /** @param {number} turn */
  async function drawFacets(turn) {
    const found = answer;
    if (!found) return;
    const all = await facetsOf(index, found.kinds);
    if (turn !== asked) return;
    facets.replaceChildren(...all.map((facet) =>
      element("section", { class: `bf-find__facet bf-find__facet--${facet.facet}`, "aria-labelledby": `bf-facet-${facet.facet}` },
        element("h2", { id: `bf-facet-${facet.facet}`, class: "bf-label" }, say(LABELS[facet.facet])),
        facet.facet === "date" ? histogram(facet.values) : element("ul", {}, ...facet.values.map((value) => element("li", {}, choice(facet.facet, value)))),
        facet.more > 0 && element("p", { class: "bf-small" }, say("and {number} more", { number: grouped(facet.more) })))));
    chosen.replaceChildren(...FACETS.flatMap((facet) => (state.facets.get(facet) ?? []).map((value) => {
      const known = all.find((one) => one.facet === facet)?.values.find((one) => one.value === value)?.label ?? value;
      const next = toggled(state, facet, value);
      const link = element("a", { href: writeState(next), "aria-label": say("No longer only {facet}: {value}", { facet: say(LABELS[facet]), value: known }) }, `${say(LABELS[facet])}: ${facet === "date" ? dateWords(known) : known} ×`);
      return element("li", {}, link);
    })));
  }

  /** @param {string} facet @param {import("./facets.js").Value} value */
  function choice(facet, value) {
    const on = state.facets.get(facet)?.includes(value.value) ?? false;
    return element("a", { href: writeState(toggled(state, facet, value.value)), "aria-current": on ? "true" : null, class: "bf-find__value" },
      element("span", {}, value.label), " ", element("span", { class: "bf-chip__count" }, grouped(value.count)));
  }

  /** @param {import("./facets.js").Value[]} values */
  function histogram(values) {
    const most = Math.max(...values.map((value) => value.count), 1);
    const bars = values.map((value) => {
      const on = state.facets.get("date")?.includes(value.value) ?? false;
      const bar = element("span", { class: "bf-find__bar-fill" });
      bar.style.blockSize = `${Math.round((100 * value.count) / most)}%`;
      const name = `${dateWords(value.label)}: ${counted(value.count, "result")}`;
      return element("li", {}, value.count > 0
        ? element("a", { href: writeState(toggled(state, "date", value.value)), "aria-current": on ? "true" : null, "aria-label": name, title: name }, bar)
        : element("span", { title: name }));
    });
    const ends = [values[0].label, ...(values.length > 1 ? [values[values.length - 1].label] : [])];
    return element("div", {}, element("ul", { class: "bf-find__bars" }, ...bars),
      element("p", { class: "bf-find__ends", "aria-hidden": "true" }, ...ends.map((end) => element("span", {}, end))));
  }

  async function exportList() {
    const found = answer;
    if (!found) return;
    const rows = /** @type {(string | number | null)[][]} */ ([["kind", "title", "date", "source", "address", "paragraph", "text", "details"]]);
    take.disabled = true;
    try {
      for (let kind = 0; kind < KINDS; kind++) {
        for (const number of found.kinds[kind].slice(0, Math.max(EXPORTED - rows.length + 1, 0))) {
          const result = resultOf(kind, await index.record(kind, number), found.marks, root);
          const path = result.href.slice(root.href.length).replace(/\?mark=[^#]*/, "");
          rows.push([result.type, plain(result.title), result.date, result.source, path, result.paragraph, plain(result.snippet), result.meta.filter(Boolean).join("; ")]);
        }
      }
      const total = found.kinds.reduce((sum, numbers) => sum + numbers.length, 0);
      // The mark in front tells spreadsheets that this is UTF-8.
      const blob = new Blob(["\ufeff", csvOf(rows)], { type: "text/csv;charset=utf-8" });
      const link = element("a", { href: URL.createObjectURL(blob), download: "search.csv" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      if (total >= rows.length) status.textContent = say("The file holds the first {number} of {all} results; narrow them to take the rest.", { number: rows.length - 1, all: total });
    } catch (error) {
      fail(error);
    } finally {
      take.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go({ ...state, q: input.value }, true);
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state = { ...state, q: input.value };
      void run(true);
    }, PAUSE);
  });
  // Leaving the box settles what was typed, so that the address and Back know of it.
  input.addEventListener("change", () => {
    clearTimeout(timer);
    go({ ...state, q: input.value }, true);
  });
  sort.addEventListener("change", () => go({ ...state, sort: sort.value === "date" ? "date" : "relevance" }, true));
  take.addEventListener("click", () => void exportList());
  addEventListener("hashchange", () => {
    const next = readState(location);
    if (writeState(next) === writeState(state)) return;
    state = next;
    void run(false);
  });
  if (!state.q) input.focus({ preventScroll: true });
  void run(false);
}

const HELP = [
  ["ferry timetable", "both words, in any form"],
  ["“second boat”", "these words in this order"],
  ["ferry -bridge", "without a word"],
  ["ferry OR bridge", "either"],
  ["ferr*", "words that begin so"],
  ["person:morrow org:“harbour authority” place:lenn", "who and what is named"],
  ["source:courier lang:korean", "where it comes from, in which language"],
  ["after:2023 before:2024-03 date:2024-02-14", "when"],
  ["type:quote", "only articles, names, people, organizations, places, quotes or events"],
];
