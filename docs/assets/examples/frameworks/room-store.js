/** One socket for all who show a room, whatever framework draws them. */

import { DurableSocket } from "../durable-socket.js";
import { hear } from "./hear.js";

/**
 * @typedef {{status: string, said: import("./hear.js").Said[]}} Shown
 * @param {string} url
 */
export function roomStore(url) {
  /** @type {Shown} */
  let shown = { status: "connecting", said: [] };
  /** @type {Set<(shown: Shown) => void>} */
  const listeners = new Set();
  /** @type {DurableSocket | null} */
  let socket = null;

  /** @param {Partial<Shown>} part */
  function show(part) {
    shown = { ...shown, ...part }; // a new object: by that, React and Svelte see the change
    for (const listener of listeners) listener(shown);
  }

  function begin() {
    const opened = new DurableSocket(url);
    opened.addEventListener("open", () => show({ status: "connected" }));
    for (const type of ["lost", "end"]) {
      opened.addEventListener(type, () => show({ status: "connecting" }));
    }
    opened.addEventListener("message", (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      show({ said: hear(shown.said, detail) });
    });
    return opened;
  }

  return {
    /**
     * Told at once, and of each change. The first to come opens the socket, the last to leave ends it:
     * a moment later, since StrictMode leaves and comes back in the same breath.
     * @param {(shown: Shown) => void} listener
     */
    subscribe(listener) {
      const own = (/** @type {Shown} */ it) => listener(it); // the same function may come twice
      listeners.add(own);
      socket ??= begin();
      own(shown);
      return () => {
        listeners.delete(own);
        queueMicrotask(() => {
          if (listeners.size) return;
          socket?.end();
          socket = null;
        });
      };
    },
    getSnapshot: () => shown,
    /** @param {string} text */
    say: async (text) => {
      if (!socket) throw new Error("nobody shows this room");
      await socket.send({ kind: "say", text });
    },
  };
}
