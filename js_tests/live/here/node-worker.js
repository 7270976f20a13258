/** A browser's `Worker`, by a thread of Node.js: what a page does with one can be tried without a browser. */

import { Worker as Thread } from "node:worker_threads";

export class NodeWorker extends EventTarget {
  /** @param {string | URL} url */
  constructor(url) {
    super();
    this.thread = new Thread(new URL("./worker-thread.js", import.meta.url), { workerData: { url: String(url) } });
    this.thread.on("message", (data) => this.dispatchEvent(new MessageEvent("message", { data })));
    this.thread.on("error", (error) =>
      this.dispatchEvent(Object.assign(new Event("error", { cancelable: true }), { message: String(error) })),
    );
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.thread.postMessage(message);
  }

  terminate() {
    void this.thread.terminate();
  }
}
