/** A recorded run in its sandbox's diagram: faint, until something happens there. */

import { dayOf, happeningsOf, recordedRun, versionsOf } from "./recorded-run.js";

/** @import {Timeline} from "../timeline/timeline.js" */

/**
 * What of a sandbox it needs: the sandbox knows this module, and not the reverse.
 * @typedef {object} Parts
 * @property {Timeline} [timeline]
 * @property {Promise<void>} [received] What a link brought is there.
 * @property {AbortController} [leaving]
 * @property {boolean} [playing]
 * @property {boolean} isChallenge
 * @typedef {HTMLElement & Parts} Recallable
 */

/**
 * Show how it once went; where it would give something away, only if that was asked for.
 * @param {Recallable} sandbox
 * @param {boolean} [asked]
 * @returns {Promise<string>} The day on which it went so; empty if it is not shown.
 */
export async function recall(sandbox, asked = false) {
  const { recorded = "", withheld } = sandbox.dataset;
  const { timeline, received, leaving } = sandbox;
  if (!recorded || !timeline || (!asked && (sandbox.isChallenge || withheld !== undefined))) return "";
  const run = await recordedRun(recorded);
  await received;
  if (!run || leaving?.signal.aborted || sandbox.playing || (!asked && timeline.happenings.length)) return "";
  const heading = `As it went on ${dayOf(run, "short")}`; // one line on a phone, as the heading of a run is
  timeline.recall(happeningsOf(run), heading, `Recorded with ${versionsOf(run)}. Press Run to see it happen.`);
  return dayOf(run);
}
