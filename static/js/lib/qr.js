/**
 * QR code encoder (ISO/IEC 18004): byte mode, error correction level M, smallest version that fits.
 */

/** Error correction codewords in each block, by version from 1 (table 9, level M). */
const CHECK_CODEWORDS = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
  26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
/** Number of blocks, by version from 1 (table 9, level M). */
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
  17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];
const VERSIONS = BLOCKS.length;
/** Format bits of level M. */
const LEVEL_M = 0b00;
/** Mode indicator of byte mode, four bits. */
const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];

/** Mask patterns: whether the module at a row and column is inverted (table 10). */
const MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** Length of the longest text, in bytes. */
export const MAX_BYTES = 2331;

/**
 * @param {string} text up to `MAX_BYTES` bytes of UTF-8
 * @returns {boolean[][]} rows of modules from the top, true for dark, without the quiet zone of four modules
 * @throws {RangeError} when the text is too long
 */
export function modules(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= VERSIONS; version += 1) {
    const symbol = functionPatterns(version);
    const capacity = Math.floor(symbol.reserved.flat().filter((taken) => !taken).length / 8);
    const data = codewords(bytes, version, capacity - CHECK_CODEWORDS[version - 1] * BLOCKS[version - 1]);
    if (data) {
      placeCodewords(symbol, interleaved(data, version, capacity));
      return bestMask(symbol);
    }
  }
  throw new RangeError("too long for a QR code");
}

/** Creates a symbol with the function patterns of a version, and marks their modules as reserved. */
function functionPatterns(version) {
  const size = 17 + 4 * version;
  const grid = () => Array.from({ length: size }, () => new Array(size).fill(false));
  const symbol = { size, dark: grid(), reserved: grid() };
  const set = (row, column, dark) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    symbol.dark[row][column] = dark;
    symbol.reserved[row][column] = true;
  };
  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const rings = (row, column, reach, light) => {
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        set(row + y, column + x, !light.includes(Math.max(Math.abs(x), Math.abs(y))));
      }
    }
  };
  const centres = alignments(version, size);
  const last = centres.length - 1;
  for (const [i, row] of centres.entries()) {
    for (const [j, column] of centres.entries()) {
      // Three corners hold finder patterns.
      const corner = [i, j].every((at) => at === 0 || at === last);
      if (!corner || i + j === 2 * last) rings(row, column, 2, [1]);
    }
  }
  // Finder patterns with their separators.
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) rings(row, column, 4, [2, 4]);
  if (version >= 7) {
    const bits = (version << 12) | remainder(version << 12, 0x1f25);
    for (let i = 0; i < 18; i += 1) {
      const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)];
      set(near, far, bit(bits, i));
      set(far, near, bit(bits, i));
    }
  }
  for (const [row, column] of formatPlaces(size).flat()) set(row, column, false);
  set(size - 8, 8, true);
  return symbol;
}

/** Returns the row and column coordinates of the alignment pattern centres (annex E). */
function alignments(version, size) {
  if (version === 1) return [];
  const gaps = Math.floor(version / 7) + 1;
  // Equal steps back from the last centre; the first gap takes the rest. Version 32 is irregular.
  const step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * gaps));
  return [6, ...Array.from({ length: gaps }, (_, i) => size - 7 - step * (gaps - 1 - i))];
}

/** Returns the two positions of each of the 15 format bits, lowest bit first. */
function formatPlaces(size) {
  const places = [];
  for (let i = 0; i < 15; i += 1) {
    const upper = i < 6 ? [i, 8] : i < 8 ? [i + 1, 8] : [8, i === 8 ? 7 : 14 - i];
    places.push([upper, i < 8 ? [8, size - 1 - i] : [size - 15 + i, 8]]);
  }
  return places;
}

/** Remainder of a polynomial division over GF(2); the bits are the coefficients. */
function remainder(value, divisor) {
  const degree = 31 - Math.clz32(divisor);
  let left = value;
  while (31 - Math.clz32(left) >= degree) left ^= divisor << (31 - Math.clz32(left) - degree);
  return left;
}

function bit(bits, at) {
  return ((bits >> at) & 1) === 1;
}

/** Returns the data codewords: header, bytes and padding. Null when they do not fit. */
function codewords(bytes, version, capacity) {
  const wide = version < 10 ? 8 : 16;
  if (4 + wide + 8 * bytes.length > 8 * capacity) return null;
  const bits = [];
  const append = (value, length) => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  append(BYTE_MODE, 4);
  append(bytes.length, wide);
  for (const byte of bytes) append(byte, 8);
  // Header and capacity leave at least four bits for the terminator.
  append(0, 4);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(bits.slice(i, i + 8).reduce((word, one) => 2 * word + one, 0));
  for (let i = 0; words.length < capacity; i += 1) words.push(PADDING[i % 2]);
  return words;
}

