/**
 * What the results of a query have in common: how many there are of each value of each facet.
 * @module
 */

import { ARTICLE, ENTITY, ENTITY_TYPES, EVENT, FIRST_DAY, KINDS, LAST_DAY, QUOTE } from "./index.js";
import { say } from "./said.js";

/** @typedef {{ value: string, label: string, count: number }} Value */
/** @typedef {{ facet: string, values: Value[], more: number }} Facet */

/** So many values of a facet are offered; the rest is found by typing. */
const OFFERED = 8;
/** Beyond so many months a histogram of months has bars that nobody can hit; years then. */
const MONTHS_SHOWN = 30;
const YEARS_SHOWN = 60;
/** @type {Readonly<Record<number, string>>} */
const TYPE_LABELS = { [ARTICLE]: "Articles", [QUOTE]: "Quotes", [EVENT]: "Events" };
/** @type {Readonly<Record<string, string>>} */
const NAME_LABELS = { person: "People", organization: "Organizations", place: "Places", event: "Named events" };

/**
 * @param {import("./index.js").Index} index
 * @param {Int32Array[]} kinds  matching records of each kind
 * @returns {Promise<Facet[]>}
 */
export async function facetsOf(index, kinds) {
  const [types, values] = await Promise.all([index.types(), index.values()]);
  const told = [ARTICLE, QUOTE, EVENT].filter((kind) => kinds[kind].length);
  const sources = new Float64Array(values.sources.length);
  const languages = new Float64Array(values.languages.length);
  const signals = new Float64Array(values.signals.length);
  const entities = new Float64Array(types.length);
  /** @type {Map<string, number>} */
  const months = new Map();
  for (const kind of told) {
    const [columns, mentioned] = await Promise.all([index.columns(kind), index.entities(kind)]);
    for (const record of kinds[kind]) {
      columns.sources[record].forEach((one) => sources[one]++);
      columns.languages[record].forEach((one) => languages[one]++);
      columns.signals[record].forEach((one) => signals[one]++);
      mentioned[record].forEach((one) => entities[one]++);
      const [first, last] = [columns.first[record], columns.last[record]];
      // Only what falls into one month as a whole can be found again by that month.
      if (first > FIRST_DAY && last < LAST_DAY && month(first) === month(last)) months.set(month(first), (months.get(month(first)) ?? 0) + 1);
    }
  }
  /** @type {Facet[]} */
  const facets = [{ facet: "type", values: typeValues(kinds, types), more: 0 }];
  facets.push({ facet: "date", values: timeValues(months), more: 0 });
  for (const type of ["person", "organization", "place"]) {
    const ranked = best(entities, (entity) => ENTITY_TYPES[types[entity]] === type);
    const rows = await Promise.all(ranked.slice(0, OFFERED).map(([entity]) => index.record(ENTITY, entity)));
    facets.push({
      facet: type,
      values: rows.map((row, place) => ({ value: String(row[1]), label: String(row[1]), count: ranked[place][1] })),
      more: Math.max(ranked.length - OFFERED, 0),
    });
  }
  facets.push(listed("source", best(sources), (one) => [values.sources[one], values.sources[one]]));
  facets.push(listed("lang", best(languages), (one) => values.languages[one]));
  facets.push(listed("quality", best(signals), (one) => values.signals[one]));
  return facets.filter((facet) => facet.values.length);
}

/** @param {Int32Array[]} kinds @param {Uint8Array} types @returns {Value[]} */
function typeValues(kinds, types) {
  /** @type {Value[]} */
  const found = [];
  for (let kind = 0; kind < KINDS; kind++) {
    if (kind === ENTITY) {
      ENTITY_TYPES.forEach((type, place) => {
        const count = kinds[kind].filter((entity) => types[entity] === place).length;
        if (count && type !== "event") found.push({ value: type, label: say(NAME_LABELS[type]), count });
      });
    } else if (kinds[kind].length) {
      found.push({ value: ["article", "", "quote", "event"][kind], label: say(TYPE_LABELS[kind] ?? ""), count: kinds[kind].length });
    }
  }
  return found;
}

/** @param {Float64Array} counts @param {(place: number) => boolean} [wanted] @returns {[number, number][]} */
function best(counts, wanted = () => true) {
  /** @type {[number, number][]} */
  const found = [];
  counts.forEach((count, place) => count && wanted(place) && found.push([place, count]));
  return found.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
}

/** @param {string} facet @param {[number, number][]} ranked @param {(place: number) => [string, string]} name @returns {Facet} */
function listed(facet, ranked, name) {
  const values = ranked.slice(0, OFFERED).map(([place, count]) => ({ value: name(place)[0], label: name(place)[1], count }));
  return { facet, values, more: Math.max(ranked.length - OFFERED, 0) };
}

/** @param {Map<string, number>} months @returns {Value[]} in order of time, with those of nothing between */
function timeValues(months) {
  if (!months.size) return [];
  const sorted = [...months.keys()].sort();
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const span = (Number(high.slice(0, 4)) - Number(low.slice(0, 4))) * 12 + Number(high.slice(5)) - Number(low.slice(5)) + 1;
  if (span <= MONTHS_SHOWN) {
    return Array.from({ length: span }, (_, step) => {
      const count = Number(low.slice(0, 4)) * 12 + Number(low.slice(5)) - 1 + step;
      const value = `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
      return { value, label: value, count: months.get(value) ?? 0 };
    });
  }
  /** @type {Map<string, number>} */
  const years = new Map();
  months.forEach((count, value) => years.set(value.slice(0, 4), (years.get(value.slice(0, 4)) ?? 0) + count));
  const [first, last] = [Number(low.slice(0, 4)), Number(high.slice(0, 4))];
  const all = last - first < YEARS_SHOWN ? Array.from({ length: last - first + 1 }, (_, step) => String(first + step).padStart(4, "0")) : [...years.keys()].sort();
  return all.map((value) => ({ value, label: value, count: years.get(value) ?? 0 }));
}

/** @param {number} day an ordinal @returns {string} */
function month(day) {
  return new Date((day - 719163) * 86400000).toISOString().slice(0, 7);
}
