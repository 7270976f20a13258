/**
 * The worker's half: loads CPython and the server, and carries the page's orders to it. Python's half is
 * in_page/worker.py; `python -m in_page.build` makes the files that are loaded.
 */

import { counted } from "./progress.js";

/** @import {Order, Start, Told} from "./messages.js" */
/** @import {Progress} from "./progress.js" */

/** The shortest module there is: eight bytes that say so. */
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

const PACKAGES = "/packages.zip";
const PROJECT = "/project";

/** Python's own object of class `in_page.worker.Worker`. @typedef {Record<string, (...args: any[]) => any>} Server */

export class Runtime {
  /**
   * @param {(message: Told) => void} post
   * @param {(address: string) => Promise<any>} load Imports a module of the files.
   */
  constructor(post, load) {
    this.post = post;
    this.load = load;
    /** @type {Server | null} */
    this.server = null;
  }

  /** @param {Order} order */
  receive(order) {
    if (order.do === "start") return this.start(order);
    const server = this.server;
    if (!server) throw new Error(`${order.do} came before the start had ended`);
    switch (order.do) {
      case "open":
        return server.open(order.id, order.url, order.protocols, order.origin);
      case "send":
        return server.send(order.id, order.data);
      case "close":
        return server.close(order.id, order.code, order.reason);
      case "fetch":
        return server.fetch(order.id, order.method, order.url, order.headers, order.body);
      case "abort":
        return server.abort(order.id);
      case "edit":
        return server.edit(order.id, order.files);
      case "read":
        return server.read(order.id, order.text);
      case "ping":
        return this.post({ tell: "pong", id: order.id });
    }
  }

  /** @param {Start} order */
  async start({ id, files, origin }) {
    try {
      try {
        new WebAssembly.Module(EMPTY_MODULE);
      } catch {
        throw new Error(
          "this page's Content-Security-Policy forbids WebAssembly: script-src has to name 'wasm-unsafe-eval'",
        );
      }
      const { server, versions, waits } = await this.#boot(files, origin, id);
      this.server = server;
      this.post({ tell: "ready", id, versions, waits });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.post({ tell: "failed", id, message: message.trim() });
    }
  }

  /**
   * @param {string} files
   * @param {string} origin
   * @param {number} id
   */
  async #boot(files, origin, id) {
    const tell = (/** @type {Progress} */ progress) => this.post({ tell: "progress", id, ...progress });
    let last = { loaded: 0, total: 0 };
    const { get, failed } = await counted(files, (progress) => tell((last = progress)));
    const phase = (/** @type {string} */ what) => tell({ ...last, what });
    return Promise.race([failed, this.#run(files, origin, get, phase)]);
  }

  /**
   * @param {string} files
   * @param {string} origin
   * @param {(name: string) => Promise<Uint8Array>} get
   * @param {(what: string) => void} phase
   */
  async #run(files, origin, get, phase) {
    const packages = get("packages.zip");
    const project = get("project.zip");
    const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
      ["pyodide.mjs", "pyodide.asm.mjs"].map((name) => this.load(`${files}${name}`)),
    );
    const print = (/** @type {string} */ line) => console.debug(line);
    const options = { indexURL: files, createPyodideModule, env: { HOME: "/" }, stdout: print, stderr: print };
    const python = await loadPyodide(options);
    python.FS.writeFile(PACKAGES, await packages);
    python.unpackArchive(await project, "zip", { extractDir: PROJECT });
    phase("Django");
    python.runPython(`import sys; sys.dont_write_bytecode = True; sys.path[:0] = ["${PROJECT}", "${PACKAGES}"]`);
    const { Worker } = python.pyimport("in_page.worker");
    const server = Worker(origin, navigator.userAgent, this.post);
    return { server, versions: server.versions(), waits: "Suspending" in WebAssembly };
  }
}
