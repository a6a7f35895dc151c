/**
 * The "Link ready" state: buttons that copy, share, show or print the link.
 */

import { wireCopyButton } from "./copy.js";
import { t } from "./i18n.js";
import { wireKeepList } from "./keep-list.js";
import { askBeforeLeaving } from "./leave.js";
import { preferSharing, showWholeLink, wireQrCode } from "./link-field.js";
import { wireNoteLanguage } from "./note-language.js";
import { action, main, slot } from "./page.js";
import { wireShareButton } from "./share.js";
import { wireStatusLink } from "./status-link.js";
import { formatTime, updateTimes } from "./times.js";

/**
 * Wires the buttons of the "Link ready" state in `main`, and asks before leaving until the link is copied, shared or
 * shown as a QR code.
 * @param {object} made
 * @param {string} made.link the complete link
 * @param {string} made.status the complete status link
 * @param {Date} made.expires
 * @param {string} [made.password] if known; the DOM contains it only while it is shown
 */
export function wireReady({ link, status, expires, password }) {
  const options = { problem: slot(main, "copy-problem"), copied: "copied-link", failed: "copy-failed" };
  const fallback = slot(main, "link");
  const handedOver = () => askBeforeLeaving(false);
  const copied = () => {
    handedOver();
    slot(main, "copied-next").hidden = false;
  };
  const note = wireNoteLanguage(slot(main, "note-language"));
  const noteText = () => {
    const { text, language } = note();
    return `${text.replace("{date}", formatTime(expires, language))}\n${link}`;
  };
  wireCopyButton(action(main, "copy"), { ...options, text: () => link, fallback, onCopied: copied });
  wireCopyButton(action(main, "copy-note"), { ...options, text: noteText, fallback, onCopied: copied });
  wireStatusLink(main, status);
  wireKeepList(status, expires);
  wireShareButton(action(main, "share"), {
    text: noteText,
    problem: options.problem,
    failed: "ready-share-failed",
    onShared: handedOver,
  });
  showWholeLink(fallback);
  preferSharing(action(main, "share"), action(main, "copy"));
  wireQrCode(slot(main, "code-box"), { text: link, label: t("ready-code-label"), onShown: handedOver });
  wirePrint(slot(main, "expires"), expires);
  if (password) wirePassword(slot(main, "password-box"), password);
  askBeforeLeaving(true);
}

/** Prints the absolute time, because a relative one becomes wrong on paper. */
function wirePrint(time, expires) {
  addEventListener("beforeprint", () => (time.textContent = formatTime(expires)));
  addEventListener("afterprint", () => updateTimes(main));
}

function wirePassword(box, password) {
  const shown = slot(box, "password-shown");
  const button = action(box, "show-made");
  const show = (on) => {
    shown.textContent = on ? password : "";
    shown.hidden = !on;
    button.textContent = t(on ? "ready-password-hide" : "ready-password-show");
  };
  button.addEventListener("click", () => show(shown.hidden));
  wireCopyButton(action(box, "copy-password"), {
    text: () => password,
    fallback: shown,
    problem: slot(box, "password-problem"),
    copied: "copied-password",
    failed: "copy-password-failed",
    onFailed: () => show(true),
  });
}
