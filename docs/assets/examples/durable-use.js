import { DurableSocket } from "./durable-socket.js";

/**
 * Say one thing, whatever becomes of the connection meanwhile.
 * @param {string} url
 * @returns {Promise<string[]>} What happened, in order.
 */
export async function sayHello(url) {
  /** @type {string[]} */
  const happened = [];
  const durable = new DurableSocket(url);
  for (const type of ["open", "message", "lost", "retry", "end"]) {
    durable.addEventListener(type, () => happened.push(type));
  }
  await durable.send({ kind: "say", text: "hello" }); // until it is acknowledged
  durable.end();
  return happened;
}
