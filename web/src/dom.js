/**
 * Elements made from values. Text goes in as text nodes and nowhere else: nothing of an index is ever read as HTML.
 * @module
 */

/** @typedef {string | number | Node | null | false | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | number | boolean | null | undefined>>} [attributes] false, null: left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child || child === 0) made.append(typeof child === "number" ? String(child) : child);
  return made;
}

/**
 * An address of this site as a link may carry it; the site's root for one that leads elsewhere.
 * @param {URL} root
 * @param {string} path
 * @returns {string}
 */
export function address(root, path) {
  try {
    const url = new URL(path, root);
    if (url.protocol === root.protocol && url.host === root.host && url.pathname.startsWith(root.pathname)) return url.href;
  } catch {
    // An address that is none leads home, as one of another site does.
  }
  return root.href;
}
