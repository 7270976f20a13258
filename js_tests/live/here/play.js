/**
 * Plays transcripts with the page's own player against the server here. From standard input, as JSON, {transcripts, files,
 * atOnce, works}: transcripts are lists of lines as the widget reads them, files are edited before, and so many are played
 * at the same time; works are what stands in a playground, played one after the other. To standard output, a line of JSON
 * for each transcript, and then for each work: how it ended.
 */

import { readFileSync } from "node:fs";
import { here } from "./here.js";

const { HereSocket } = await import("#live/here/here-socket.js");
const { transcripts = [], files = {}, atOnce = 1, works = [] } = JSON.parse(readFileSync(0, "utf8"));
const server = here();
await server.start();
if (Object.keys(files).length) {
  const { traceback } = await server.edit(files);
  if (traceback) throw new Error(traceback);
}

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
const { modulesOf } = await import("#tools/playground/modules.js");
const { Client } = await import("#live/player/client.js");
const { Observation } = await import("#live/observing/observation.js");
const place = await import("#live/places/server.js");
await place.server.check();

/** @param {any[]} lines */
async function playOne(lines) {
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

/** @type {[number, any[]][]} */
const rest = Array.from(transcripts.entries());
/** @type {any[]} */
const ends = [];
const work = async () => {
  for (let next; (next = rest.shift()); ) ends[next[0]] = await playOne(next[1]);
};
await Promise.all(Array.from({ length: atOnce }, work));
for (const work of works) {
  const { traceback } = await server.edit(modulesOf(work));
  const { lines, problems } = await server.read(work.transcript);
  ends.push(traceback || problems.length ? { traceback, problems } : await playOne(lines));
}
for (const end of ends) process.stdout.write(`${JSON.stringify(end)}\n`);
process.exit(0);
