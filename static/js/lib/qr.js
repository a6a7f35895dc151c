/**
 * QR codes (ISO/IEC 18004): text as bytes, at error correction level M, in the smallest version that holds it.
 */

/** Codewords of error correction in each block, by version from 1 (table 9, level M). */
const CORRECTION = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
  26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
/** Blocks, by version from 1 (table 9, level M). */
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
  17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];
const VERSIONS = BLOCKS.length;
/** What the two bits of level M are. */
const LEVEL_M = 0b00;
/** The indicator of byte mode, four bits. */
const BYTES = 0b0100;
const PADDING = [0xec, 0x11];

/** Whether a mask turns the module of a row and column around (table 10). */
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

/** The longest text, in bytes. */
export const LONGEST = 2331;

/**
 * @param {string} text up to `LONGEST` bytes of UTF-8
 * @returns {boolean[][]} rows of modules from the top, true where they are dark, without the light margin of four
 *   modules that belongs around them
 */
export function modules(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= VERSIONS; version += 1) {
    const symbol = frame(version);
    const room = Math.floor(symbol.reserved.flat().filter((taken) => !taken).length / 8);
    const data = codewords(bytes, version, room - CORRECTION[version - 1] * BLOCKS[version - 1]);
    if (data) {
      place(symbol, interleaved(data, version, room));
      return masked(symbol);
    }
  }
  throw new RangeError("too long for a QR code");
}

/** A symbol of a version with everything in it that does not depend on the text, and where that is. */
function frame(version) {
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
      // In three corners there are the finders.
      const corner = [i, j].every((at) => at === 0 || at === last);
      if (!corner || i + j === 2 * last) rings(row, column, 2, [1]);
    }
  }
  // With the separators around them.
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

/** Rows and columns of the centres of alignment patterns (annex E). */
function alignments(version, size) {
  if (version === 1) return [];
  const gaps = Math.floor(version / 7) + 1;
  // Even steps back from the last; the first gap takes what is left. Version 32 keeps no rule.
  const step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * gaps));
  return [6, ...Array.from({ length: gaps }, (_, i) => size - 7 - step * (gaps - 1 - i))];
}

/** Where the 15 bits of the format are, the lowest first: two places of each. */
function formatPlaces(size) {
  const places = [];
  for (let i = 0; i < 15; i += 1) {
    const upper = i < 6 ? [i, 8] : i < 8 ? [i + 1, 8] : [8, i === 8 ? 7 : 14 - i];
    places.push([upper, i < 8 ? [8, size - 1 - i] : [size - 15 + i, 8]]);
  }
  return places;
}

/** What is left of a polynomial over two elements, the bits being its coefficients. */
function remainder(value, divisor) {
  const degree = 31 - Math.clz32(divisor);
  let left = value;
  while (31 - Math.clz32(left) >= degree) left ^= divisor << (31 - Math.clz32(left) - degree);
  return left;
}

function bit(bits, at) {
  return ((bits >> at) & 1) === 1;
}

/** The bytes with what stands before and behind them; null when there is no room for them. */
function codewords(bytes, version, room) {
  const wide = version < 10 ? 8 : 16;
  if (4 + wide + 8 * bytes.length > 8 * room) return null;
  const bits = [];
  const put = (value, length) => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  put(BYTES, 4);
  put(bytes.length, wide);
  for (const byte of bytes) put(byte, 8);
  // Room is whole bytes, so four bits are always left for the end.
  put(0, 4);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(bits.slice(i, i + 8).reduce((word, one) => 2 * word + one, 0));
  for (let i = 0; words.length < room; i += 1) words.push(PADDING[i % 2]);
  return words;
}

/** Data and error correction in the order in which they are placed. */
function interleaved(data, version, room) {
  const [count, correction] = [BLOCKS[version - 1], CORRECTION[version - 1]];
  const short = Math.floor(room / count) - correction;
  const long = room % count;
  const [exp, log] = field();
  const generator = generatorOf(correction, exp, log);
  const blocks = [];
  for (let i = 0, at = 0; i < count; i += 1) {
    const length = short + (i >= count - long ? 1 : 0);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const checks = blocks.map((block) => check(block, generator, exp, log));
  const order = [];
  for (let i = 0; i <= short; i += 1) for (const block of blocks) if (i < block.length) order.push(block[i]);
  for (let i = 0; i < correction; i += 1) for (const one of checks) order.push(one[i]);
  return order;
}

/** Powers and logarithms of 2 in the field of 256 elements. */
function field() {
  const [exp, log] = [[], []];
  for (let i = 0, value = 1; i < 255; i += 1) {
    exp.push(value);
    log[value] = i;
    value = value < 128 ? 2 * value : (2 * value) ^ 0x11d;
  }
  return [exp, log];
}

/** Coefficients of (x - 1)(x - 2)(x - 4)…, the highest first, without the first one, which is 1. */
function generatorOf(degree, exp, log) {
  let product = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = [...product, 0];
    for (const [at, value] of product.entries()) next[at + 1] ^= value && exp[(log[value] + i) % 255];
    product = next;
  }
  return product.slice(1);
}

/** The codewords of error correction for a block. */
function check(block, generator, exp, log) {
  const left = new Array(generator.length).fill(0);
  for (const word of block) {
    const lead = word ^ left.shift();
    left.push(0);
    if (lead === 0) continue;
    for (const [i, value] of generator.entries()) left[i] ^= value && exp[(log[value] + log[lead]) % 255];
  }
  return left;
}

/** Puts codewords where nothing else is: up and down in columns of two, from the right. */
function place({ size, dark, reserved }, words) {
  let at = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    // The column of timing holds no data.
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

/** The symbol under the mask that leaves it the least penalty. */
function masked(symbol) {
  const candidates = MASKS.map((_, number) => under(symbol, number));
  const penalties = candidates.map(penalty);
  return candidates[penalties.indexOf(Math.min(...penalties))];
}

function under({ size, dark, reserved }, number) {
  const rows = dark.map((row, y) => row.map((one, x) => one !== (!reserved[y][x] && MASKS[number](y, x))));
  const data = ((LEVEL_M << 3) | number) << 10;
  const bits = (data | remainder(data, 0x537)) ^ 0x5412;
  for (const [i, places] of formatPlaces(size).entries()) {
    for (const [row, column] of places) rows[row][column] = bit(bits, i);
  }
  return rows;
}

/** How hard a symbol is to read (table 11). */
function penalty(rows) {
  const across = rows.map((row) => row.map(Number).join(""));
  const down = rows.map((_, x) => rows.map((row) => Number(row[x])).join(""));
  let sum = 0;
  for (const line of [...across, ...down]) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    // What looks like a finder, with four light modules on one side. The light margin counts.
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
