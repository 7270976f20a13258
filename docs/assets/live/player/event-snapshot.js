/** What a call or an event had to it at the moment it happened, as JavaScript would print it. */

import { printed } from "../kit/quoting.js";

const OF_EVENTS = ["type", "data", "origin", "lastEventId", "code", "reason", "wasClean"];
const OF_SOCKETS = ["readyState", "bufferedAmount", "protocol", "extensions"];
export const STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];

/** @typedef {Record<string, string>} Properties */

/**
 * @param {{readyState: number} | null} socket
 * @returns {Properties}
 */
export function ofSocket(socket) {
  if (!socket) return {};
  const { readyState } = socket;
  return { ...pick(socket, OF_SOCKETS, "socket."), "socket.readyState": `${readyState} (${STATES[readyState]})` };
}

/**
 * @param {Event} event
 * @returns {Properties}
 */
export function ofEvent(event) {
  return pick(event, OF_EVENTS, "event.");
}

/**
 * @param {object} source
 * @param {string[]} names
 * @param {string} prefix
 */
function pick(source, names, prefix) {
  /** @type {Properties} */
  const found = {};
  for (const name of names) {
    if (name in source) found[prefix + name] = printed(Reflect.get(source, name));
  }
  return found;
}
