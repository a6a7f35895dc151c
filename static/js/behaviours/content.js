/**
 * Checks of a message and files, with the same rules and texts as the server.
 */

import { FileChanged, TooLarge } from "../lib/errors.js";
import { countCharacters } from "./counter.js";
import { t } from "./i18n.js";

/**
 * @param {{message: string, files: File[]}} content
 * @param {number} maxCharacters
 * @returns {string | null} the validation message for the field of the message
 */
export function messageProblem({ message, files }, maxCharacters) {
  if (message === "" && files.length === 0) return t("problem-message-empty");
  const over = countCharacters(message) - maxCharacters;
  return over > 0 ? t("problem-message-long", { n: over }) : null;
}

/**
 * Returns which field to correct after a failure.
 * @param {Error} error
 * @param {{message: string, files: File[]}} content
 * @param {object} form
 * @param {import("./files.js").FileField} form.fileField
 * @param {{size: number}} form.limits those of `fileField`; reduced when the server has less room
 * @param {number} form.maxCharacters
 * @returns {{field: string, text: string} | null} null when the content is not the cause
 */
export function refusedContent(error, { message, files }, { fileField, limits, maxCharacters }) {
  if (error instanceof FileChanged) return { field: "files", text: fileField.changed(files[error.file]) };
  // Other shares have taken room since the page was made.
  const less = error.code === "full" && error.fits > 0;
  if (less) limits.size = Math.min(limits.size, error.fits);
  const isTooLarge = error instanceof TooLarge || error.code === "too_large";
  if (files.length > 0 && (isTooLarge || less)) return { field: "files", text: fileField.tooBig() };
  if (isTooLarge) {
    const over = Math.max(1, countCharacters(message) - maxCharacters);
    return { field: "message", text: t("problem-message-long", { n: over }) };
  }
  return null;
}
