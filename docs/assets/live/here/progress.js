/**
 * Loads the files of the server, and tells how far that has come. Pyodide loads its own parts itself, by `fetch`: so in
 * this worker, that one counts.
 */

/** @typedef {{loaded: number, total: number, what: string}} Progress Bytes, as they are once unpacked on the way. */

/**
 * @param {string} folder
 * @param {(progress: Progress) => void} tell
 * @returns {Promise<{get: (name: string) => Promise<Uint8Array>, failed: Promise<never>}>} What loads one file of the
 *   folder; and what is rejected when any has failed to come, of which Pyodide itself says nothing.
 */
export async function counted(folder, tell) {
  const plain = globalThis.fetch;
  const manifest = await load(plain, `${folder}manifest.json`);
  const { files } = /** @type {{files: {name: string, bytes: number}[]}} */ (await manifest.json());
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  /** @type {(error: unknown) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => (fail = reject));
  failed.catch(() => {}); // whoever waits for it hears of it
  const counting = async (/** @type {RequestInfo | URL} */ request, /** @type {RequestInit | undefined} */ init) => {
    const address = addressOf(request);
    const response = await load(plain, request, init).catch((error) => {
      fail(error);
      throw error;
    });
    if (!address.startsWith(folder) || !response.body) return response;
    const what = address.slice(folder.length);
    const count = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        tell({ loaded, total, what });
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(count), response);
  };
  globalThis.fetch = counting;
  const get = async (/** @type {string} */ name) =>
    new Uint8Array(await (await counting(`${folder}${name}`, undefined)).arrayBuffer());
  return { get, failed };
}

/**
 * @param {typeof globalThis.fetch} ask
 * @param {RequestInfo | URL} request
 * @param {RequestInit} [init]
 */
async function load(ask, request, init) {
  const response = await ask(request, init);
  if (!response.ok) throw new Error(`${addressOf(request)} answered ${response.status}`);
  return response;
}

/** @param {RequestInfo | URL} request */
function addressOf(request) {
  return request instanceof Request ? request.url : String(request);
}
