/**
 * The two connections to the application of sandboxes/own_scope.py: one HTTP request, one WebSocket. What it tells
 * comes in lines of JSON; each is handed on as it comes.
 */

import { server } from "../../live/places/server.js";

/** @typedef {[name: string, value: string][]} Headers */
/** @typedef {{[key: string]: string | Headers}} Scope What the server knew at the start, values as Python prints them. */
/** @typedef {{call: "receive" | "send", type: string, details: Record<string, string>, at: number}} Told An event. */
/** @typedef {{events: Told[], at: number, scope?: Scope}} Line What the application tells in one message. */
/** @typedef {(line: Line, bytes: number) => void} Hear */

/** The code that the page closes with, when it has heard enough. */
export const ENOUGH = 1000;

/**
 * One request, its response read part by part. Resolves when the response is complete.
 * @param {string} path
 * @param {RequestInit} request
 * @param {Hear} hear
 */
export async function overHttp(path, request, hear) {
  const response = await server.fetch(path, request);
  if (!response.headers.get("content-type")?.includes("ndjson")) {
    throw new Error(`HTTP: this path leads elsewhere, and what came was a ${response.status}.`);
  }
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (text + decoder.decode(read.value, { stream: true })).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) hear(JSON.parse(line), line.length + 1);
  }
}

/**
 * One socket: hears of its beginning, sends one message, hears of that, and closes. Resolves when it has closed.
 * @param {WebSocket} socket
 * @param {string} message
 * @param {Hear} hear
 * @param {AbortSignal} signal
 */
export function overWebSocket(socket, message, hear, signal) {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    socket.addEventListener("message", ({ data }) => {
      /** @type {Line} */
      const line = JSON.parse(data);
      hear(line, data.length);
      if (line.scope) socket.send(message);
      else socket.close(ENOUGH);
    });
    socket.addEventListener("close", ({ code }) => {
      if (code === ENOUGH) resolve(undefined);
      else reject(new Error(`WebSocket: closed with ${code} before the application had told everything.`));
    });
  });
}
