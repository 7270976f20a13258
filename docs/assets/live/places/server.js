/**
 * The sandbox server: where it is, and whether it answers this page. One for the page, shared by all its sandboxes.
 */

const PATIENCE_MS = 8000;
/** How long until it is looked for again: twice as long each time, so that a page without a server soon rests. */
const LOOK_AGAIN_MS = { first: 2000, longest: 60_000 };

class SandboxServer extends EventTarget {
  constructor() {
    super();
    /** Away: nobody answers. Refusing: somebody does, but not to a page from here. */
    /** @type {"unknown" | "up" | "away" | "refusing"} */
    this.state = "unknown";
    /** @type {Record<string, string>} The packages that answer, and their versions. */
    this.versions = {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.pause = LOOK_AGAIN_MS.first;
    this.watchers = 0;
    /** @type {Promise<boolean> | undefined} What is being asked now: several sandboxes share the answer. */
    this.asking = undefined;
  }

  /**
   * The server's origin: this page's own host, so that cookies work at localhost and at 127.0.0.1 alike,
   * and the port that the page was built with.
   */
  get origin() {
    const config = document.getElementById("live-config")?.textContent;
    const port = config ? JSON.parse(config).port : location.port;
    const url = new URL(location.origin);
    url.port = port || location.port;
    return url.origin;
  }

  /**
   * The address of a WebSocket: ws beside http, wss beside https.
   * @param {string} path A slash in front of it may be missing.
   */
  webSocketUrl(path) {
    return this.origin.replace(/^http/, "ws") + path.trim().replace(/^(?!\/)/, "/");
  }

  /** Whether it has been asked, and nothing can be run here. */
  get isMissing() {
    return this.state === "away" || this.state === "refusing";
  }

  /** What a sandbox says of that; the page's one notice says what to do: server-notice.js. */
  get whyMissing() {
    return this.state === "refusing" ? "The server refuses this page." : "The server is away.";
  }

  /**
   * Ask whether the server answers; tell those who listen if that has changed.
   * @returns {Promise<boolean>}
   */
  check() {
    return (this.asking ??= this.#ask().finally(() => (this.asking = undefined)));
  }

  async #ask() {
    clearTimeout(this.timer);
    const before = this.state;
    try {
      // the answer sets the cookie by which the server knows its observers
      const response = await this.#fetch({ credentials: "include" });
      this.versions = (await response.json()).versions;
      this.state = "up";
      this.pause = LOOK_AGAIN_MS.first;
    } catch {
      this.state = await this.#whyNot();
      this.#lookAgain();
    }
    if (this.state !== before) this.dispatchEvent(new Event("change"));
    return this.state === "up";
  }

  /** A page may not read what another origin does not share, but learns that an answer came. */
  #whyNot() {
    return this.#fetch({ mode: "no-cors" }).then(
      () => /** @type {const} */ ("refusing"),
      () => /** @type {const} */ ("away"),
    );
  }

  /** @param {RequestInit} options */
  #fetch(options) {
    return fetch(`${this.origin}/`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS), ...options });
  }

  #lookAgain() {
    if (this.watchers === 0) return;
    this.timer = setTimeout(() => void this.check(), this.pause);
    this.pause = Math.min(2 * this.pause, LOOK_AGAIN_MS.longest);
  }

  /**
   * Be told of changes until the signal ends it; while anybody is and the server is missing, keep looking.
   * @param {() => void} listener
   * @param {AbortSignal} signal
   */
  watch(listener, signal) {
    this.watchers += 1;
    this.addEventListener("change", listener, { signal });
    const end = () => {
      this.watchers -= 1;
      if (this.watchers === 0) clearTimeout(this.timer);
    };
    signal.addEventListener("abort", end, { once: true });
  }
}

export const server = new SandboxServer();
