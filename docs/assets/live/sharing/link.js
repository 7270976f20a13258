/**
 * A link that carries a sandbox: what its reader typed and what happened, compressed by the browser into the page's
 * hash. Sans page: states in, links out, and back. What may be in one is contents.js.
 */

import { SANDBOX_LINK } from "../kit/fragment.js";
import { readState } from "./contents.js";

/** @import {State} from "./contents.js" */

/** What servers, mail programs and people still pass on whole. */
const LONGEST_LINK = 8000;
/** What a small link may grow to: far above anything that `pack` makes of one run. */
const LONGEST_STATE = 400_000;
const HASH = new RegExp(`^${SANDBOX_LINK}(\\d{1,3})\\.([\\w-]+)$`);

/** Why a link cannot be made or read, in words for the reader. */
export class LinkError extends Error {}

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
  const bytes = await through(
    new CompressionStream("deflate-raw"),
    new TextEncoder().encode(JSON.stringify(held({ ...state, happened }))),
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const link = new URL(
    `${SANDBOX_LINK}${place}.${text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")}`,
    page,
  ).href;
  if (link.length > LONGEST_LINK) {
    throw new LinkError(
      `This is too much for a link: ${link.length} characters, and many programs cut at ${LONGEST_LINK}. Press Reset, and share less.`,
    );
  }
  return link;
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
  return Number(HASH.exec(hash)?.[1] ?? 0);
}

/**
 * @param {string} hash
 * @returns {Promise<State>} Throws LinkError.
 */
export async function unpack(hash) {
  if (hash.length > LONGEST_LINK) throw new LinkError("This link is longer than any that is made here.");
  try {
    const text = (HASH.exec(hash)?.[2] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const plain = await through(new DecompressionStream("deflate-raw"), bytes);
    return readState(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain)));
  } catch {
    throw new LinkError("This link is damaged, so there is nothing to replay. The page is as it was.");
  }
}

/**
 * @param {CompressionStream | DecompressionStream} stream
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function through(stream, bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {number[]} */
  const all = [];
  for (let part; !(part = await reader.read()).done; ) {
    for (const byte of part.value) all.push(byte);
    if (all.length > LONGEST_STATE) throw new RangeError("too large");
  }
  return new Uint8Array(all);
}
