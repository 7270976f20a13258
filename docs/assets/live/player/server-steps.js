/**
 * The steps that claim what the server did: only a connection whose server's half is observed can show it.
 */

import { STEP_PATIENCE_MS } from "../notation/contract.js";
import { agrees, Difference } from "./difference.js";

/** @import {AsgiEvent, Raised, Refused} from "../notation/contract.js" */
/** @import {Client} from "./client.js" */

/**
 * JavaScript is not told the status, on purpose; the server's half shows it.
 * @param {Refused} step
 * @param {Client} client
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} What was not seen, where nobody observes.
 */
export async function refused(step, client, signal) {
  if (!client.observed)
    return "refused, as a page sees it: nobody observes this connection, so its status was not seen";
  const status = await toldStatus(client, STEP_PATIENCE_MS, signal);
  if (status === undefined) throw new Difference("no response to the handshake");
  if (status !== step.status) throw new Difference(`refused ${status}`);
}

/**
 * What a handshake came to that was expected to succeed.
 * @param {Client} client
 * @param {AbortSignal} signal
 */
export async function refusal(client, signal) {
  const status = client.observed ? await toldStatus(client, STEP_PATIENCE_MS, signal) : undefined;
  if (status === 101) return "failed by the browser (close code 1006), though the server accepted";
  return status === undefined ? "refused (close code 1006)" : `refused ${status}`;
}

/**
 * JavaScript cannot tell it from a refusal; whether there was an answer, the server's half shows. What it has told by
 * now is here once one more question to it has been answered.
 * @param {Client} client
 * @returns {Promise<string | undefined>} What was not seen, where nobody observes.
 */
export async function unanswered(client) {
  if (!client.observed || !(await client.observe())) {
    return "no connection: nobody observes it, so whether there was an answer was not seen";
  }
  const { connection } = client.crossings;
  const response = client.half.statuses.items.find((answer) => answer.connection === connection);
  if (response) throw new Difference(`refused ${response.status}`);
}

/**
 * @param {Raised} step
 * @param {Client} client
 * @param {AbortSignal} signal
 */
export async function raised({ name, text }, client, signal) {
  const seen = await half(client).exceptions.next(STEP_PATIENCE_MS, signal);
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
  for (let seen; (seen = await half(client).events.next(STEP_PATIENCE_MS, signal)); ) {
    const { type, ...rest } = seen;
    if (type !== step.type) continue;
    const got = JSON.stringify(rest);
    if (step.json !== null && !agrees(client, step.json, got)) throw new Difference(`~ ${type} ${got}`);
    return;
  }
  throw new Difference(`no ${step.type}`);
}

/**
 * The status of the response to this client's handshake; undefined if none is told in time.
 * @param {Client} client
 * @param {number} patience Milliseconds.
 * @param {AbortSignal} signal
 */
async function toldStatus(client, patience, signal) {
  for (let response; (response = await client.half.statuses.next(patience, signal)); ) {
    if (response.connection === client.crossings.connection) return response.status;
  }
  return undefined;
}

/** @param {Client} client */
function half(client) {
  if (!client.observed) throw new Difference("observing is not possible here");
  return client.half;
}
