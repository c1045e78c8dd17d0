/**
 * What the files of the index are packed in: characters of fifteen bits, deflate, numbers of seven bits a byte.
 *
 * Deflate is undone here and not by the browser's `DecompressionStream`: that knows no dictionary, which a tenth of the
 * size of the texts is owed to, older browsers lack it, and it answers a promise later.
 * @module
 */

/** See `packing.py`. */
const FIRST_CHARACTER = 0x3000;
const BITS = 15;

/**
 * The bytes that `text` stands for; where its bits are not a number of bytes, the last ones mean nothing.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function fromCharacters(text) {
  const bytes = new Uint8Array((text.length * BITS) >> 3);
  let held = 0;
  let count = 0;
  let out = 0;
  for (let at = 0; at < text.length; at++) {
    held = ((held & 127) << BITS) | ((text.charCodeAt(at) - FIRST_CHARACTER) & 32767);
    count += BITS;
    while (count >= 8) {
      count -= 8;
      bytes[out++] = (held >> count) & 255;
    }
  }
  return bytes;
}

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * A Huffman code, as RFC 1951 builds it: for the next `QUICK` bits of the stream, the symbol times 16 plus its length;
 * 0 where it is longer, then by counts and symbols, a bit at a time.
 * @typedef {{ quick: Uint16Array, counts: Uint16Array, symbols: Uint16Array }} Code
 */
const QUICK = 9;

/** @param {ArrayLike<number>} lengths @returns {Code} */
function code(lengths) {
  const counts = new Uint16Array(16);
  const symbols = new Uint16Array(lengths.length);
  for (let index = 0; index < lengths.length; index++) counts[lengths[index]]++;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  const next = new Uint16Array(16);
  for (let length = 1; length < 16; length++) {
    offsets[length] = offsets[length - 1] + counts[length - 1];
    next[length] = (next[length - 1] + counts[length - 1]) << 1;
  }
  const quick = new Uint16Array(1 << QUICK);
  for (let index = 0; index < lengths.length; index++) {
    const length = lengths[index];
    if (!length) continue;
    symbols[offsets[length]++] = index;
    // The stream holds the bits of a code the other way round.
    let turned = 0;
    for (let bit = 0, value = next[length]++; bit < length; bit++, value >>= 1) turned = (turned << 1) | (value & 1);
    if (length <= QUICK) for (; turned < quick.length; turned += 1 << length) quick[turned] = (index << 4) | length;
  }
  return { quick, counts, symbols };
}

const FIXED_LENGTHS = code(Array.from({ length: 288 }, (_, index) => (index < 144 ? 8 : index < 256 ? 9 : index < 280 ? 7 : 8)));
const FIXED_DISTANCES = code(new Uint8Array(30).fill(5));
const NO_DICTIONARY = new Uint8Array(0);

/**
 * `packed` (a raw deflate stream, RFC 1951) unpacked to exactly `size` bytes.
 * @param {Uint8Array} packed
 * @param {number} size
 * @param {Uint8Array} [dictionary] what the stream may point back into
 * @returns {Uint8Array}
 * @throws {RangeError} where the stream is torn or gives another size
 */
export function inflate(packed, size, dictionary = NO_DICTIONARY) {
  const end = dictionary.length + size;
  const out = new Uint8Array(end);
  out.set(dictionary);
  let written = dictionary.length;
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
    while (count < 15 && at < packed.length) {
      held |= packed[at++] << count;
      count += 8;
    }
    const found = table.quick[held & ((1 << QUICK) - 1)];
    let length = found & 15;
    if (found) {
      if (length > count) throw new RangeError("the packed bytes end too early");
      held >>>= length;
      count -= length;
      return found >> 4;
    }
    let value = 0;
    let first = 0;
    let index = 0;
    for (length = 1; length <= 15; length++) {
      if (length > count) throw new RangeError("the packed bytes end too early");
      value |= (held >> (length - 1)) & 1;
      const here = table.counts[length];
      if (value - here < first) {
        held >>>= length;
        count -= length;
        return table.symbols[index + (value - first)];
      }
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
        if (written >= end) throw new RangeError("the packed bytes hold too much");
        out[written++] = found;
        continue;
      }
      const length = LENGTHS[found - 257] + bits(LENGTH_BITS[found - 257]);
      const kind = symbol(distances);
      const extra = kind < 4 ? 0 : (kind >> 1) - 1;
      const distance = (kind < 4 ? kind + 1 : ((2 + (kind & 1)) << extra) + 1) + bits(extra);
      if (distance > written || written + length > end) throw new RangeError("the packed bytes point outside");
      for (const stop = written + length; written < stop; written++) out[written] = out[written - distance];
    }
  }

  let last = 0;
  while (!last) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      // A stored block begins at a whole byte; some may have been taken ahead.
      at -= count >> 3;
      held = count = 0;
      const length = packed[at] | (packed[at + 1] << 8);
      at += 4;
      if (at + length > packed.length || written + length > end) throw new RangeError("the packed bytes end too early");
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
  if (written !== end) throw new RangeError("the packed bytes hold too little");
  return dictionary.length ? out.slice(dictionary.length) : out;
}

