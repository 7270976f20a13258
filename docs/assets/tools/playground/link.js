/** A link that carries a whole playground. Whoever opens it sees it; nothing in it runs before they press Run. Sans page. */

import { PLAYGROUND_LINK } from "../../live/kit/fragment.js";
import { linkWith, readLink } from "../../live/kit/packed.js";
import { readWork } from "./work.js";

/** @import {Work} from "./work.js" */

/** How what is in a link is written. */
const VERSION = "1";

/**
 * @param {Work} work
 * @param {string} page The playground's address.
 */
export function workLink(work, page) {
  const advice = "Take it home instead: Copy as has the button.";
  return linkWith(page, `${PLAYGROUND_LINK}${VERSION}.`, JSON.stringify(readWork(work)), advice);
}

/**
 * @param {string} hash
 * @returns {Promise<Work>} Throws LinkError.
 */
export function readWorkLink(hash) {
  const damaged = "This link is damaged, so there is nothing to show. The playground is as it was.";
  return readLink(hash, { beginning: PLAYGROUND_LINK, version: VERSION, read: readWork, damaged });
}
