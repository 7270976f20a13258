/**
 * What a room shows after one more message: a new list, or the same one where nothing changes.
 * No framework has a part in it.
 *
 * @typedef {{number: number, text: string}} Said
 * @param {Said[]} said
 * @param {any} message
 * @returns {Said[]}
 */
export function hear(said, message) {
  if (message.kind === "room") return message.said; // all of it: each time when the socket opens
  if (message.kind !== "said") return said; // an acknowledgement, a pong, or what a newer server says
  const last = said.at(-1)?.number ?? 0;
  if (message.number <= last) return said; // it was in the list with which the socket opened
  return [...said, { number: message.number, text: message.text }];
}