/** The sum by which zlib tells whether bytes are whole (RFC 1950). @param {Uint8Array} bytes */
export function adler32(bytes) {
  let low = 1;
  let high = 0;
  for (let at = 0; at < bytes.length; ) {
    // So many bytes can be summed before a number would leave 32 bits.
    for (const stop = Math.min(at + 3800, bytes.length); at < stop; at++) high += low += bytes[at];
    low %= 65521;
    high %= 65521;
  }
  return high * 65536 + low;
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
    const part = this.part();
    // A dictionary holds thousands of short words, and asking the decoder for each takes longer than all the rest.
    let text = "";
    for (let at = 0; at < part.length; at++) {
      if (part[at] > 127) return DECODER.decode(part);
      text += String.fromCharCode(part[at]);
    }
    return text;
  }

  /** @returns {Uint8Array} as many bytes as the number before them says */
  part() {
    const length = this.number();
    if (this.at + length > this.end) throw new RangeError("a file of the index ends too early");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** See `bits.py`. */
const ESCAPE = 8;

/** Reads codes of any number of bits, the highest bit first. */
export class Bits {
  /** @param {Uint8Array} bytes @param {number} at @param {number} end */
  constructor(bytes, at, end) {
    this.bytes = bytes;
    this.at = at * 8;
    this.end = end * 8;
  }

  /** The next bits, at least 25 of them, at the upper end of 32. */
  _ahead() {
    const { bytes } = this;
    const at = this.at >>> 3;
    return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) << (this.at & 7);
  }

  /** @param {number} count */
  _skip(count) {
    this.at += count;
    if (this.at > this.end) throw new RangeError("a file of the index ends too early");
  }

  /** @param {number} count up to 25 @returns {number} */
  bits(count) {
    if (!count) return 0;
    const value = this._ahead() >>> (32 - count);
    this._skip(count);
    return value;
  }

  /** @returns {number} from 1 */
  gamma() {
    const ahead = this._ahead();
    const zeros = Math.clz32(ahead);
    if (zeros <= 12) {
      this._skip(2 * zeros + 1);
      return ahead >>> (31 - 2 * zeros);
    }
    this._skip(Math.min(zeros, 25));
    if (zeros >= 25) throw new RangeError("a file of the index holds no such number");
    const high = this.bits(12);
    return high * 2 ** (zeros - 11) + this.bits(zeros - 11);
  }

  /** @param {number} parameter @returns {number} from 0 */
  rice(parameter) {
    const ahead = this._ahead();
    let high = Math.clz32(~ahead);
    const whole = high + 1 + parameter;
    // Nearly all fit into what is looked at, the parameter behind the ones and the zero.
    if (high < ESCAPE && whole <= 25) {
      this._skip(whole);
      return (high << parameter) | (parameter && (ahead << (high + 1)) >>> (32 - parameter));
    }
    if (high >= ESCAPE) {
      this._skip(ESCAPE);
      high = this.gamma() + ESCAPE - 1;
    } else {
      this._skip(high + 1);
    }
    return high * 2 ** parameter + this.bits(parameter);
  }
}

/**
 * The parameter of Rice's code for `count` numbers that add up to `span`; as `bits.py` computes it.
 * @param {number} span @param {number} count
 */
export function riceParameter(span, count) {
  return 31 - Math.clz32(Math.max(Math.floor((span * 11) / (Math.max(count, 1) * 16)), 1));
}

/** @param {Uint8Array} bytes @returns {any} the JSON they hold */
export function parsed(bytes) {
  return JSON.parse(DECODER.decode(bytes));
}
