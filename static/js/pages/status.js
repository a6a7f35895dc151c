/**
 * The sender's page. Asks what became of a share, and keeps asking while somebody looks.
 */

import { anchors } from "../behaviours/anchors.js";
import { busy } from "../behaviours/busy.js";
import { failure } from "../behaviours/failures.js";
import { expectMatching, matching, showMatching } from "../behaviours/matching.js";
import { action, announce, copyOf, main, setTime, show, slot, trouble } from "../behaviours/page.js";
import { showProblems } from "../behaviours/problems.js";
import { times } from "../behaviours/times.js";
import { word } from "../behaviours/words.js";
import { Api, Refused } from "../lib/api.js";
import { fromBase64url } from "../lib/bytes.js";
import { delay } from "../lib/delay.js";
import { readStatus } from "../lib/link.js";

const { api: apiBase, base, langQuery } = main.dataset;
const api = new Api(apiBase);
const WAITS = [2000, 5000, 15_000, 60_000];
/** A held question that says nothing new is answered after 30 seconds; much sooner when too many wait. */
const HELD = 20_000;

/** The link that this is about. */
let whose;
/** The last answer. */
let status = null;
/** Ends the asking that is going on. */
let asking = null;

anchors();
times(main);
if (isSecureContext && globalThis.crypto?.subtle) await start();

async function start() {
  addEventListener("hashchange", () => location.reload());
  takePasted();
  const link = await readStatus(location.href);
  if (link) await begin(link);
}

/** The form does without the server where the pasted link is readable here. */
function takePasted() {
  const form = document.getElementById("status-form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(form.querySelector("button.main"), word("status-busy"), async () => {
      const link = await readStatus(form.elements.link.value);
      if (link) await begin(link);
      else showProblems([{ field: "link", text: word("damaged-title") }]);
    });
  });
}

async function begin(link) {
  whose = link;
  history.replaceState(null, "", `${base}/status${langQuery}#${link.fragment}`);
  if (link.wordsKey) expectMatching();
  document.addEventListener("visibilitychange", keepAsking);
  try {
    await check();
  } catch (error) {
    // The form is still there: filled, its button asks again.
    document.getElementById("link").value = location.href;
    showProblems([{ field: null, text: failure(error) }]);
  }
  keepAsking();
}

/** Asks once, at once, and shows the answer. */
async function check() {
  try {
    take(await ask());
  } catch (error) {
    if (!(error instanceof Refused && error.status === 404)) throw error;
    status = null;
    show(copyOf("gone"));
  }
}

/** One question. The words are made here: the server has nothing to make them of. */
async function ask(how) {
  const { id, owner, wordsKey } = whose;
  const found = await api.status(id, owner, how);
  const { claimHash } = found;
  const words = wordsKey && claimHash ? await matching(id, wordsKey, () => fromBase64url(claimHash)) : null;
  return { ...found, words };
}

/** Which of the states of the page an answer means. */
function kindOf({ state, grace_until: saving }) {
  return state === "opened" && saving !== undefined ? "unsaved" : state;
}

/** Whether something can still happen by itself. */
function isOpen(found) {
  return found !== null && ["waiting", "unsaved"].includes(kindOf(found));
}

/** While something can happen, and somebody looks, holds a question open. */
function keepAsking() {
  asking?.abort();
  asking = null;
  if (document.hidden || !isOpen(status) || !slot(main, "checked-at")) return;
  asking = new AbortController();
  void askOn(asking.signal);
}

async function askOn(signal) {
  let idle = 0;
  while (isOpen(status)) {
    const { etag: seen } = status;
    const asked = Date.now();
    try {
      const found = await ask({ seen, signal });
      signal.throwIfAborted();
      take(found, { calm: true });
      if (found.etag !== seen || Date.now() - asked > HELD) {
        idle = 0;
        continue;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused && error.status === 404) return void check();
    }
    await delay(WAITS[Math.min(idle, WAITS.length - 1)], signal).catch(() => {});
    if (signal.aborted) return;
    idle += 1;
  }
}

/** Shows an answer: another state swaps the page, the same one only what differs. */
function take(found, { calm = false } = {}) {
  const before = status;
  status = found;
  const here = before && kindOf(before) === kindOf(found) && slot(main, "checked-at");
  if (!here) show(fill(stateOf(found)), { calm });
  const line = slot(main, "wrong-passwords");
  line.hidden = found.wrong_passwords === 0 || found.state !== "waiting";
  line.textContent = line.hidden ? "" : word("status-wrong-passwords", { n: found.wrong_passwords });
  showMatching(main, found.words);
  setTime(main, "checked-at", new Date());

  if (!here) {
    if (calm) announce(main.querySelector("h1").textContent);
  } else if (before.wrong_passwords !== found.wrong_passwords) {
    announce(line.textContent);
  } else if (!calm) {
    announce(slot(main, "checked-at").closest("p").textContent);
  }
}

function stateOf(found) {
  const { at, opened_at: opened, expires_at: expires, grace_until: saving, record_until: until } = found;
  const kind = kindOf(found);
  const copy = copyOf(kind) ?? copyOf("waiting");
  setTime(copy, "at", (kind === "unsaved" ? saving : (opened ?? at)) ?? expires);
  // An upload has no settled end yet.
  setTime(copy, "record-until", until ?? expires);
  return copy;
}

function fill(state) {
  const again = action(state, "check");
  again.addEventListener("click", () => {
    trouble("");
    void busy(again, word("status-busy"), () => check().catch((error) => trouble(failure(error)))).then(keepAsking);
  });
  action(state, "delete")?.addEventListener("click", askWhetherSure);
  return state;
}

function askWhetherSure() {
  asking?.abort();
  const state = copyOf("sure");
  const yes = action(state, "delete-yes");
  yes.addEventListener("click", () => {
    trouble("");
    void busy(yes, word("status-delete-busy"), remove);
  });
  action(state, "delete-no").addEventListener("click", () => {
    show(fill(stateOf(status)));
    take(status, { calm: true });
    keepAsking();
  });
  show(state);
}

async function remove() {
  try {
    await api.delete(whose.id, whose.owner);
  } catch (error) {
    // Opened meanwhile: the answer to the question below says so.
    if (!(error instanceof Refused && error.code === "gone")) return trouble(failure(error));
  }
  await check().catch((error) => trouble(failure(error)));
}
