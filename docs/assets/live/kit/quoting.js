/** Values and text as JavaScript would write them. */

import { toHex } from "./hex.js";

/** @param {unknown} value */
export function printed(value) {
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength}) ${toHex(value)}`;
  return JSON.stringify(value) ?? String(value);
}

/**
 * Text as JavaScript would write it, in whichever quotes need less escaping.
 * @param {string} text
 */
export function quoted(text) {
  return text.includes('"') && !/['\\\n]/.test(text) ? `'${text}'` : JSON.stringify(text);
}
