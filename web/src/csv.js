/**
 * Rows as CSV (RFC 4180) that a spreadsheet shows and does not compute; as `generator/encode/csv.py` writes it.
 * @module
 */

const ACTIVE = /^[=+\-@\t\r\n'\uff1d\uff0b\uff0d\uff20\ufeff]/;

/** @param {(string | number | null)[][]} rows the header first @returns {string} */
export function csvOf(rows) {
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** @param {string | number | null} value @returns {string} */
function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = ACTIVE.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
