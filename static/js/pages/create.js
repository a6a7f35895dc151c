/**
 * The page that makes a link. Takes over the form only once locking is seen to work here; until then, and whenever
 * this file does not run, the form goes to the server as it stands.
 */

import { anchors } from "../behaviours/anchors.js";
import { busy } from "../behaviours/busy.js";
import { characters, counts } from "../behaviours/counter.js";
import { failure } from "../behaviours/failures.js";
import { rememberOwn } from "../behaviours/memory.js";
import { copyOf, main, setTime, show, slot } from "../behaviours/page.js";
import { passwords } from "../behaviours/passwords.js";
import { clearProblems, showProblems } from "../behaviours/problems.js";
import { wireReady } from "../behaviours/ready.js";
import { word } from "../behaviours/words.js";
import { Api } from "../lib/api.js";
import { encode } from "../lib/base32.js";
import { TooLarge } from "../lib/errors.js";
import { lock } from "../lib/envelope.js";
import { writeLink } from "../lib/link.js";

const { api: apiBase, base, origin, langQuery } = main.dataset;
const mostCharacters = Number(main.dataset.maxMessage);
const leastPassword = Number(main.dataset.passwordMin);
const api = new Api(apiBase);

/** What was locked and may have arrived although its answer was lost. */
let sent = null;

anchors();
if (isSecureContext && globalThis.crypto?.subtle) await start();

async function start() {
  // A trial: whatever is missing in this browser shows here, while the server's form is still whole.
  await lock({ message: "", password: "" });
  const form = copyOf("sending-form");
  if (form) show(form, { calm: true });

  const create = document.getElementById("create");
  passwords(create);
  counts(create.elements.message, document.getElementById("message-left"), mostCharacters);
  create.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = create.querySelector("button.main");
    void busy(button, word("create-busy"), () => send(create.elements));
  });
  main.querySelector(".locking").dataset.locking = "browser";
}

async function send(fields) {
  const content = {
    message: fields.message.value,
    password: fields.password.value,
    lifetime: Number(fields.lifetime.value),
  };
  const problems = check(content);
  if (problems.length > 0) {
    showProblems(problems);
    return;
  }
  clearProblems();
  try {
    const { locked, owner } = await lockOnce(content);
    const { expires_at: expires } = await api.create(owner, locked, content.lifetime);
    sent = null;
    ready({ locked, owner, expires, password: content.password !== "" });
  } catch (error) {
    showProblems([problemOf(error, content)]);
  }
}

/** The same words and rules as the server's. */
function check({ message, password, lifetime }) {
  const problems = [];
  const over = characters(message) - mostCharacters;
  if (message === "") problems.push({ field: "message", text: word("problem-message-empty") });
  else if (over > 0) problems.push({ field: "message", text: word("problem-message-long", { n: over }) });
  if (!lifetime) problems.push({ field: "lifetime", text: word("problem-lifetime") });
  if (password !== "" && characters(password) < leastPassword) {
    problems.push({ field: "password", text: word("problem-password-short", { n: leastPassword }) });
  }
  return problems;
}

/**
 * Locks; for content that was sent before without an answer, gives the same bytes again, so that the server can tell
 * it is the same share.
 */
async function lockOnce(content) {
  const same = sent && Object.keys(content).every((name) => content[name] === sent.content[name]);
  if (same) return sent;
  // It may have arrived. Nobody has its link: it is only in the way.
  if (sent) api.delete(sent.locked.id, sent.owner).catch(() => {});
  const locked = await lock(content);
  sent = { content, locked, owner: encode(locked.owner) };
  return sent;
}

function problemOf(error, { message }) {
  if (error instanceof TooLarge || error.code === "too_large") {
    const over = Math.max(1, characters(message) - mostCharacters);
    return { field: "message", text: word("problem-message-long", { n: over }) };
  }
  if (error.code === "invalid" && error.member === "lifetime") {
    return { field: "lifetime", text: word("problem-lifetime") };
  }
  // Refused as it is: the next try is a new share.
  if (error.code === "taken" || error.code === "gone") sent = null;
  return { field: null, text: failure(error) };
}

function ready({ locked, owner, expires, password }) {
  rememberOwn(locked.id);
  const state = copyOf("ready");
  const link = slot(state, "link");
  link.value = writeLink(`${origin}/`, locked.id, locked.fragment);
  setTime(state, "expires", expires);
  slot(state, "password-yes").hidden = !password;
  slot(state, "password-no").hidden = password;
  slot(state, "status-link").href = `${base}/status${langQuery}#${owner}`;
  show(state);
  wireReady({ link: link.value, status: `${origin}/status#${owner}`, expires: new Date(expires) });
}