/** Returns the data and error correction codewords, interleaved by block. */
function interleaved(data, version, capacity) {
  const [count, correction] = [BLOCKS[version - 1], CHECK_CODEWORDS[version - 1]];
  const short = Math.floor(capacity / count) - correction;
  const long = capacity % count;
  const [exp, log] = field();
  const generator = generatorOf(correction, exp, log);
  const blocks = [];
  for (let i = 0, at = 0; i < count; i += 1) {
    const length = short + (i >= count - long ? 1 : 0);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const checks = blocks.map((block) => checkCodewords(block, generator, exp, log));
  const order = [];
  for (let i = 0; i <= short; i += 1) for (const block of blocks) if (i < block.length) order.push(block[i]);
  for (let i = 0; i < correction; i += 1) for (const one of checks) order.push(one[i]);
  return order;
}

/** Exponential and logarithm tables of GF(256) with generator 2. */
function field() {
  const [exp, log] = [[], []];
  for (let i = 0, value = 1; i < 255; i += 1) {
    exp.push(value);
    log[value] = i;
    value = value < 128 ? 2 * value : (2 * value) ^ 0x11d;
  }
  return [exp, log];
}

/** Coefficients of the generator polynomial (x - 1)(x - 2)(x - 4)…, highest first, without the leading 1. */
function generatorOf(degree, exp, log) {
  let product = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = [...product, 0];
    for (const [at, value] of product.entries()) next[at + 1] ^= value && exp[(log[value] + i) % 255];
    product = next;
  }
  return product.slice(1);
}

/** Returns the error correction codewords of a block. */
function checkCodewords(block, generator, exp, log) {
  const left = new Array(generator.length).fill(0);
  for (const word of block) {
    const lead = word ^ left.shift();
    left.push(0);
    if (lead === 0) continue;
    for (const [i, value] of generator.entries()) left[i] ^= value && exp[(log[value] + log[lead]) % 255];
  }
  return left;
}

/** Places codewords in the unreserved modules: in column pairs from the right, alternately upwards and downwards. */
function placeCodewords({ size, dark, reserved }, words) {
  let at = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    // Skip the column of the timing pattern.
    if (right === 6) right -= 1;
    for (let i = 0; i < size; i += 1) {
      const row = up ? size - 1 - i : i;
      for (const column of [right, right - 1]) {
        if (reserved[row][column]) continue;
        dark[row][column] = bit(words[at >> 3] ?? 0, 7 - (at & 7));
        at += 1;
      }
    }
  }
}

/** Returns the symbol with the mask of the lowest penalty. */
function bestMask(symbol) {
  const candidates = MASKS.map((_, number) => applyMask(symbol, number));
  const penalties = candidates.map(penalty);
  return candidates[penalties.indexOf(Math.min(...penalties))];
}

function applyMask({ size, dark, reserved }, number) {
  const rows = dark.map((row, y) => row.map((one, x) => one !== (!reserved[y][x] && MASKS[number](y, x))));
  const data = ((LEVEL_M << 3) | number) << 10;
  const bits = (data | remainder(data, 0x537)) ^ 0x5412;
  for (const [i, places] of formatPlaces(size).entries()) {
    for (const [row, column] of places) rows[row][column] = bit(bits, i);
  }
  return rows;
}

/** Penalty score of a symbol (table 11). */
function penalty(rows) {
  const across = rows.map((row) => row.map(Number).join(""));
  const down = rows.map((_, x) => rows.map((row) => Number(row[x])).join(""));
  let sum = 0;
  for (const line of [...across, ...down]) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    // Finder-like patterns with four light modules on one side, which may be in the quiet zone.
    const wide = `0000${line}0000`;
    sum += 40 * (wide.match(/01011101(?=0000)/g) ?? []).length + 40 * (wide.match(/0000(?=10111010)/g) ?? []).length;
  }
  for (let y = 1; y < rows.length; y += 1) {
    for (let x = 1; x < rows.length; x += 1) {
      const same = rows[y][x] === rows[y - 1][x];
      if (same && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x - 1]) sum += 3;
    }
  }
  const share = rows.flat().filter(Boolean).length / (rows.length * rows.length);
  return sum + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}
