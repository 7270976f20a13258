/**
 * The worker's half: loads CPython and the server, and carries the page's orders to it. Python's half is
 * in_page/worker.py; `python -m in_page.build` makes the files that are loaded.
 */

import { beginFrom, read, unpack } from "./image.js";
import { Files } from "./progress.js";

/** @import {Order, Start, Told} from "./messages.js" */

/** The shortest module there is: eight bytes that say so. */
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

const LIBRARY = "/lib/python314.zip";
const PACKAGES = "/packages.zip";
const PROJECT = "/project";

/** The memory image, as it is, where the server that sends it compresses it; and compressed, where it does not. */
const IMAGES = { plain: "image.wasm", packed: "image.gz" };
/** Pyodide loads Python's library before anything else. In an image it is there: so this is an archive of nothing. */
const NO_LIBRARY = "empty.zip";

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
    /** Loads what a start had no need of. */
    this.complete = async () => {};
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
      case "complete":
        return this.#complete(order.id);
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
      const { server, from } = await this.#boot(files, origin, id);
      this.server = server;
      this.post({ tell: "ready", id, versions: server.versions(), waits: "Suspending" in WebAssembly, from });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.post({ tell: "failed", id, message: message.trim() });
    }
  }

  /**
   * From now on, anything can be imported.
   * @param {number} id
   */
  async #complete(id) {
    try {
      await this.complete();
      this.complete = async () => {};
      this.post({ tell: "completed", id, failed: "" });
    } catch (error) {
      this.post({ tell: "completed", id, failed: /** @type {Error} */ (error).message });
    }
  }

  /**
   * @param {string} folder
   * @param {string} origin
   * @param {number} id
   * @returns {Promise<{server: Server, from: "image" | "compiled"}>}
   */
  async #boot(folder, origin, id) {
    const files = await Files.find(folder, (progress) => this.post({ tell: "progress", id, ...progress }));
    const { image, compiled } = files.manifest;
    if (image) {
      try {
        const other = files.areCompressed ? IMAGES.packed : IMAGES.plain;
        const expected = files.expect(image.filter((name) => name !== other));
        return await Promise.race([expected, this.#restore(files, origin)]);
      } catch (error) {
        console.debug(`Starting Python without its memory image: ${error}`);
      }
    }
    return Promise.race([files.expect(compiled), this.#compiled(files, origin)]);
  }

  /**
   * Begin from the memory image.
   * @param {Files} files
   * @param {string} origin
   */
  async #restore(files, origin) {
    const image = files.areCompressed ? files.get(IMAGES.plain).then(read) : files.get(IMAGES.packed).then(unpack);
    image.catch(() => {}); // whoever waits for it hears of it
    const sources = files.get("sources.json").then((response) => response.text());
    sources.catch(() => {});
    const { default: createModule } = await this.load(`${files.folder}pyodide.asm.mjs`);
    const library = { stdLibURL: `${files.folder}${NO_LIBRARY}` };
    const python = await this.#python(files, { ...library, ...beginFrom(image, createModule) });
    files.phase("Django");
    const thawed = python.pyimport("in_page.image");
    thawed.thaw(await sources, () => void this.complete().catch(() => {}));
    this.complete = async () => {
      const [standard, packages] = await Promise.all([files.bytes("python_stdlib.zip"), files.bytes("packages.zip")]);
      python.FS.writeFile(LIBRARY, standard);
      python.FS.writeFile(PACKAGES, packages);
      thawed.complete();
    };
    return { server: this.#serve(python, origin), from: /** @type {const} */ ("image") };
  }

  /**
   * Start Python, and import all of it: slower, and what there is where the image cannot be used.
   * @param {Files} files
   * @param {string} origin
   */
  async #compiled(files, origin) {
    const packages = files.bytes("packages.zip");
    const project = files.bytes("project.zip");
    const python = await this.#python(files, {});
    python.FS.writeFile(PACKAGES, await packages);
    python.unpackArchive(await project, "zip", { extractDir: PROJECT });
    files.phase("Django");
    python.runPython(`import sys; sys.dont_write_bytecode = True; sys.path[:0] = ["${PROJECT}", "${PACKAGES}"]`);
    return { server: this.#serve(python, origin), from: /** @type {const} */ ("compiled") };
  }

  /**
   * @param {any} python
   * @param {string} origin
   * @returns {Server}
   */
  #serve(python, origin) {
    return python.pyimport("in_page.worker").Worker(origin, navigator.userAgent, this.post);
  }

  /**
   * @param {Files} files
   * @param {object} settings
   */
  async #python(files, settings) {
    const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
      ["pyodide.mjs", "pyodide.asm.mjs"].map((name) => this.load(`${files.folder}${name}`)),
    );
    const print = (/** @type {string} */ line) => console.debug(line);
    const common = { indexURL: files.folder, createPyodideModule, env: { HOME: "/" }, stdout: print, stderr: print };
    return loadPyodide({ ...common, ...settings });
  }
}
