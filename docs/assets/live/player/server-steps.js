/**
 * The steps that claim what the server did: only a connection whose server's half is observed can show it.
 */

import { match } from "../notation/matching.js";

/** @import {Client} from "./client.js" */
/** @import {AsgiEvent, Raised, Refused} from "../notation/types.js" */

/** How long a step may take before it counts as not happening. */
export const PATIENCE_MS = 5000;

/** What came is not what the step says; the message is what came. */
export class Difference extends Error {}

/**
 * JavaScript is not told the status, on purpose; the server's half shows it.
 * @param {Refused} step
 * @param {Client} client
 * @param {AbortSignal} signal
 */
export async function refused(step, client, signal) {
  while (client.observed) {
    const response = await client.half.statuses.next(PATIENCE_MS, signal);
    if (!response) break;
    if (response.connection !== client.crossings.connection) continue;
    if (response.status !== step.status) throw new Difference(`refused ${response.status}`);
    return;
  }
}

/**
 * JavaScript cannot tell it from a refusal; whether there was an answer, the server's half shows.
 * @param {Client} client
 */
export function unanswered(client) {
  const { connection } = client.crossings;
  const response = client.half.statuses.items.find((answer) => answer.connection === connection);
  if (client.observed && response) throw new Difference(`refused ${response.status}`);
}

/**
 * @param {Raised} step
 * @param {Client} client
 * @param {AbortSignal} signal
 */
export async function raised({ name, text }, client, signal) {
  const seen = await half(client).exceptions.next(PATIENCE_MS, signal);
  if (!seen) throw new Difference("no exception");
  if (seen.name !== name || !agrees(client, text, seen.text)) throw new Difference(`! ${seen.name}: ${seen.text}`);
}

/**
 * Events of other types, in between, are passed over.
 * @param {AsgiEvent} step
 * @param {Client} client
 * @param {AbortSignal} signal
 */
export async function event(step, client, signal) {
  for (let seen; (seen = await half(client).events.next(PATIENCE_MS, signal)); ) {
    const { type, ...rest } = seen;
    if (type !== step.type) continue;
    const got = JSON.stringify(rest);
    if (step.json !== null && !agrees(client, step.json, got)) throw new Difference(`~ ${type} ${got}`);
    return;
  }
  throw new Difference(`no ${step.type}`);
}

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

/** @param {Client} client */
function half(client) {
  if (!client.observed) throw new Difference("observing is not possible here");
  return client.half;
}
