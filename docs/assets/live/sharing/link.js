/**
 * A link that carries a sandbox: what its reader typed and what happened. Sans page: states in, links out, and back. What
 * may be in one is contents.js.
 */

import { SANDBOX_LINK } from "../kit/fragment.js";
import { LinkError, linkWith, partsOf, readLink } from "../kit/packed.js";
import { readState } from "./contents.js";

/** @import {State} from "./contents.js" */

/**
 * A page's address with the state of its sandbox number `place` in it.
 * @param {number} place
 * @param {State} state
 * @param {string} page Its address.
 */
export async function pack(place, state, page) {
  const start = Math.min(...state.happened.map(({ at }) => at));
  const happened = state.happened.map((happening) => ({
    ...happening,
    at: Math.round((happening.at - start) * 10) / 10,
  }));
  const text = JSON.stringify(held({ ...state, happened }));
  return linkWith(page, `${SANDBOX_LINK}${place}.`, text, "Press Reset, and share less.");
}

/**
 * @param {State} state
 * @returns {State}
 */
function held(state) {
  try {
    return readState(state);
  } catch {
    throw new LinkError("Something that happened here cannot go into a link, such as a path to another server.");
  }
}

/**
 * The number of the sandbox that a hash speaks of; the first one's, if it cannot be read.
 * @param {string} hash
 */
export function placeOf(hash) {
  return Number(partsOf(hash, SANDBOX_LINK).number ?? 0);
}

/**
 * @param {string} hash
 * @returns {Promise<State>} Throws LinkError.
 */
export function unpack(hash) {
  const damaged = "This link is damaged, so there is nothing to replay. The page is as it was.";
  return readLink(hash, { beginning: SANDBOX_LINK, read: readState, damaged });
}
