/**
 * Captures: `${room}` in a line stands for whatever stood there in the server's answer that named it first.
 * The same rules as `live_docs/notation/captures.py`, which explains them.
 */

/** @import {Step} from "./contract.js" */

export const CAPTURE = /\$\{([a-z][a-z0-9_]*)\}/g;
export const CAPTURED = '[^\\s"\\\\]+';

/**
 * The step with everything in place that has been captured by now.
 * @template {Step} S
 * @param {S} step
 * @param {Map<string, string>} known
 * @returns {S}
 */
export function fill(step, known) {
  const filled = Object.entries(step).map(([field, value]) => [field, fillValue(value, known)]);
  return Object.fromEntries(filled);
}

/**
 * A text, a list of texts, or what is neither.
 * @param {unknown} value
 * @param {Map<string, string>} known
 */
function fillValue(value, known) {
  if (typeof value === "string") return fillText(value, known);
  return Array.isArray(value) ? value.map((text) => fillText(text, known)) : value;
}

/**
 * @param {string} text
 * @param {Map<string, string>} known
 */
export function fillText(text, known) {
  return text.replace(CAPTURE, (written, name) => known.get(name) ?? written);
}
