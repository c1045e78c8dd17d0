import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { Bits, Reader, inflate } from "../src/bytes.js";
import { csvOf } from "../src/csv.js";
import { daysOf, oneApart, ordinal } from "../src/engine.js";
import { parseQuery } from "../src/query.js";
import { counted, grouped } from "../src/results.js";
import { marked, snippetOf } from "../src/snippet.js";
import { readState, toggled, writeState } from "../src/state.js";
import { Store, ShardError } from "../src/store.js";
import { wordsOf } from "../src/words.js";

/** @param {string} text */
const folded = (text) => wordsOf(text).map((word) => word.folded);

test("words end where a reader sees their end", () => {
  assert.deepEqual(folded("Sandport's “pier” (open) — U.N. 1,200"), ["sandport", "pier", "open", "un", "1200"]);
  assert.deepEqual(folded("Díaz-Canel, l'accord, O'Neil"), ["diaz", "canel", "l", "accord", "oneil"]);
  assert.deepEqual(folded("항만공사"), ["항만", "만공", "공사", "사"]);
});

test("thousands are parted, and words are of one or of many", () => {
  assert.equal(counted(1, "result"), "1 result");
  assert.equal(counted(999, "result"), "999 results");
  assert.deepEqual([1000, 12345, 1234567].map(grouped), ["1,000", "12,345", "1,234,567"]);
});

test("offsets of words are those of the text", () => {
  const text = "The “Ærø” ferry";
  for (const word of wordsOf(text)) assert.ok(text.slice(word.start, word.end).length > 0);
  assert.deepEqual(wordsOf(text).map((word) => text.slice(word.start, word.end)), ["The", "Ærø", "ferry"]);
});

test("what was deflated comes back, whatever it was", () => {
  for (const size of [0, 1, 300, 70000]) {
    const plain = Uint8Array.from({ length: size }, (_, index) => (index * index * 7 + (index >> 3)) & (size > 1000 ? 15 : 255));
    for (const level of [0, 1, 9]) {
      const packed = deflateRawSync(plain, { level });
      assert.deepEqual(inflate(packed, size), plain);
      const dictionary = plain.slice(0, 32768);
      assert.deepEqual(inflate(deflateRawSync(plain, { level, dictionary }), size, dictionary), plain);
    }
  }
});

test("torn bytes are an error and never an endless loop", () => {
  const packed = deflateRawSync(Buffer.from("the ferry sails at noon ".repeat(40)));
  for (let length = 0; length < packed.length; length++) {
    assert.throws(() => inflate(packed.subarray(0, length), 960), RangeError);
  }
  assert.throws(() => inflate(packed, 959), RangeError);
  assert.throws(() => new Reader(Uint8Array.of(200)).number(), RangeError);
  for (const bytes of [[], [0], [255], [0, 0, 0, 0, 0, 0], [255, 255, 255, 255]]) {
    const bits = () => new Bits(Uint8Array.from(bytes), 0, bytes.length);
    assert.throws(() => { for (let reader = bits(), times = 0; times < 99; times++) reader.gamma(); }, RangeError);
    assert.throws(() => { for (let reader = bits(), times = 0; times < 99; times++) reader.rice(3); }, RangeError);
  }
});

test("a query is read as documented", () => {
  const query = parseQuery('ferry "second boat" -bridge a OR b person:"Ada Morrow" after:2023');
  assert.deepEqual(query.groups.map((group) => group.map((atom) => (atom.kind === "field" ? `${atom.field}=${atom.value}` : atom.text))),
    [["ferry"], ["second boat"], ["a", "b"], ["person=Ada Morrow"], ["after=2023"]]);
  assert.equal(query.excluded.length, 1);
});

test("any text is a query", () => {
  for (const text of ["", " ", "-", '"', "OR", "OR OR -", "(.*)+$", "person:", "\\", "a".repeat(10000), "“ ”", "😀 -😀"]) {
    assert.ok(parseQuery(text, true).groups.length <= 40, text);
  }
});

test("a typo is one letter more, less, other, or two swapped", () => {
  for (const other of ["ferrys", "fery", "fetry", "frery"]) assert.ok(oneApart("ferry", other), other);
  for (const other of ["ferry", "fry", "ferries", "yrref", "frrey_"]) assert.ok(!oneApart("ferry", other), other);
});

test("dates as typed", () => {
  assert.deepEqual(daysOf("2024-02"), [ordinal(2024, 2, 1), ordinal(2024, 2, 29)]);
  assert.equal(ordinal(1, 1, 1), 1);
  assert.equal(ordinal(2024, 2, 14), 738930);
  for (const wrong of ["2023-02-29", "yesterday", "2024-13", "24"]) assert.equal(daysOf(wrong), null);
});

test("words side by side are marked as one", () => {
  assert.deepEqual(marked("North Korea, north and Korea", new Set(["north", "korea"])).map((part) => part.text), ["North Korea", ", ", "north", " and ", "Korea"]);
  assert.deepEqual(marked("항만공사 항만", new Set(["항만", "만공", "공사"])).map((part) => part.text), ["항만공사 항만"]);
});

test("the words found are marked, in forms that the text has", () => {
  const parts = marked("Ferries and a ferry’s bell", new Set(["ferri"]));
  assert.deepEqual(parts.filter((part) => part.marked).map((part) => part.text), ["Ferries", "ferry’s"]);
  assert.equal(parts.map((part) => part.text).join(""), "Ferries and a ferry’s bell");
});

test("a snippet comes from the paragraph that holds most of the words", () => {
  const found = snippetOf([[1, "A bell rang."], [2, "The ferry had a bell."]], new Set(["ferri", "bell"]));
  assert.equal(found.paragraph, 2);
});

test("a spreadsheet computes nothing of a list", () => {
  assert.equal(csvOf([["=1+1", 'say "x"', 3, null]]), `'=1+1,"say ""x""",3,\r\n`);
});

test("the address keeps the state, and narrowing twice gives it back", () => {
  const state = readState({ hash: "#q=ferry&person=Ada+Morrow&sort=date", search: "" });
  assert.equal(writeState(state), "#q=ferry&person=Ada+Morrow&sort=date");
  assert.equal(writeState(toggled(toggled(state, "place", "Lenn"), "place", "Lenn")), writeState(state));
  assert.equal(readState({ hash: "", search: "?q=bell" }).q, "bell");
});

test("a missing or torn file is named, and asked for again the next time", async () => {
  let answer = /** @type {(store: Store) => void} */ (() => { throw new Error("404"); });
  const store = new Store(async () => answer(store));
  await assert.rejects(store.manifest(), (error) => error instanceof ShardError && /index.js is missing/.test(error.message));
  answer = () => undefined;
  await assert.rejects(store.manifest(), /index.js is incomplete/);
  answer = (to) => to.push(["index", { format: 2, digest: "x", counts: [0, 0, 0, 0] }]);
  assert.equal((await store.manifest()).digest, "x");
  answer = (to) => to.push(["t0", 5, "AAAA"]);
  await assert.rejects(store.shard("t0"), /t0.js is damaged/);
});
