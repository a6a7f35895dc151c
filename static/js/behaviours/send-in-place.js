/**
 * Uploads a share with files, with the progress in place of the form.
 */

import { t } from "./i18n.js";
import { drawIcon } from "./icons.js";
import { askBeforeLeaving } from "./leave.js";
import { loaded } from "./load.js";
import { action, announce, cloneTemplate, detachContent, main, show, slot } from "./page.js";
import { formatSize } from "./sizes.js";
import { showKind } from "./tiles.js";

/** Loads the upload code, which only shares with files need. */
function loadSending() {
  return loaded(async () => await import("./sending.js"));
}

/** Loads the upload code in advance, because the network may be gone when it is needed. */
export function preloadSending() {
  void loadSending().catch(() => {});
}

/**
 * Uploads a share, and shows the progress.
 * @param {object} share as for `send` of sending.js
 * @returns {Promise<{sent?: {encrypted: object, owner: string, expires: string}, showForm: () => void}>} without `sent`
 *   when the sender stopped the upload: then the form is shown again. `showForm` does that after a later failure
 * @throws the last failure, with the form shown again
 */
export async function sendInPlace(share) {
  const { send } = await loadSending();
  const form = detachContent();
  const showForm = () => show(form);
  const page = { cloneTemplate, show, slot, action, main, announce, askBeforeLeaving, t, formatSize, showKind, drawIcon };
  let result;
  try {
    result = await send(page, share);
  } catch (error) {
    showForm();
    throw error;
  }
  if (!result.stopped) return { sent: result, showForm };
  showForm();
  void result.stopped.then(
    () => showStopped("sending-stopped"),
    () => showStopped("sending-stopped-later"),
  );
  return { showForm };
}

/** Shows and announces the outcome of a stopped upload, if the form is still shown. */
function showStopped(key) {
  const line = slot(main, "stopped");
  if (!line) return;
  line.textContent = t(key);
  line.hidden = false;
  announce(line.textContent);
}
