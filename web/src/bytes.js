/**
 * What the files of the index are packed in: base 64, deflate, numbers of seven bits a byte.
 * @module
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Uint8Array(128);
for (let index = 0; index < LETTERS.length; index++) VALUES[LETTERS.charCodeAt(index)] = index;

/**
 * The bytes that `text` stands for.
 * @param {string} text base 64, padded
 * @returns {Uint8Array}
 */
export function fromBase64(text) {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, out = 0; at < text.length; at += 4) {
    const bits =
      (VALUES[text.charCodeAt(at)] << 18) | (VALUES[text.charCodeAt(at + 1)] << 12) |
      (VALUES[text.charCodeAt(at + 2)] << 6) | VALUES[text.charCodeAt(at + 3)];
    bytes[out++] = bits >> 16;
    if (out < bytes.length) bytes[out++] = (bits >> 8) & 255;
    if (out < bytes.length) bytes[out++] = bits & 255;
  }
  return bytes;
}

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** @typedef {{ counts: Uint16Array, symbols: Uint16Array }} Code  a Huffman code, as RFC 1951 builds it */

/** @param {ArrayLike<number>} lengths @returns {Code} */
function code(lengths) {
  const counts = new Uint16Array(16);
  const symbols = new Uint16Array(lengths.length);
  for (let index = 0; index < lengths.length; index++) counts[lengths[index]]++;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let length = 1; length < 15; length++) offsets[length + 1] = offsets[length] + counts[length];
  for (let index = 0; index < lengths.length; index++) {
    if (lengths[index]) symbols[offsets[lengths[index]]++] = index;
  }
  return { counts, symbols };
}

const FIXED_LENGTHS = code(Array.from({ length: 288 }, (_, index) => (index < 144 ? 8 : index < 256 ? 9 : index < 280 ? 7 : 8)));
const FIXED_DISTANCES = code(new Uint8Array(30).fill(5));

/**
 * `packed` (a raw deflate stream, RFC 1951) unpacked to exactly `size` bytes.
 * @param {Uint8Array} packed
 * @param {number} size
 * @returns {Uint8Array}
 * @throws {RangeError} where the stream is torn or gives another size
 */
export function inflate(packed, size) {
  const out = new Uint8Array(size);
  let written = 0;
  let at = 0;
  let held = 0;
  let count = 0;

  /** @param {number} wanted @returns {number} */
  function bits(wanted) {
    while (count < wanted) {
      if (at >= packed.length) throw new RangeError("the packed bytes end too early");
      held |= packed[at++] << count;
      count += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    count -= wanted;
    return value;
  }

  /** @param {Code} table @returns {number} */
  function symbol(table) {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      if (count === 0) {
        if (at >= packed.length) throw new RangeError("the packed bytes end too early");
        held = packed[at++];
        count = 8;
      }
      value |= held & 1;
      held >>>= 1;
      count--;
      const here = table.counts[length];
      if (value - here < first) return table.symbols[index + (value - first)];
      index += here;
      first = (first + here) << 1;
      value <<= 1;
    }
    throw new RangeError("the packed bytes hold no such code");
  }

  /** @param {Code} literals @param {Code} distances */
  function block(literals, distances) {
    for (;;) {
      const found = symbol(literals);
      if (found === 256) return;
      if (found < 256) {
        if (written >= size) throw new RangeError("the packed bytes hold too much");
        out[written++] = found;
        continue;
      }
      const length = LENGTHS[found - 257] + bits(LENGTH_BITS[found - 257]);
      const kind = symbol(distances);
      const extra = kind < 4 ? 0 : (kind >> 1) - 1;
      const distance = (kind < 4 ? kind + 1 : ((2 + (kind & 1)) << extra) + 1) + bits(extra);
      if (distance > written || written + length > size) throw new RangeError("the packed bytes point outside");
      for (let end = written + length; written < end; written++) out[written] = out[written - distance];
    }
  }

  let last = 0;
  while (!last) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = count = 0;
      const length = packed[at] | (packed[at + 1] << 8);
      at += 4;
      if (at + length > packed.length || written + length > size) throw new RangeError("the packed bytes end too early");
      out.set(packed.subarray(at, at + length), written);
      at += length;
      written += length;
    } else if (kind === 1) {
      block(FIXED_LENGTHS, FIXED_DISTANCES);
    } else if (kind === 2) {
      const literals = bits(5) + 257;
      const distances = bits(5) + 1;
      const shown = bits(4) + 4;
      const short = new Uint8Array(19);
      for (let index = 0; index < shown; index++) short[ORDER[index]] = bits(3);
      const table = code(short);
      const lengths = new Uint8Array(literals + distances);
      for (let index = 0; index < lengths.length; ) {
        const found = symbol(table);
        if (found < 16) {
          lengths[index++] = found;
          continue;
        }
        const repeated = found === 16 ? lengths[index - 1] : 0;
        let times = found === 16 ? 3 + bits(2) : found === 17 ? 3 + bits(3) : 11 + bits(7);
        while (times-- > 0) lengths[index++] = repeated;
      }
      block(code(lengths.subarray(0, literals)), code(lengths.subarray(literals)));
    } else {
      throw new RangeError("the packed bytes hold no such block");
    }
  }
  if (written !== size) throw new RangeError("the packed bytes hold too little");
  return out;
}

const DECODER = new TextDecoder();

/** Reads numbers and texts off bytes, from the front. */
export class Reader {
  /** @param {Uint8Array} bytes @param {number} [at] @param {number} [end] */
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** @returns {number} */
  number() {
    let value = 0;
    let scale = 1;
    for (;;) {
      if (this.at >= this.end) throw new RangeError("a file of the index ends too early");
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** @returns {number} a number of either sign */
  signed() {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  /** @returns {string} */
  text() {
    return DECODER.decode(this.part());
  }

  /** @returns {Uint8Array} as many bytes as the number before them says */
  part() {
    const length = this.number();
    if (this.at + length > this.end) throw new RangeError("a file of the index ends too early");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** @param {Uint8Array} bytes @returns {any} the JSON they hold */
export function parsed(bytes) {
  return JSON.parse(DECODER.decode(bytes));
}
