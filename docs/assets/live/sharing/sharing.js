/** The two ends of a link: making one from a sandbox, and showing in a sandbox what one brought. */

import { build } from "../kit/dom.js";
import { handOver } from "../kit/hand-over.js";
import { LinkError } from "../kit/packed.js";
import { pack, placeOf, unpack } from "./link.js";
import { playable, replayBar } from "./replay.js";

/** @import {Timeline} from "../timeline/timeline.js" */
/** @import {Line} from "../notation/types.js" */

const HELD = "It holds what you typed and what happened, but not your address nor what your browser says of itself.";

/**
 * What a link is made from, and what it comes back to: a `<live-sandbox>`, which knows this module and not the reverse.
 * @typedef {object} Parts
 * @property {{typed: Record<string, string>, fill: (typed: Record<string, string>) => void, bar: HTMLElement}} [controls]
 * @property {Timeline} [timeline]
 * @property {HTMLElement} [replay]
 * @property {(words: string) => void} say
 * @property {(lines: Line[], verdict: (same: number) => string) => Promise<void>} play
 * @typedef {HTMLElement & Parts} Shareable
 */

/**
 * Put a link to what happened on the clipboard, and where that is not allowed, in reach of the reader's own copying.
 * @param {Shareable} sandbox
 */
export async function share(sandbox) {
  const { controls, timeline } = sandbox;
  if (!controls || !timeline) return;
  if (timeline.happenings.length === 0 || timeline.diagram.isRecalled)
    return sandbox.say("Nothing has happened yet: press Run first.");
  try {
    const link = await pack(placeOn(sandbox), { typed: controls.typed, happened: timeline.happenings }, location.href);
    const where = await handOver(link, controls.bar);
    sandbox.say(`${where} ${HELD}`);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    sandbox.say(error.message);
  }
}

/**
 * Show what the page's address brought, if it is for this sandbox. What is for none of the page is for the first,
 * which then says so.
 * @param {Shareable} sandbox
 */
export async function receive(sandbox) {
  const { hash } = location;
  const count = document.querySelectorAll(sandbox.localName).length;
  if (placeOn(sandbox) !== (placeOf(hash) < count ? placeOf(hash) : 0)) return;
  sandbox.scrollIntoView();
  try {
    const { typed, happened } = await unpack(hash);
    const { controls, timeline } = sandbox;
    if (!controls || !timeline) return;
    const lines = playable(happened).map((line) => ({ ...line, element: build("li") }));
    const verdict = (/** @type {number} */ same) =>
      same === lines.length ? "Played again, live." : `Live, it went another way at step ${same + 1}.`;
    const live = () => void sandbox.play(lines, verdict);
    controls.fill(typed);
    for (const happening of happened) timeline.add(happening);
    sandbox.replay = replayBar(happened.length, live);
    sandbox.insertBefore(sandbox.replay, timeline.element);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    sandbox.say(error.message);
  }
}

/**
 * Which of the page's sandboxes this is.
 * @param {Shareable} sandbox
 */
function placeOn(sandbox) {
  return Array.from(document.querySelectorAll(sandbox.localName)).indexOf(sandbox);
}
