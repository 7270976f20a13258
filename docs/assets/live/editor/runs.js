/** The transcripts of this page that talk to a module: what Run plays against it. */

import { sandboxesOf } from "../home/sandboxes.js";
import { linesOf } from "../notation/printed-transcript.js";

/** @import {Catalog} from "../home/catalog.js" */
/** @import {LiveSandbox} from "../sandbox/live-sandbox.js" */

/**
 * Challenges are the reader's to solve, so none of them. The nearest below the code comes first.
 * @param {string} path
 * @param {Catalog} catalog
 * @param {Element} code
 * @returns {LiveSandbox[]}
 */
export function transcriptsOf(path, catalog, code) {
  /** @type {LiveSandbox[]} */
  const all = Array.from(document.querySelectorAll("live-sandbox:not([data-start])"));
  const found = all.filter((sandbox) => {
    const steps = linesOf(sandbox, ".live-line").map(({ step }) => step);
    return sandboxesOf(steps, catalog).some((sandbox) => sandbox === path || catalog.needs[sandbox]?.includes(path));
  });
  const isBelow = (/** @type {Element} */ one) => code.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...found.filter(isBelow), ...found.filter((sandbox) => !isBelow(sandbox))];
}

/** @param {Element} sandbox */
export function titleOf(sandbox) {
  return sandbox.querySelector("figcaption")?.textContent ?? "";
}
