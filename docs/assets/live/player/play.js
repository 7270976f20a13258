/**
 * Plays a transcript's steps in this browser and says, step by step, what came: what
 * `live_docs/player/play.py` does from Python. Knows no page: lines in, outcomes out.
 */

import { fill } from "../notation/captures.js";
import { OBSERVER_STEPS } from "../notation/contract.js";
import { server } from "../places/server.js";
import { Difference } from "./difference.js";
import { ServerAway, StepPlayer } from "./step-player.js";

export { ServerAway };

/** @import {Client} from "./client.js" */
/** @import {Happening, Line, Outcome} from "../notation/types.js" */

/**
 * Play the steps in order. Ends after the first that differs: what follows it would mean nothing.
 * @param {Line[]} lines
 * @param {Map<string, Client>} clients
 * @param {(happening: Happening) => void} tell
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{line: Line, outcome: Outcome}>}
 */
export async function* play(lines, clients, tell, signal) {
  /** @type {Map<string, string>} */
  const captured = new Map();
  clients.forEach((client) => (client.captured = captured));
  const players = new Map(Array.from(clients, ([name, client]) => [name, new StepPlayer(client, tell, signal)]));
  for (const [at, line] of lines.entries()) {
    const player = /** @type {StepPlayer} */ (players.get(line.client));
    const upcoming = lines
      .slice(at + 1)
      .find((later) => later.client === line.client && !OBSERVER_STEPS.has(later.step.do))?.step.do;
    try {
      const known = captured.size;
      const came = (await player.step(fill(line.step, captured), upcoming)) ?? undefined;
      const learnt = Array.from(captured, ([name, text]) => `\${${name}} is ${text}`).slice(known);
      yield { line, outcome: { ok: true, came: came ?? (learnt.join(", ") || undefined) } };
    } catch (error) {
      signal.throwIfAborted();
      if (!(await server.check())) throw new ServerAway();
      yield { line, outcome: { ok: false, came: error instanceof Difference ? error.message : String(error) } };
      return;
    }
  }
  for (const line of lines.toReversed()) {
    const extra = players.get(line.client)?.unread();
    if (extra) {
      yield { line, outcome: { ok: false, came: `after this line, ${extra}` } };
      return;
    }
  }
}
