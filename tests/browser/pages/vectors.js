/**
 * Runs the served modules against vectors, in a real browser on a page of the site. The policy of the page lets no
 * script in that the site does not serve, so a test runs this text through the driver: with `export ` taken out and
 * the call put behind it, it is the body of a function. That is why it imports nothing at its top.
 *
 * Every exported function answers `{ passed, failed }` (or what it says), `failed` being a list of words, empty when all is well.
 */

async function modules(base) {
  const names = ["base32", "bytes", "chunked", "envelope", "errors", "keys", "link", "matching", "parts"];
  const loaded = await Promise.all(names.map((name) => import(`${base}lib/${name}.js`)));
  return Object.fromEntries(names.map((name, i) => [name, loaded[i]]));
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unhex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

class Figures {
  passed = 0;
  failed = [];

  async run(name, check) {
    try {
      await check();
      this.passed += 1;
    } catch (error) {
      this.failed.push(`${name}: ${error.name} ${error.message}`);
    }
  }
}

function same(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what} is ${found}, not ${wanted}`);
}

/** Names of files: what they are saved under, and whether they are programs. */
export async function runNames(vectors, base) {
  const { safeName, isExecutable, isRenamed } = await import(`${base}lib/names.js`);
  const figures = new Figures();
  for (const { name, repeat = 1, end = "", safe, length, program = false } of vectors) {
    await figures.run(name, () => {
      const whole = name.repeat(repeat) + end;
      const found = safeName(whole);
      if (length === undefined) same("the name", found, safe);
      else same("its length", new TextEncoder().encode(found).length, length);
      same("its end", found.endsWith(safe), true);
      same("safe again", safeName(found), found);
      same("program", isExecutable(whole), program);
      same("renamed", isRenamed(whole), found !== whole.split(/[/\\]/).pop());
    });
  }
  return figures;
}

function contentOf({ repeat, size }) {
  const pattern = unhex(repeat);
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = pattern[i % pattern.length];
  return bytes;
}

/** Opens all parts of a share as a reader does, and gives its message and the bytes of its files. */
async function openAll(js, { id, key, password, parts }) {
  const link = await js.keys.linkKeys(id, key);
  const { contentKey } = await js.keys.contentKeys(id, key, link, password);
  const share = await js.envelope.decryptShare({ id, contentKey, part0: parts[0], parts: parts.length });
  const files = [];
  for (let file = 0; file < share.files.length; file += 1) {
    const opener = share.opener(file);
    const pieces = [];
    for (let part = share.layout.first(file); ; part += 1) {
      const place = share.layout.locate(part);
      pieces.push(await opener.open(place, parts[part]));
      if (place.last) break;
    }
    files.push({ ...share.files[file], bytes: js.bytes.concat(...pieces) });
  }
  return { message: share.message, files };
}

async function openCase(js, vector) {
  const { fromBase64url, sha256 } = js.bytes;
  const { id } = vector;
  const key = unhex(vector.key);
  same("id", await js.link.idOf(js.base32.decode(vector.owner)), id);
  same("fragment", await js.link.writeFragment(id, key), vector.fragment);
  same("key of the link", hex((await js.link.readLinkFor(id, vector.fragment)).key), vector.key);

  const link = await js.keys.linkKeys(id, key);
  const content = await js.keys.contentKeys(id, key, link, vector.password);
  const proof = content.passwordProof;
  same("open proof", hex(link.openProof), vector.open_proof);
  same("open verifier", hex(await js.keys.verifier(link.openProof)), vector.open_verifier);
  same("password salt", hex(link.passwordSalt), vector.password_salt);
  same("password proof", proof && hex(proof), vector.password_proof);
  same("password verifier", proof && hex(await js.keys.verifier(proof)), vector.password_verifier);
  same("content key", hex(content.contentKey), vector.content_key);

  // Locked here with the same salts: the same bytes.
  const files = vector.files.map(({ name, type, content: bytes }) => new File([contentOf(bytes)], name, { type }));
  vector.files.forEach(({ type }, i) => Object.defineProperty(files[i], "type", { value: type }));
  const fixed = { owner: js.base32.decode(vector.owner), key, salts: vector.salts.map(unhex) };
  const locked = await js.envelope.encryptShare(
    { message: vector.message ?? undefined, files, password: vector.password ?? undefined },
    fixed,
  );
  const made = [locked.part0];
  let sealer;
  for (let part = 1; part < locked.layout.parts; part += 1) {
    const place = locked.layout.locate(part);
    if (place.piece === 0) sealer = await locked.sealer(place.file);
    made.push(js.bytes.concat(...(await sealer.seal(place))));
  }
  same("part lengths", made.map((part) => part.length).join(), vector.part_lengths.join());
  const sums = await Promise.all(made.map(async (part) => hex(await sha256(part))));
  same("parts", sums.join(), vector.part_sha256.join());
  same("size", made.slice(1).reduce((sum, part) => sum + part.length, 0), locked.layout.size);

  // The given bytes, where they are given, unlocked here: the same content.
  const parts = vector.parts ? vector.parts.map(fromBase64url) : made;
  const opened = await openAll(js, { id, key, password: vector.password, parts });
  same("message", opened.message ?? null, vector.message);
  same("number of files", opened.files.length, vector.files.length);
  for (const [i, wanted] of vector.files.entries()) {
    const found = opened.files[i];
    const bytes = contentOf(wanted.content);
    same("name", found.name, wanted.name);
    same("type", found.type, wanted.type);
    same("size of the file", found.size, bytes.length);
    same("file", hex(await sha256(found.bytes)), hex(await sha256(bytes)));
  }
}

/**
 * @param {object} vectors the parsed vectors of the envelope
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<Record<"open" | "must_fail" | "links", {passed: number, failed: string[]}>>}
 */
export async function runVectors(vectors, base) {
  const js = await modules(base);
  const open = new Figures();
  for (const vector of vectors.open) await open.run(vector.name, () => openCase(js, vector));

  const mustFail = new Figures();
  for (const vector of vectors.must_fail) {
    await mustFail.run(vector.name, async () => {
      const { id, password } = vector;
      const parts = vector.parts.map(js.bytes.fromBase64url);
      try {
        await openAll(js, { id, key: unhex(vector.key), password, parts });
      } catch (error) {
        if (error instanceof js.errors.Altered) return;
        throw error;
      }
      throw new Error("it opened");
    });
  }

  const links = new Figures();
  for (const { name, text, handover } of vectors.links.read) {
    await links.run(name, async () => {
      const link = await js.link.readLink(text);
      same("id", link?.id, vectors.links.id);
      same("key", hex(link.key), vectors.links.key);
      same("handover", link.handover, handover);
      const fragment = await js.link.writeFragment(link.id, link.key, link.handover);
      const again = await js.link.readLink(js.link.writeLink("https://share.example/", link.id, fragment));
      same("key written and read again", hex(again.key), vectors.links.key);
      same("handover written and read again", again.handover, handover);
    });
  }
  for (const { name, text } of vectors.links.damaged) {
    await links.run(name, async () => same("link", await js.link.readLink(text), null));
  }
  return { open, must_fail: mustFail, links };
}

/**
 * @param {object} vectors the parsed vectors of repaired links
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function runRepairs(vectors, base) {
  const js = await modules(base);
  const figures = new Figures();
  for (const { kind, name, text, handover } of vectors.repaired) {
    await figures.run(`${kind}: ${name}`, async () => {
      for (const link of [await js.link.readLink(text), await js.link.readLinkFor(vectors.id, text)]) {
        same("id", link?.id, vectors.id);
        same("key", hex(link.key), vectors.key);
        same("handover", link.handover, handover);
      }
      same("is a status link", await js.link.hasStatusLink(text), false);
    });
  }
  for (const { name, text } of vectors.damaged) {
    await figures.run(name, async () => same("link", await js.link.readLink(text), null));
  }
  for (const { name, text } of vectors.status.repaired) {
    await figures.run(`status link, ${name}`, async () => {
      same("fragment", (await js.link.readStatus(text))?.fragment, vectors.status.fragment);
      same("is a status link", await js.link.hasStatusLink(text), true);
      same("link", await js.link.readLink(text), null);
    });
  }
  return figures;
}

/**
 * @param {object} vectors the parsed vectors of the matching words
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function runWords({ cases }, base) {
  const js = await modules(base);
  const figures = new Figures();
  for (const vector of cases) {
    await figures.run(vector.id, async () => {
      const { wordsKey } = await js.keys.linkKeys(vector.id, unhex(vector.key));
      same("words key", hex(wordsKey), vector.words_key);
      same("status link", await js.link.writeStatus(vector.owner, wordsKey), vector.status);
      for (const text of [vector.status, `https://share.example/status#${vector.status.toUpperCase()}`]) {
        const read = await js.link.readStatus(text);
        same("owner read", read?.owner, vector.owner);
        same("id read", read.id, vector.id);
        same("words key read", hex(read.wordsKey), vector.words_key);
      }
      same("no words key", (await js.link.readStatus(vector.owner)).wordsKey, null);
      const changed = (vector.status[40] === "0" ? "1" : "0") + vector.status.slice(41);
      for (const text of [vector.status.slice(0, 63), vector.status.slice(0, 40) + changed]) {
        same("damaged", await js.link.readStatus(text), null);
      }
      const hash = await js.bytes.sha256(js.base32.decode(vector.claim));
      same("hash", hex(hash), vector.claim_hash);
      same("words", await js.matching.matchingWords(vector.id, wordsKey, hash), vector.words);
    });
  }
  return figures;
}

