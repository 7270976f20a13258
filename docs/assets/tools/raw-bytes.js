/** One question to the server's own small client (sandbox_server/sandboxes/raw_bytes.py), and its answer. */

/** @import {Tool} from "./tool.js" */

/**
 * What it answers: the bytes that came back and how it ended, or both heads of a handshake, or what is wrong.
 * @typedef {{received?: string, then?: string, request?: string, response?: string, error?: string}} Answer
 */

/**
 * @param {Tool} tool
 * @param {{bytes: string} | {key: string}} order
 * @returns {Promise<Answer>}
 */
export function ask(tool, order) {
  return new Promise((resolve) => {
    const socket = tool.socket("/ws/raw/");
    socket.addEventListener("open", () => socket.send(JSON.stringify(order)));
    socket.addEventListener("message", ({ data }) => {
      socket.close();
      resolve(JSON.parse(data));
    });
    socket.addEventListener("close", () => resolve({ error: "The server is away." })); // unless it has answered
  });
}
