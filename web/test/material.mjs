// Answers queries as Material's own search does, by its own worker, to compare: one JSON object a line in, one out.
// The first names the worker's file, the search settings and the pages.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createContext, runInContext } from "node:vm";

/** @type {((event: { data: any }) => void)[]} */
const listeners = [];
/** @type {(message: any) => void} */
let arrived = () => undefined;
const context = createContext({
  addEventListener: (/** @type {string} */ _, /** @type {(event: { data: any }) => void} */ listener) => listeners.push(listener),
  postMessage: (/** @type {any} */ message) => arrived(message),
  console: { warn() {}, error() {}, log() {} },
});
context.self = context;

/** @param {any} message @returns {Promise<any>} */
function sent(message) {
  return new Promise((resolve) => {
    arrived = resolve;
    listeners.forEach((listener) => listener({ data: message }));
  });
}

let ready = false;
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (!ready) {
    runInContext(readFileSync(asked.worker, "utf8"), context);
    await sent({ type: 0, data: { config: asked.config, docs: asked.docs, options: { suggest: false } } });
    ready = true;
    process.stdout.write("{}\n");
    continue;
  }
  const { data } = await sent({ type: 2, data: asked.query });
  process.stdout.write(`${JSON.stringify(data.items.map((/** @type {any[]} */ group) => group[0].location))}\n`);
}
