/** A link that carries a whole playground. Whoever opens it sees it; nothing in it runs before they press Run. Sans page. */

import { PLAYGROUND_LINK } from "../../live/kit/fragment.js";
import { checkLength, LinkError, linkWith, unpacked } from "../../live/kit/packed.js";
import { readWork } from "./work.js";

/** @import {Work} from "./work.js" */

/** How what is in a link is written: a link that another version has made may mean something else. */
const VERSION = "1";
const HASH = new RegExp(`^${PLAYGROUND_LINK}(\\d{1,3})\\.([\\w-]+)$`);

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
export async function readWorkLink(hash) {
  checkLength(hash);
  const [, version, letters = ""] = HASH.exec(hash) ?? [];
  if (version !== undefined && version !== VERSION)
    throw new LinkError("This link was made by another version of this site, and cannot be read by this one.");
  try {
    return readWork(JSON.parse(await unpacked(letters)));
  } catch {
    throw new LinkError("This link is damaged, so there is nothing to show. The playground is as it was.");
  }
}
