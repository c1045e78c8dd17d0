// Answers queries from an index on disk, for the tests in tests/search: one JSON object a line in, one out.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { runInNewContext } from "node:vm";
import { Bits, fromCharacters, inflate, riceParameter } from "../src/bytes.js";
import { Engine } from "../src/engine.js";
import { facetsOf } from "../src/facets.js";
import { Index } from "../src/index.js";
import { parseQuery } from "../src/query.js";
import { resultOf } from "../src/results.js";
import { Store } from "../src/store.js";
import { stem } from "../src/stemmer.js";
import { wordsOf } from "../src/words.js";

const ROOT = new URL("http://site.test/");
/** @type {Map<string, { store: Store, index: Index }>} */
const known = new Map();

/** The script in a file, read as browsers do: the mark in front says how it is written. @param {string} path */
function scriptOf(path) {
  const bytes = readFileSync(path);
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

/** @param {string} folder */
function opened(folder) {
  let found = known.get(folder);
  if (!found) {
    const store = new Store(async (file) => {
      runInNewContext(scriptOf(`${folder}/${file.split("?")[0]}`), { self: { __briefingSearch: store } });
    });
    const index = new Index(store);
    found = { store, index };
    known.set(folder, found);
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.words !== undefined) {
    process.stdout.write(`${JSON.stringify(wordsOf(asked.words).map((word) => [word.folded, word.term]))}\n`);
    continue;
  }
  if (asked.stems !== undefined) {
    process.stdout.write(`${JSON.stringify(asked.stems.map(stem))}\n`);
    continue;
  }
  if (asked.file !== undefined) {
    /** @type {any[]} */
    const handed = [];
    runInNewContext(scriptOf(asked.file), { self: { __briefingSearch: handed } });
    process.stdout.write(`${JSON.stringify(Array.from(inflate(fromCharacters(handed[0][2]), handed[0][1])))}\n`);
    continue;
  }
  if (asked.codes !== undefined) {
    const [rices, gammas] = [new Bits(asked.codes, 0, asked.ends[0]), new Bits(asked.codes, asked.ends[0], asked.ends[1])];
    process.stdout.write(`${JSON.stringify([
      asked.spans.map((/** @type {[number, number]} */ one) => rices.rice(riceParameter(...one))), asked.spans.map(() => gammas.gamma())])}\n`);
    continue;
  }
  const { store, index } = opened(asked.folder);
  const engine = new Engine(index, asked.many);
  const before = store.loaded;
  const begin = performance.now();
  const answer = await engine.answer(parseQuery(asked.query, asked.typing), { byDate: asked.byDate, first: asked.first });
  const seconds = (performance.now() - begin) / 1000;
  const told = {
    kinds: answer.kinds.map((numbers, kind) => Array.from(numbers, (number) => [number, answer.scores[kind][number]])),
    named: answer.named, relaxed: answer.relaxed, without: answer.without, corrected: answer.corrected, notes: answer.notes, seconds,
    loaded: store.loaded - before,
    results: asked.results ? await Promise.all(answer.kinds.map((numbers, kind) => Promise.all(
      Array.from(numbers.slice(0, asked.results)).map(async (number) => resultOf(kind, await index.record(kind, number), answer.marks, ROOT))))) : null,
    facets: asked.facets ? await facetsOf(index, answer.kinds) : null,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
