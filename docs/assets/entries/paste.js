/**
 * What was pasted, in the forms in which it is looked at, and how much each line of it says. live_docs/entries/paste.py
 * does the same.
 *
 * @typedef {{clean: string, lines: string[], factors: number[], forms: Form[]}} Paste
 */

import { cleaned, formOf } from "./normal.js";

/** @import {Form} from "./normal.js" */

export const LABEL = /^[\p{L}\p{N}_.-]+ *\| ?/u;
const FRAME_LINE = /^\s*File "[^"]+", line [0-9]/;
export const LAST_WORD = 2;
const EARLIER_WORD = 1.5;
const FRAME = 0.5;
const LATER = 0.1;

/**
 * @param {string} pasted
 * @returns {Paste}
 */
export function pasteOf(pasted) {
  const clean = cleaned(pasted);
  const lines = clean.split("\n");
  return { clean, lines, factors: factorsOf(lines), forms: [formOf(clean, true), formOf(clean, false)] };
}

/**
 * How much each line counts.
 * @param {string[]} lines
 */
function factorsOf(lines) {
  const counts = lines.map(() => 1);
  let last = -1;
  let within = false;
  for (const [at, labelled] of lines.entries()) {
    const line = labelled.replace(LABEL, "");
    if (line.includes("Traceback (most recent call last)")) {
      within = true;
    } else if (within && line.trim()) {
      within = " \t|+".includes(line[0]);
      counts[at] = within ? FRAME : EARLIER_WORD;
      if (!within) last = at;
    }
  }
  if (last >= 0) counts[last] = LAST_WORD;
  return counts.map((count, at) => count * (1 + (LATER * at) / lines.length));
}

/**
 * Whether it ends among the frames of a traceback: what was raised is missing.
 * @param {string} pasted
 */
export function isCut(pasted) {
  const said = cleaned(pasted)
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => line.replace(LABEL, ""));
  const last = said.at(-1) ?? "";
  return said.some((line) => FRAME_LINE.test(line)) && (" \t".includes(last[0]) || FRAME_LINE.test(last));
}
