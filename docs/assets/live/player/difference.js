/** What was expected of a client against what came: the one way in which a step can go differently. */

import { match } from "../notation/matching.js";

/** @import {Client} from "./client.js" */

/** What came is not what the step says; the message is what came. */
export class Difference extends Error {}

/**
 * Whether this is what was expected; what it captures is kept with the client.
 * @param {Client} client
 * @param {string} expected
 * @param {string} got
 */
export function agrees(client, expected, got) {
  const found = match(expected, got);
  found?.forEach((text, name) => client.captured.set(name, text));
  return found !== null;
}