async function inflate(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {object} json the parsed Wycheproof file for chunked encryption with AES-256
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function runWycheproof(json, base) {
  const js = await modules(base);
  const figures = new Figures();
  for (const test of json.testGroups.flatMap((group) => group.tests)) {
    await figures.run(`${test.tcId} ${test.comment}`, async () => {
      let plain;
      try {
        plain = await js.chunked.open(unhex(test.key), unhex(test.ctx), await inflate(unhex(test.ct)));
      } catch (error) {
        if (test.result === "invalid" && error instanceof js.errors.Altered) return;
        throw error;
      }
      same("result", "valid", test.result);
      same("length", plain.length, test.msgLength);
      same("SHA-512", hex(new Uint8Array(await crypto.subtle.digest("SHA-512", plain))), test.msgSha512);
    });
  }
  return figures;
}

const LETTERS = [..."abcXYZ 0189\n\t\"\\<&éßñÅ漢字🙂👩‍👩‍👧\u0301\u200f\u0000"];

function randomText(most) {
  const [wanted] = crypto.getRandomValues(new Uint32Array(1));
  const picks = crypto.getRandomValues(new Uint8Array(wanted % (most + 1)));
  return Array.from(picks, (pick) => LETTERS[pick % LETTERS.length]).join("");
}

/**
 * Locks random messages, every tenth with a password.
 * @param {number} count
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{link: string, id: string, key: string, password: string | null, message: string, part0: string}[]>}
 *   `link` is a whole link, `key` and `part0` are base64url
 */
export async function lockMany(count, base) {
  const js = await modules(base);
  const shares = [];
  for (let i = 0; i < count; i += 1) {
    const message = randomText(i % 7 === 0 ? 20_000 : 300);
    const password = i % 10 === 0 ? `p${randomText(20)}` : null;
    const locked = await js.envelope.encryptShare({ message, password: password ?? undefined });
    const link = js.link.writeLink("https://share.example/", locked.id, locked.fragment);
    const { key } = await js.link.readLink(link);
    const [keyText, part0] = [key, locked.part0].map(js.bytes.toBase64url);
    shares.push({ link, id: locked.id, key: keyText, password, message, part0 });
  }
  return shares;
}

/**
 * Unlocks what `lockMany`, or another implementation in the same form, has locked.
 * @param {{link: string, password: string | null, message: string, part0: string}[]} shares
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>} passed: unlocked to the very message
 */
export async function openMany(shares, base) {
  const js = await modules(base);
  const figures = new Figures();
  for (const [i, { link, password, message, part0 }] of shares.entries()) {
    await figures.run(`share ${i}`, async () => {
      const { id, key } = await js.link.readLink(link);
      const opened = await openAll(js, { id, key, password, parts: [js.bytes.fromBase64url(part0)] });
      same("message", opened.message, message);
    });
  }
  return figures;
}
