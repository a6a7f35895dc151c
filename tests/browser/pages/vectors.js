/**
 * Runs the served modules against vectors, in a real browser on a page of the site. The policy of the page lets no
 * script in that the site does not serve, so a test runs this text through the driver: with `export ` taken out and
 * the call put behind it, it is the body of a function. That is why it imports nothing at its top.
 *
 * Every exported function answers `{ passed, failed }` (or what it says), `failed` being a list of words, empty when all is well.
 */

async function modules(base) {
  const names = ["base32", "bytes", "chunked", "envelope", "errors", "hpke", "keys", "link", "matching", "parts", "request"];
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

async function isAltered(js, what, action) {
  try {
    await action();
  } catch (error) {
    if (error instanceof js.errors.Altered) return;
    throw error;
  }
  throw new Error(`${what} opened`);
}

async function requestCase(js, vector) {
  const { fromBase64url, toBase64url } = js.bytes;
  const { id, key } = vector;
  const fragment = await js.request.writePrivateFragment(unhex(vector.master));
  same("private link", fragment, vector.private_fragment);
  same("private link read", hex(await js.request.readPrivateLink(`https://share.example/request#${fragment}`)), vector.master);
  same("private link cut", await js.request.readPrivateLink(fragment.slice(1)), null);
  const keys = await js.request.requesterKeys(unhex(vector.master));
  same("owner", keys.owner, vector.owner);
  same("private key", hex(keys.privateKey), vector.private_key);
  same("public key", hex(keys.publicKey), vector.public_key);
  same("id", keys.id, id);
  same("key", hex(keys.key), key);
  const link = await js.request.writeGiveLink("https://share.example/", keys);
  same("link", link, `https://share.example/r/${id}#${vector.give_fragment}`);
  same("link read", hex((await js.request.readGiveLink(`Here: ${link}, please`)).key), key);
  same("fragment read", hex((await js.request.readGiveLinkFor(id, vector.give_fragment)).key), key);
  same("no share", await js.link.readLink(link), null);
  same("no share in its place", await js.link.readLink(link.replace("/r/", "/s/")), null);

  const giver = await js.request.giveKeys(id, unhex(key));
  same("proof", hex(giver.giveProof), vector.give_proof);
  same("verifier", hex(await js.keys.verifier(giver.giveProof)), vector.give_verifier);
  same("box key", hex(giver.boxKey), vector.box_key);
  const ask = await js.request.openBox(id, giver.boxKey, fromBase64url(vector.box));
  same("note", ask.note, vector.note);
  same("public key in the box", hex(ask.publicKey), vector.public_key);
  const again = await js.request.sealBox(id, giver.boxKey, ask, unhex(vector.box_salt));
  same("box", toBase64url(again), vector.box);
  for (const answer of vector.answers) {
    const share = await js.request.openAnswer(keys, fromBase64url(answer.sealed));
    same("share", share.id, answer.share);
    same("key of the share", hex(share.key), answer.key);
  }
}

/**
 * @param {object} vectors the parsed vectors of requests
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function runRequests(vectors, base) {
  const js = await modules(base);
  const figures = new Figures();
  await figures.run("X25519", async () => same("X25519", await js.hpke.hasHpke(), true));
  for (const vector of vectors.requests) await figures.run(vector.name, () => requestCase(js, vector));
  for (const { name, id, key, box } of vectors.boxes_that_fail) {
    await figures.run(`box, ${name}`, async () => {
      const { boxKey } = await js.request.giveKeys(id, unhex(key));
      await isAltered(js, "the box", () => js.request.openBox(id, boxKey, js.bytes.fromBase64url(box)));
    });
  }
  for (const { name, master, sealed } of vectors.answers_that_fail) {
    await figures.run(`answer, ${name}`, async () => {
      const keys = await js.request.requesterKeys(unhex(master));
      await isAltered(js, "the answer", () => js.request.openAnswer(keys, js.bytes.fromBase64url(sealed)));
    });
  }
  return figures;
}

/**
 * @param {object} file the parsed vectors of RFC 9180
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function runHpke({ vectors }, base) {
  const js = await modules(base);
  const figures = new Figures();
  for (const vector of vectors) {
    await figures.run("base mode", async () => {
      const [first] = vector.encryptions;
      const [info, aad, plain] = [vector.info, first.aad, first.pt].map(unhex);
      same("public key", hex(await js.hpke.publicKeyOf(unhex(vector.skRm))), vector.pkRm);
      const ephemeral = unhex(vector.skEm);
      const sealed = await js.hpke.sealTo(unhex(vector.pkRm), info, plain, { aad, ephemeral });
      same("sealed", hex(sealed), vector.enc + first.ct);
      same("opened", hex(await js.hpke.openFrom(unhex(vector.skRm), info, sealed, aad)), first.pt);
      await isAltered(js, "other data", () => js.hpke.openFrom(unhex(vector.skRm), info, sealed));
      for (const point of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31))]) {
        const refused = await js.hpke.sealTo(point, info, plain).then(() => false, () => true);
        same("a point of small order refused", refused, true);
      }
    });
  }
  return figures;
}

/**
 * Makes a request, and seals answers to it.
 * @param {number} count
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{master: string, link: string, box: string, note: string, answers: {share: string, key: string, sealed: string}[]}>}
 */
export async function sealMany(count, base) {
  const js = await modules(base);
  const { toBase64url } = js.bytes;
  const keys = await js.request.requesterKeys();
  const note = randomText(1_000);
  const { boxKey } = await js.request.giveKeys(keys.id, keys.key);
  const box = toBase64url(await js.request.sealBox(keys.id, boxKey, { publicKey: keys.publicKey, note }));
  const answers = [];
  for (let i = 0; i < count; i += 1) {
    const share = { id: js.base32.encode(js.bytes.random(10)), key: js.bytes.random(16) };
    const sealed = toBase64url(await js.request.sealAnswer(keys.id, keys.publicKey, share));
    answers.push({ share: share.id, key: hex(share.key), sealed });
  }
  const link = await js.request.writeGiveLink("https://share.example/", keys);
  return { master: hex(keys.master), link, box, note, answers };
}

/**
 * Opens what `sealMany`, or another implementation in the same form, has sealed.
 * @param {object} asked as `sealMany` returns it
 * @param {string} base where the modules are, ending in `/`
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function openSealed({ master, link, box, note, answers }, base) {
  const js = await modules(base);
  const figures = new Figures();
  const keys = await js.request.requesterKeys(unhex(master));
  await figures.run("box", async () => {
    const { id, key } = await js.request.readGiveLink(link);
    const { boxKey } = await js.request.giveKeys(id, key);
    const ask = await js.request.openBox(id, boxKey, js.bytes.fromBase64url(box));
    same("note", ask.note, note);
    same("public key", hex(ask.publicKey), hex(keys.publicKey));
  });
  for (const { share, key, sealed } of answers) {
    await figures.run(`answer ${share}`, async () => {
      const opened = await js.request.openAnswer(keys, js.bytes.fromBase64url(sealed));
      same("share", opened.id, share);
      same("key", hex(opened.key), key);
    });
  }
  return figures;
}
