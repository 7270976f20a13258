/**
 * A link that carries a changed module, whole: what was changed is seen beside whatever the module is by then. Sans page.
 * Whoever opens it sees it; nothing in it runs before they press Run.
 */

import { EDIT_LINK } from "../kit/fragment.js";
import { linkWith, readLink } from "../kit/packed.js";
import { object, text, that } from "../kit/shapes.js";

/** How what is in a link is written. */
const VERSION = "1";

/** More lines than any module here has, and few enough to be compared with one. */
const MOST_LINES = 2000;

/** @type {import("../kit/shapes.js").Shape<string>} */
const moduleText = that((value) => typeof value === "string" && value.split("\n").length <= MOST_LINES);
const readEdit = object({ path: text, text: moduleText });

/**
 * @param {string} path The module's, in the project.
 * @param {string} text
 * @param {string} page The address of a page that prints it.
 */
export function editLink(path, text, page) {
  return linkWith(page, `${EDIT_LINK}${VERSION}.`, JSON.stringify({ path, text }), "Copy the code itself instead.");
}

/**
 * @param {string} hash
 * @returns {Promise<{path: string, text: string}>} Throws LinkError.
 */
export function readEditLink(hash) {
  const damaged = "This link is damaged, so there is no code to show. The page is as it was.";
  return readLink(hash, { beginning: EDIT_LINK, version: VERSION, read: readEdit, damaged });
}
