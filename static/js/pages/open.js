/**
 * The page a link leads to. Looking uses nothing up: only a person's own press on the button opens.
 */

import { anchors } from "../behaviours/anchors.js";
import { busy, isBusy } from "../behaviours/busy.js";
import { copiesLink, inApp, mayBeInApp } from "../behaviours/elsewhere.js";
import { failure, minutes } from "../behaviours/failures.js";
import { expectMatching, matching, showMatching } from "../behaviours/matching.js";
import { isOwn, opening, rememberOpening } from "../behaviours/memory.js";
import { wireOpened } from "../behaviours/opened.js";
import { action, announce, copyOf, main, setTime, show, slot, trouble } from "../behaviours/page.js";
import { passwords } from "../behaviours/passwords.js";
import { pressed, ready } from "../behaviours/press.js";
import { clearProblems, mark, showProblems } from "../behaviours/problems.js";
import { getServiceWorker, installServiceWorker } from "../behaviours/service-worker.js";
import { sizeInWords, spanInWords } from "../behaviours/sizes.js";
import { word } from "../behaviours/words.js";
import { Api, Refused, Unreachable } from "../lib/api.js";
import { decode, encode } from "../lib/base32.js";
import { random, sha256 } from "../lib/bytes.js";
import { unlock } from "../lib/envelope.js";
import { Altered } from "../lib/errors.js";
import { contentKeys, linkKeys } from "../lib/keys.js";
import { readId, readLink, readLinkFor, writeFragment, writeLink } from "../lib/link.js";

const { api: apiBase, base, origin, langQuery } = main.dataset;
const api = new Api(apiBase);

anchors();
if (isSecureContext && globalThis.crypto?.subtle) await start();

async function start() {
  // What this page shows holds for one visit: a page brought back, or a new fragment, is looked at afresh.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("hashchange", () => location.reload());
  await ready();
  installServiceWorker();
  if (history.state?.openedAt) return showGone({ state: "opened", at: history.state.openedAt });
  const link = await readLink(location.href);
  return link ? begin(link) : showDamaged();
}

/** The proper address of a share; with its fragment it is the whole link. */
function address(id, fragment = "") {
  return `${base}/s/${id}${langQuery}${fragment && `#${fragment}`}`;
}

async function begin({ id, key, claim }) {
  const fragment = await writeFragment(id, key, claim);
  // Repaired before anything is sent: a key that stood in the path never goes there again.
  if (location.pathname + location.search + location.hash !== address(id, fragment)) {
    history.replaceState(null, "", address(id, fragment));
  }
  const [keys, own] = [await linkKeys(id, key), await isOwn(id)];
  const share = { id, key, claim, fragment, keys, own, password: null, saved: [], seen: false, resumed: false };
  const before = opening(id);
  if (!claim && before) Object.assign(share, before);
  ask(share);
  await look(share);
}

