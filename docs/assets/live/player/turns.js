/**
 * Runs that need the browser's session take turns: a browser has one, for all boxes of a page and all of its tabs, so
 * two runs that log in would log each other out.
 */

import * as visitor from "../places/visitor.js";

/** @import {Line} from "../notation/types.js" */
/** @import {Step} from "../notation/contract.js" */

const SESSION = "101 session";

/** @param {Step} step */
function changesUser(step) {
  return (step.do === "connect" && step.user !== null) || (step.do === "request" && step.path.startsWith("/demo/"));
}

/** @param {Step} step */
function needsSession(step) {
  return changesUser(step) || (step.do === "request" && step.method === "POST");
}

/**
 * Act when no other run has the session, at once if this one does not need it.
 * @param {Line[]} lines
 * @param {AbortSignal} signal Ends the wait.
 * @param {() => void} waiting Called if there is one.
 * @param {() => Promise<void>} act
 */
export async function inTurn(lines, signal, waiting, act) {
  // Browsers lend locks to secure pages only, which a page of this machine is. Elsewhere, runs may meet.
  if (!lines.some(({ step }) => needsSession(step)) || !navigator.locks) return act();
  const wasFree = await navigator.locks.request(SESSION, { ifAvailable: true }, async (lock) => {
    if (lock) await act();
    return lock !== null;
  });
  if (wasFree) return;
  waiting();
  await navigator.locks.request(SESSION, { signal }, act);
}

/**
 * Who is logged in now, if that is not who the run has logged in: somebody pressed a button elsewhere meanwhile.
 * @param {Line[]} played The lines up to the one that differed.
 * @returns {Promise<string>} Words for it; empty if there is nothing to say.
 */
export async function loggedInMeanwhile(played) {
  const last = played.findLast(({ step }) => changesUser(step))?.step;
  if (last?.do !== "connect") return "";
  const { user } = await visitor.session();
  if (user === (last.user === visitor.ANONYMOUS ? "" : last.user)) return "";
  const what = user ? `logged in as ${user}` : "logged out";
  return ` Meanwhile this browser was ${what}, in another box or tab. Run it again.`;
}
