/**
 * The views of a share's status.
 */

/**
 * @param {{state: string, grace_until?: string, reading_until?: string}} status as in http-api.md
 * @returns {string} the name of the view: the state, or `unsaved` or `reading` while its receiver can still fetch it
 */
export function viewOf({ state, grace_until: saving, reading_until: reading }) {
  if (state === "uploading") return "waiting";
  if (state !== "opened") return state;
  if (saving !== undefined) return "unsaved";
  return reading === undefined ? state : "reading";
}
