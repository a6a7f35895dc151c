/**
 * Code that is loaded on demand.
 */

import { Unreachable } from "../lib/api.js";

/**
 * Loads a module.
 * @param {() => Promise<T>} load imports it
 * @returns {Promise<T>}
 * @throws {Unreachable} when the module does not arrive
 * @throws the error of a server of another release, with `isStale`
 * @template T
 */
export async function loaded(load) {
  try {
    return await load();
  } catch (error) {
    throw error.isStale ? error : new Unreachable();
  }
}
