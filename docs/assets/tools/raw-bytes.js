/** One question to the server's own small client (sandbox_server/sandboxes/raw_bytes.py), and its answer. */

/** @import {Tool} from "./tool.js" */

/**
 * What it answers: the bytes that came back and how it ended, or both heads of a handshake, or what is wrong.
 * @typedef {{received?: string, then?: string, request?: string, response?: string, error?: string}} Answer
 */

const PATH = "/ws/raw/";
export const RAW_PATHS = [PATH];

/**
 * @param {Tool} tool
 * @param {{bytes: string} | {key: string}} order
 * @returns {Promise<Answer>}
 */
export async function ask(tool, order) {
  if (!(await tool.hasServer())) return { error: tool.said };
  return new Promise((resolve) => {
    const socket = tool.socket(PATH);
    socket.addEventListener("open", () => socket.send(JSON.stringify(order)));
    socket.addEventListener("message", ({ data }) => {
      socket.close();
      resolve(JSON.parse(data));
    });
    socket.addEventListener("close", () => resolve({ error: "The server is away." })); // unless it has answered
  });
}
