/**
 * The sandbox server: where it is, and whether it answers. One for the page, shared by all its sandboxes.
 */

const PATIENCE_MS = 8000;
const LOOK_AGAIN_MS = 2000;

class SandboxServer extends EventTarget {
  constructor() {
    super();
    /** @type {"unknown" | "up" | "away"} */
    this.state = "unknown";
    /** @type {Record<string, string>} The packages that answer, and their versions. */
    this.versions = {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.watchers = 0;
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

  /** What to tell a reader while the server is away. */
  get howToStart() {
    return (
      `The sandbox server does not answer at ${this.origin}. At home, start it with “make serve” in the project's ` +
      "folder. This page looks again every two seconds."
    );
  }

  /**
   * Ask whether the server answers; tell those who listen if that has changed.
   * @returns {Promise<boolean>}
   */
  async check() {
    clearTimeout(this.timer);
    const before = this.state;
    try {
      const response = await fetch(`${this.origin}/`, {
        cache: "no-store",
        credentials: "include", // the answer sets the cookie by which the server knows its observers
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      this.versions = (await response.json()).versions;
      this.state = "up";
    } catch {
      this.state = "away";
      if (this.watchers > 0) this.timer = setTimeout(() => void this.check(), LOOK_AGAIN_MS);
    }
    if (this.state !== before) this.dispatchEvent(new Event("change"));
    return this.state === "up";
  }

  /**
   * Be told of changes until the signal ends it; while anybody is and the server is away, keep looking.
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
