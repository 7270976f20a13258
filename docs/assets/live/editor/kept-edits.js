/** The modules that the reader has changed, by their paths in the project. */

import { KeptTexts } from "./kept-texts.js";

const kept = new KeptTexts("edited modules");

/** @returns {Readonly<Record<string, string>>} */
export function edits() {
  return kept.all;
}

/**
 * @param {string} path
 * @param {string | undefined} text Undefined: it is as it was.
 */
export function keepEdit(path, text) {
  kept.keep(path, text);
}
