/**
 * A new link: handing it over, and not losing it before.
 */

import { copies } from "./copy.js";
import { askBeforeLeaving } from "./leave.js";
import { action, announce, main, slot } from "./page.js";
import { shares } from "./share.js";
import { inWords, times } from "./times.js";
import { word } from "./words.js";

/**
 * Wires the buttons of the "Link ready" state in `main`, and asks before leaving until the link was copied, shared or
 * shown as a QR code.
 * @param {object} made
 * @param {string} made.link the whole link
 * @param {string} made.status the whole link of the status page
 * @param {Date} made.expires
 * @param {string} [made.password] where it is known; it stands in the page only while it is shown
 */
export function wireReady({ link, status, expires, password }) {
  const how = { problem: slot(main, "copy-problem"), copied: "copied-link", failed: "copy-failed" };
  const shown = slot(main, "link");
  const then = () => askBeforeLeaving(false);
  const note = () => `${word("ready-note", { date: inWords(expires) })}\n${link}`;
  copies(action(main, "copy"), { ...how, text: () => link, shown, then });
  copies(action(main, "copy-note"), { ...how, text: note, shown, then });
  copies(action(main, "copy-status"), { ...how, text: () => status, shown: null, failed: "copy-status-failed" });
  shares(action(main, "share"), { text: note, problem: how.problem, failed: "ready-share-failed", then });
  showsCode(slot(main, "code-box"), link, then);
  prints(slot(main, "expires"), expires);
  if (password) showsPassword(slot(main, "password-box"), password);
  askBeforeLeaving(true);
}

/** Draws the QR code when its box is unfolded. On paper it stands there unfolded. */
function showsCode(box, link, then) {
  const problem = slot(box, "code-problem");
  const place = slot(box, "code");
  let draw;
  let folded = false;
  const load = async () => ({ draw } = await import("./qr-code.js"));
  const fill = () => place.childElementCount > 0 || place.append(draw(link, word("ready-code-label")));
  box.addEventListener("toggle", async () => {
    // What is unfolded for paper nobody has seen.
    if (!box.open || folded) return;
    try {
      await load();
      fill();
      problem.hidden = true;
      then();
    } catch {
      problem.textContent = word("unreachable");
      problem.hidden = false;
      announce(problem.textContent);
    }
  });
  // Fetched early: later there may be no network, and printing waits for nothing.
  void load().catch(() => {});
  addEventListener("beforeprint", () => {
    if (box.open || draw === undefined) return;
    fill();
    folded = box.open = true;
  });
  addEventListener("afterprint", () => {
    if (folded) folded = box.open = false;
  });
  box.hidden = false;
}

/** On paper "in 6 days" would soon be wrong. */
function prints(time, expires) {
  addEventListener("beforeprint", () => (time.textContent = inWords(expires)));
  addEventListener("afterprint", () => times(main));
}

function showsPassword(box, password) {
  const shown = slot(box, "password-shown");
  const button = action(box, "show-made");
  const show = (on) => {
    shown.textContent = on ? password : "";
    shown.hidden = !on;
    button.textContent = word(on ? "ready-password-hide" : "ready-password-show");
  };
  button.addEventListener("click", () => show(shown.hidden));
  copies(action(box, "copy-password"), {
    text: () => password,
    shown,
    problem: slot(box, "password-problem"),
    copied: "copied-password",
    failed: "copy-password-failed",
    failing: () => show(true),
  });
}
