/**
 * Loads the files of the server, and tells how far that has come. Pyodide loads its own parts itself, by `fetch`: so in
 * this worker, that one counts.
 */

/** @typedef {{loaded: number, total: number, what: string}} Progress Bytes, as they are once unpacked on the way. */

/**
 * @param {string} folder
 * @param {(progress: Progress) => void} tell
 * @returns {Promise<(name: string) => Promise<Uint8Array>>} What loads one file of the folder.
 */
export async function counted(folder, tell) {
  const plain = globalThis.fetch;
  const manifest = await load(plain, `${folder}manifest.json`);
  const { bytes: total } = await manifest.json();
  let loaded = 0;
  const counting = async (/** @type {RequestInfo | URL} */ request, /** @type {RequestInit | undefined} */ init) => {
    const address = request instanceof Request ? request.url : String(request);
    const response = await load(plain, request, init);
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
  return async (name) => new Uint8Array(await (await counting(`${folder}${name}`, undefined)).arrayBuffer());
}

/**
 * @param {typeof fetch} fetch
 * @param {RequestInfo | URL} request
 * @param {RequestInit} [init]
 */
async function load(fetch, request, init) {
  const response = await fetch(request, init);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response;
}
