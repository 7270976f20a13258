/**
 * What comes first of a new connection. Firefox, when busy, loses the open event and the messages if the server's close
 * comes right behind them (`provesHandshake`): nothing can be said of those, so the connection is opened once more.
 */

import { provesHandshake } from "../notation/to-steps.js";

/** @import {Arrival} from "../notation/types.js" */

const HANDSHAKES = 3;

/**
 * @param {() => Promise<void>} connect
 * @param {() => Promise<Arrival>} next
 * @param {() => void} tellLost
 */
export async function firstArrival(connect, next, tellLost) {
  for (let left = HANDSHAKES; ; left -= 1) {
    await connect();
    const arrival = await next();
    if (left === 1 || !provesHandshake(arrival)) return arrival;
    tellLost();
  }
}
