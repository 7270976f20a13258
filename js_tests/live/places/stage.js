/** What stands in for a worker and for storage, in tests of who chooses where the server runs. */

/** A server in a page, as far as a place knows it: what it is told to do, it does. */
export class FakeHereServer extends EventTarget {
  /** @type {FakeHereServer[]} All that were made. */
  static made = [];

  constructor() {
    super();
    /** @type {Promise<{versions: Record<string, string>, waits: boolean}>} */
    this.booted = new Promise((resolve, reject) => {
      this.boot = () => resolve({ versions: { Channels: "4.3.2" }, waits: true });
      this.fail = (/** @type {string} */ why) => reject(new Error(why));
    });
    this.stopped = false;
    /** @type {unknown[][]} */
    this.asked = [];
    FakeHereServer.made.push(this);
  }

  start() {
    return this.booted;
  }

  /** @param {unknown[]} asked */
  open(...asked) {
    this.asked.push(asked);
    return new EventTarget();
  }

  /** @param {unknown[]} asked */
  async fetch(...asked) {
    this.asked.push(asked);
    return new Response("{}");
  }

  stop() {
    this.stopped = true;
    this.fail("It was stopped.");
  }

  /**
   * @param {number} loaded
   * @param {number} total
   */
  progress(loaded, total) {
    this.dispatchEvent(new CustomEvent("progress", { detail: { loaded, total, what: "Python" } }));
  }
}

/** The last that was made. */
export const theWorker = () => /** @type {FakeHereServer} */ (FakeHereServer.made.at(-1));

/** @type {() => Promise<any>} In place of the module. */
export const loadFake = async () => ({ HereServer: FakeHereServer });

export const MANIFEST = { folder: "0123456789abcdef", bytes: 8_000_000, sent: 3_000_000 };
export const NOT_HERE = [{ paths: ["/ws/raw/"], why: "A page cannot open a TCP connection." }];

/**
 * The files that a page finds out by, as a file server has them.
 * @param {URL} url
 * @param {Response} manifest
 */
export async function files({ pathname }, manifest = Response.json(MANIFEST)) {
  return pathname.endsWith("manifest.json") ? manifest : Response.json(NOT_HERE);
}

/** Storage that forgets with the test. */
export class FakeStorage {
  /** @type {Map<string, string>} */
  kept = new Map();
  /** @param {string} key */
  getItem = (key) => this.kept.get(key) ?? null;
  /** @type {(key: string, value: string) => unknown} */
  setItem = (key, value) => this.kept.set(key, value);
  /** @param {string} key */
  removeItem = (key) => this.kept.delete(key);
}

/** Storage that the reader has switched off. @type {any} */
export const noStorage = new Proxy(
  {},
  {
    get() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  },
);