/** Puts the question in place of the form that goes to the server. Its button waits for what `look` finds. */
function ask(share) {
  const state = copyOf("asked");
  slot(state, "own").hidden = !share.own;
  passwords(state);
  copiesLink(slot(state, "elsewhere"), () => writeLink(`${origin}/`, share.id, share.fragment));
  const form = state.querySelector("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  // The press itself, not the form's sending, which a script could cause. Enter in a field presses the button too.
  share.arm = pressed(form.querySelector("button.main"), (button) => {
    void busy(button, word("open-busy"), () => (share.seen ? open(share) : look(share)));
  });
  document.getElementById("ask").replaceChildren(state);
  clearProblems();
}

/** Asks what is there, and shows it. */
async function look(share) {
  trouble("");
  let found;
  try {
    found = await api.peek(share.id, share.keys.openProof);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return showGone({});
    slot(main, "before-row").hidden = true;
    trouble(failure(error));
    return share.arm();
  }
  const resumed = found.state === "opened" && found.grace_until !== undefined && Boolean(share.claim);
  if (found.state !== "waiting" && !resumed) {
    rememberOpening(share.id, null);
    return showGone(found);
  }
  share.seen = true;
  share.resumed = resumed;
  if (!resumed) share.password = found.password;
  else slot(main, "own").hidden = true;
  if (resumed) await carryClaim(share);
  share.files = found.parts > 1;
  if (share.files) {
    slot(main, "what").textContent = word("open-what-files", { size: sizeInWords(found.size) });
    // Fetched while the person reads: after opening there may be no network.
    void saving().catch(() => {});
  }
  slot(main, "elsewhere").hidden = !(share.files && mayBeInApp);
  slot(main, "before-row").hidden = false;
  setTime(main, "before", found.grace_until ?? found.expires_at);
  slot(main, "password").hidden = !share.password;
  if (found.retry_after) mark("password", wait({ retryAfter: found.retry_after }));
  share.arm();
}

/** Once it is open, only a link with the claim gives it to the reader's other browser. */
async function carryClaim(share) {
  share.fragment = await writeFragment(share.id, share.key, share.claim);
}

/** What saves files. Most shares have none. */
async function saving() {
  try {
    return await import("../behaviours/saving.js");
  } catch {
    throw new Unreachable();
  }
}

async function open(share) {
  const { id, key, keys } = share;
  const field = document.getElementById("password");
  expectMatching();
  trouble("");
  clearProblems();
  // Chosen and kept before it is sent: with it, an answer that got lost can be asked for again.
  share.claim ??= encode(random(20));
  remember(share);
  try {
    // Nothing is opened that could not be saved.
    if (share.files) await saving();
    const { contentKey, passwordProof } = await contentKeys(id, key, keys, field.value);
    const answer = await api.open(id, keys.openProof, share.claim, passwordProof);
    await carryClaim(share);
    const content = await unlock({ id, contentKey, part0: answer.part0, parts: answer.parts });
    await showOpened(share, content, answer);
  } catch (error) {
    await refused(share, error, field);
  }
}

/** For a reload, or a browser that comes back. */
function remember({ id, claim, password, saved }) {
  rememberOpening(id, { claim, password, ...(saved.length > 0 && { saved }) });
}

async function refused(share, error, field) {
  if (error instanceof Altered) return altered(share, field);
  switch (error instanceof Refused && error.code) {
    case "not_found":
      rememberOpening(share.id, null);
      return showGone({});
    case "gone":
      rememberOpening(share.id, null);
      return showGone(error);
    case "password_needed":
      return needPassword(share, field);
    case "wrong_password":
      return again(field, error.tries_left > 0 ? word("problem-password-wrong", { n: error.tries_left }) : wait(error));
    case "slow_down":
      return field.value === "" ? trouble(failure(error)) : again(field, wait(error));
    default:
      // It may be open by now: then the claim alone gives it, and a wrong password shows only here.
      share.resumed = true;
      await carryClaim(share);
      return trouble(failure(error));
  }
}

/**
 * The server gives the right claim everything without looking at the password, so after a reload it is here that a
 * wrong one is noticed.
 */
function altered(share, field) {
  if (share.password === null) return needPassword(share, field);
  if (share.resumed && share.password) return again(field, word("problem-password-not-right"));
  return trouble(word("problem-changed"));
}

function needPassword(share, field) {
  share.password = true;
  slot(main, "password").hidden = false;
  field.focus();
}

function again(field, text) {
  field.value = "";
  mark("password", text);
  field.focus();
}

function wait(refusal) {
  return word("problem-password-wait", { n: minutes(refusal) });
}

async function showOpened(share, { message: text, files, layout, opener }, { grace_until: until, now }) {
  const { id, claim } = share;
  const some = files.length > 0;
  const wireFiles = some && (await saving()).wireFiles;
  // Beside files, an empty message is none.
  const message = some && text === "" ? undefined : text;
  const both = some && message !== undefined;
  const state = copyOf("opened");
  const title = some ? "opened-title-files" : "opened-title-message";
  slot(state, "title").textContent = word(both ? "opened-title-both" : title);
  slot(state, "message").textContent = message;
  slot(state, "message-box").hidden = message === undefined;
  slot(state, "files-box").hidden = !some;
  if (some) {
    const grace = spanInWords((Date.parse(until) - (now ?? Date.now())) / 1000);
    slot(state, "keeping").textContent = word("opened-keeping", { grace });
    slot(state, "blocked-text").textContent = word("opened-blocked", { grace });
    slot(state, "keeping").hidden = false;
    slot(state, "kept").textContent = word("opened-all-saved");
  }
  show(state);
  // Not waited for: what was opened is shown whatever becomes of the words.
  void matching(id, share.keys.wordsKey, () => sha256(decode(claim))).then((words) => showMatching(main, words));

  let rows;
  const { settle, filesSafe, leaving } = wireOpened({
    message,
    files: some,
    inApp,
    confirm: () => api.confirm(id, claim),
    confirmed: () => {
      rememberOpening(id, null);
      history.replaceState({ openedAt: new Date().toISOString() }, "", address(id));
      rows?.over();
    },
    clear: () => {
      rows?.stop();
      show(copyOf("done"));
    },
  });
  if (!some) return;
  copiesLink(slot(main, "blocked"), () => writeLink(`${origin}/`, id, share.fragment), filesSafe);
  const page = { main, slot, action, copyOf, announce, failure, leaving, word, sizeInWords, base, inApp };
  rows = wireFiles({
    ...page,
    getServiceWorker,
    files,
    layout,
    opener,
    saved: share.saved,
    fetchPart: (part, length, how) => api.fetchPart(id, claim, part, length, how),
    onDisk: (file) => {
      share.saved = [...share.saved, file];
      remember(share);
    },
    allSaved: (sure) => {
      filesSafe();
      // What the browser downloads by itself may still fail: then the person says when it is safe.
      if (sure) void settle().catch(() => {});
    },
  });
}

/** @param {{state?: string, at?: string}} found nothing known without them */
function showGone({ state, at }) {
  const why = copyOf(`gone-${state}`) ?? copyOf("gone");
  if (at) setTime(why, "at", at);
  show(why);
}

function showDamaged() {
  const state = copyOf("damaged");
  const form = state.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button.main");
    if (isBusy(button)) return;
    const text = form.elements.link.value;
    const here = readId(/\/s\/([0-9a-z-]+)/i.exec(location.pathname)?.[1] ?? "");
    const link = (await readLink(text)) ?? (here && (await readLinkFor(here, text)));
    if (!link) {
      showProblems([{ field: "link", text: word("damaged-title") }]);
      return;
    }
    // A whole link is a new visit: the page begins again, as if it had been followed.
    history.replaceState(null, "", address(link.id, await writeFragment(link.id, link.key, link.claim)));
    location.reload();
  });
  show(state);
}
