/**
 * Code that is loaded on demand.
 */

import { Unreachable } from "../lib/api.js";

/**
 * Loads a module.
 * @param {() => Promise<T>} load imports it
 * @returns {Promise<T>}
 * @throws {Unreachable} when the module does not arrive
 * @template T
 */
export async function loaded(load) {
  try {
    return await load();
  } catch {
    throw new Unreachable();
  }
}
