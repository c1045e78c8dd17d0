/**
 * The files of the index, loaded when they are asked for: each is a script that hands its content over by name, which
 * works from a disk as from a server. What is at fault with a file is said by a `ShardError`.
 * @module
 */

import { adler32, fromCharacters, inflate } from "./bytes.js";
import { learn, say } from "./said.js";

/**
 * @typedef {{ format: number, digest: string, counts: number[], terms: number, mean: number, spans: number[], words: string[],
 *   backwards: string[], postings: number[], places: number[][], records: number[][],
 *   little: string[], said?: Record<string, string> }} Manifest
 */

/** A file of the index that is missing or torn. */
export class ShardError extends Error {
  /** @param {string} file @param {string} what of it, with its place for the file */
  constructor(file, what) {
    super(say(what, { file }));
    this.name = "ShardError";
    this.file = file;
  }
}

/** What is told of a file whose content makes no sense. @param {string} name without folder and extension */
export function damaged(name) {
  return new ShardError(`search/${name}.js`, "{file} is damaged");
}

/** The version of the files that this client reads. */
const FORMAT = 2;
/** Begins the names of files of records, whose compression points back into another file. */
const RECORDS = "d";
export const DICTIONARY = "z";
/** So many unpacked bytes are kept; what was used longest ago goes first. */
const KEPT = 12_000_000;
/** A file that has not come after so many milliseconds is given up. */
const PATIENCE = 20_000;

/**
 * Loads a script; resolves once it has run.
 * @callback Load
 * @param {string} file path below the site's root
 * @returns {Promise<void>}
 */

export class Store {
  /** @param {Load} load */
  constructor(load) {
    this.load = load;
    /** @type {Map<string, any[]>} what scripts have handed over, not yet taken */
    this.arrived = new Map();
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.shards = new Map();
    /** @type {Map<string, number>} */
    this.sizes = new Map();
    /** @type {Promise<Manifest> | null} */
    this.index = null;
    this.loaded = 0;
  }

  /** Takes what a script hands over. @param {any[]} handed */
  push(handed) {
    this.arrived.set(String(handed[0]), handed);
  }

  /** @returns {Promise<Manifest>} */
  manifest() {
    this.index ??= this._take("index", "").then((handed) => {
      const manifest = /** @type {Manifest} */ (handed[1]);
      learn(manifest.said);
      if (manifest.format !== FORMAT) throw new ShardError("search/index.js", "{file} is of another version of this site");
      return manifest;
    });
    this.index.catch(() => (this.index = null));
    return this.index;
  }

  /**
   * The content of a file.
   * @param {string} name without folder and extension
   * @returns {Promise<Uint8Array>}
   */
  shard(name) {
    const known = this.shards.get(name);
    if (known) {
      this.shards.delete(name);
      this.shards.set(name, known);
      return known;
    }
    const coming = this._shard(name);
    this.shards.set(name, coming);
    coming.then(
      (bytes) => {
        this.sizes.set(name, bytes.length);
        this._forget();
      },
      () => this.shards.delete(name),
    );
    return coming;
  }

  /** @param {string} name @returns {Promise<Uint8Array>} */
  async _shard(name) {
    const manifest = await this.manifest();
    const handed = await this._take(name, `?${manifest.digest}`);
    const file = `search/${name}.js`;
    try {
      const text = String(handed[2]);
      const dictionary = name[0] === RECORDS ? await this.shard(DICTIONARY) : undefined;
      // Two bytes a character, as the file has them.
      this.loaded += text.length * 2;
      const bytes = inflate(fromCharacters(text), Number(handed[1]), dictionary);
      if (adler32(bytes) !== handed[3]) throw new RangeError("the bytes are not those that were packed");
      return bytes;
    } catch (error) {
      throw error instanceof ShardError ? error : damaged(name);
    }
  }

  /** @param {string} name @param {string} version @returns {Promise<any[]>} */
  async _take(name, version) {
    const file = `search/${name}.js`;
    const waiting = this.arrived.get(name);
    if (!waiting) {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new ShardError(file, "{file} did not come in time")), PATIENCE);
      });
      try {
        await Promise.race([this.load(file + version), late]);
      } catch (error) {
        throw error instanceof ShardError ? error : new ShardError(file, "{file} is missing");
      } finally {
        clearTimeout(timer);
      }
    }
    const handed = this.arrived.get(name);
    if (!handed) throw new ShardError(file, "{file} is incomplete");
    this.arrived.delete(name);
    return handed;
  }

  _forget() {
    let total = 0;
    for (const name of this.shards.keys()) total += this.sizes.get(name) ?? 0;
    for (const name of [...this.shards.keys()]) {
      if (total <= KEPT) return;
      total -= this.sizes.get(name) ?? 0;
      this.shards.delete(name);
      this.sizes.delete(name);
    }
  }
}
