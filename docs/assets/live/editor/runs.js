/** The transcripts of this page that talk to a module: what Run plays against it. */

import { sandboxesOf } from "../catalog/sandboxes.js";
import { linesOf } from "../notation/printed-transcript.js";
import { server } from "../places/server.js";

/** @import {Catalog} from "../catalog/catalog.js" */
/** @import {LiveSandbox} from "../sandbox/live-sandbox.js" */

/**
 * Those that talk to it first, then those that talk to what imports it; none that cannot run in a page, where what is
 * edited runs, and neither challenges nor mends, which are the reader's to solve.
 * @param {string} path
 * @param {Catalog} catalog
 * @returns {Promise<LiveSandbox[]>}
 */
export async function transcriptsOf(path, catalog) {
  await server.findHere();
  /** @type {LiveSandbox[][]} */
  const [direct = [], others = []] = [[], []];
  /** @type {NodeListOf<LiveSandbox>} */
  const all = document.querySelectorAll("live-sandbox:not([data-start], [data-mend])");
  for (const sandbox of all) {
    const steps = linesOf(sandbox, ".live-line").map(({ step }) => step);
    const talksTo = sandboxesOf(steps, catalog);
    const paths = steps.flatMap((step) => ("path" in step ? step.path : []));
    if (sandbox.dataset.notHere || paths.some((path) => server.here?.whyNot(path))) continue;
    if (talksTo.includes(path)) direct.push(sandbox);
    else if (talksTo.some((module) => catalog.needs[module]?.includes(path))) others.push(sandbox);
  }
  return [...direct, ...others];
}

/** @param {Element} sandbox */
export function titleOf(sandbox) {
  return sandbox.querySelector("figcaption")?.textContent ?? "";
}
