/**
 * Where search starts on a page: finds its parts on it and gives them one index.
 * @module
 */

import { startBox } from "./box.js";
import { Engine } from "./engine.js";
import { Index } from "./index.js";
import { markWords } from "./marks.js";
import { startPage } from "./page.js";
import { Store } from "./store.js";

// This script lies in assets/, a folder of the site's root.
const own = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const root = new URL("..", own?.src || location.href);

/** @type {import("./store.js").Load} */
const load = (file) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(file, root).href;
    script.addEventListener("load", () => {
      script.remove();
      resolve();
    });
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(file));
    });
    document.head.append(script);
  });

const store = new Store(load);
const world = /** @type {any} */ (self);
world.__briefingSearch = store;

function start() {
  const index = new Index(store);
  const engine = new Engine(index);
  const box = document.getElementById("bf-box");
  const page = document.getElementById("bf-find");
  const body = document.querySelector(".bf-body");
  if (box) startBox(box, index, engine, root);
  if (page) startPage(page, index, engine, root);
  if (body instanceof HTMLElement) markWords(body, location.search);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
