/**
 * What search says of itself. The texts stand in the code in English and are looked up by themselves, so that a site in
 * English loads no words; the catalogue of the pages has the same texts, and a site in another language hands over its own.
 * @module
 */

/** @type {Map<string, string>} */
let said = new Map();

/** @param {Readonly<Record<string, string>> | null | undefined} words the texts of another language by the English ones */
export function learn(words) {
  if (words) said = new Map(Object.entries(words));
}

/**
 * @param {string} text in English, with places in braces
 * @param {Readonly<Record<string, string | number>>} [values] what fills the places
 * @returns {string}
 */
export function say(text, values = {}) {
  const told = said.get(text) ?? text;
  return told.replace(/\{([a-z]+)\}/g, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}
