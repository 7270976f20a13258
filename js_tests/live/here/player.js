/**
 * The page's own player, against the server here. Importing it starts that server: the player's modules look for one once.
 */

import { here } from "./here.js";

const { HereSocket } = await import("#live/here/here-socket.js");
export const server = here();
await server.start();

/** What a page's sandboxed frame does: it opens a socket whose origin is null, and says what happens to it. */
class Frame extends EventTarget {
  setAttribute() {}
  remove() {}
  load() {
    this.dispatchEvent(new Event("load"));
  }
  contentWindow = {
    postMessage: (
      /** @type {any} */ { url, subprotocols },
      /** @type {string} */ _,
      /** @type {MessagePort[]} */ [port],
    ) => {
      const socket = server.open(url, subprotocols, { origin: "null" });
      for (const type of ["open", "message", "error", "close"]) {
        socket.addEventListener(type, (/** @type {any} */ { data, code, reason, wasClean }) =>
          port.postMessage({ type, readyState: socket.readyState, init: { data, code, reason, wasClean } }),
        );
      }
      port.onmessage = ({ data: [method, ...args] }) => /** @type {any} */ (socket)[method](...args);
    },
  };
}

// The player's modules are a page's: here they find this server where a page has the network.
const OpenedHere = new Proxy(HereSocket, { construct: (_, [url, protocols]) => server.open(url, protocols) });
Object.assign(globalThis, {
  WebSocket: OpenedHere,
  document: {
    getElementById: () => null,
    createElement: () => new Frame(),
    body: { append: (/** @type {Frame} */ frame) => frame.load() },
  },
  fetch: (/** @type {string} */ url, /** @type {RequestInit} */ init) => server.fetch(url, init),
});

const { play } = await import("#live/player/play.js");
const { Client } = await import("#live/player/client.js");
const { Observation } = await import("#live/observing/observation.js");
const place = await import("#live/places/server.js");
await place.server.check();

/**
 * @param {any[]} lines As the widget reads them.
 * @returns {Promise<{line: number | null, came: string}>} The number of the line that went differently, and what came.
 */
export async function playOne(lines) {
  const happened = (/** @type {any} */ happening) => clients.get(happening.client)?.half.add(happening);
  const observation = new Observation(happened, () => {});
  const observe = async () => ((await observation.ready()) ? observation : null);
  const names = new Set(lines.map(({ client }) => client));
  const clients = new Map(Array.from(names, (name) => [name, new Client(name, happened, observe)]));
  let at = 0;
  try {
    for await (const { line, outcome } of play(lines, clients, happened, new AbortController().signal)) {
      at = /** @type {any} */ (line).number;
      if (!outcome.ok) return { line: at, came: outcome.came ?? "" };
    }
    return { line: null, came: "" };
  } catch (error) {
    return { line: at, came: `the player itself failed: ${error}` };
  } finally {
    clients.forEach((client) => client.leave());
    observation.close();
  }
}
