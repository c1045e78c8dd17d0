/**
 * What the search page shows, as it stands in the address behind `#`: that part can change without a request, from a
 * disk too, and goes along in bookmarks and citations.
 * @module
 */

import { parseQuery } from "./query.js";

/** The facets, in the order in which the page shows them. */
export const FACETS = ["type", "date", "person", "organization", "place", "source", "lang", "quality"];

/** @typedef {{ q: string, sort: "relevance" | "date", facets: Map<string, string[]> }} State */

/** @param {{ hash: string, search: string }} address @returns {State} */
export function readState(address) {
  const values = new URLSearchParams(address.hash.length > 1 ? address.hash.slice(1) : address.search);
  /** @type {Map<string, string[]>} */
  const facets = new Map();
  for (const facet of FACETS) {
    const chosen = [...new Set(values.getAll(facet).filter(Boolean))].slice(0, 20);
    if (chosen.length) facets.set(facet, chosen);
  }
  return { q: values.get("q") ?? "", sort: values.get("sort") === "date" ? "date" : "relevance", facets };
}

/** @param {State} state @returns {string} with `#` */
export function writeState(state) {
  const values = new URLSearchParams();
  if (state.q) values.set("q", state.q);
  for (const facet of FACETS) for (const value of state.facets.get(facet) ?? []) values.append(facet, value);
  if (state.sort === "date") values.set("sort", "date");
  return `#${values}`;
}

/** `state` with a value of a facet chosen, or no longer. @param {State} state @param {string} facet @param {string} value @returns {State} */
export function toggled(state, facet, value) {
  const facets = new Map(state.facets);
  const chosen = facets.get(facet) ?? [];
  // A record has one type and falls into one time: another choice of these takes the place of the one before.
  const left = chosen.includes(value) ? chosen.filter((one) => one !== value) : facet === "type" || facet === "date" ? [value] : [...chosen, value];
  if (left.length) facets.set(facet, left);
  else facets.delete(facet);
  return { ...state, facets };
}

/** The query of `state`, facets included. @param {State} state @param {boolean} typing */
export function queryOf(state, typing) {
  const query = parseQuery(state.q, typing);
  for (const [facet, values] of state.facets) {
    for (const value of values) query.groups.push([{ kind: "field", field: facet, value, exact: true }]);
  }
  return query;
}
