/**
 * Loads the files of the server, and tells how far that has come. Pyodide loads its own parts itself, by `fetch`: so in
 * this worker, that one counts.
 */

/** @typedef {{loaded: number, total: number, what: string}} Progress Bytes, as they are once unpacked on the way. */

/**
 * What there is to load; and what of it a start needs from a memory image, and without one.
 * @typedef {{files: {name: string, bytes: number}[], compiled: string[], image?: string[]}} Manifest
 */

/** The files of one build, in a folder of its own: none is ever taken for that of another. */
export class Files {
  /**
   * @param {string} folder
   * @param {Manifest} manifest
   * @param {boolean} areCompressed By the server, on their way.
   * @param {(progress: Progress) => void} tell
   */
  constructor(folder, manifest, areCompressed, tell) {
    this.folder = folder;
    this.manifest = manifest;
    this.areCompressed = areCompressed;
    this.tell = tell;
    this.loaded = 0;
    this.total = 0;
    /** @type {(error: unknown) => void} */
    this.fail = () => {};
    this.plain = globalThis.fetch.bind(globalThis);
    globalThis.fetch = (request, init) => this.#counting(request, init);
  }

  /**
   * @param {string} folder
   * @param {(progress: Progress) => void} tell
   */
  static async find(folder, tell) {
    const manifest = `${folder}manifest.json`;
    const response = answered(manifest, await fetch(manifest));
    return new Files(folder, await response.json(), response.headers.has("content-encoding"), tell);
  }

  /**
   * Count from here, for a start that needs these files.
   * @param {string[]} names
   * @returns {Promise<never>} Rejected when any file has failed to come, of which Pyodide itself says nothing.
   */
  expect(names) {
    const counted = this.manifest.files.filter(({ name }) => names.includes(name) && !isModule(name));
    this.loaded = 0;
    this.total = counted.reduce((sum, { bytes }) => sum + bytes, 0);
    /** @type {Promise<never>} */
    const failed = new Promise((_, reject) => (this.fail = reject));
    failed.catch(() => {}); // whoever waits for it hears of it
    return failed;
  }

  /** @param {string} what Begins now; nothing of it is loaded. */
  phase(what) {
    this.tell({ loaded: this.loaded, total: this.total, what });
  }

  /** @param {string} name */
  get(name) {
    return this.#counting(`${this.folder}${name}`);
  }

  /** @param {string} name */
  async bytes(name) {
    return new Uint8Array(await (await this.get(name)).arrayBuffer());
  }

  /**
   * @param {RequestInfo | URL} request
   * @param {RequestInit} [init]
   */
  async #counting(request, init) {
    const { fail } = this;
    const address = request instanceof Request ? request.url : String(request);
    const response = await this.plain(request, init)
      .then((came) => answered(address, came))
      .catch((error) => {
        fail(error);
        throw error;
      });
    if (!address.startsWith(this.folder) || isModule(address) || !response.body) return response;
    const what = address.slice(this.folder.length);
    const count = new TransformStream({
      transform: (chunk, controller) => {
        if (fail === this.fail) this.loaded += chunk.byteLength; // and not for a start that was given up
        this.phase(what);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(count), response);
  }
}

/**
 * Where modules are imported, how far they have come nobody is told: so they are counted nowhere.
 * @param {string} name
 */
const isModule = (name) => name.endsWith(".mjs");

/**
 * @param {string} address What was handed over has none of its own.
 * @param {Response} response
 */
function answered(address, response) {
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}
