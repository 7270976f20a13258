/**
 * Files of one folder for a worker that may fetch nothing itself: it names one, the page fetches it, and hands it over
 * part by part as it comes. Both ends.
 *
 * @typedef {{status: number, type: string} | {failed: string} | Uint8Array<ArrayBuffer> | null} Handed The head of the
 *   answer first, or why there is none; then its parts, and null at the end.
 */

/** A file of the folder, and of no other: the name comes out of the worker. */
const NAME = /^[\w-]+(\.[\w-]+)+$/;

/**
 * The page's end.
 * @param {URL} folder
 * @param {MessagePort} port Until it is closed.
 */
export function handOut(folder, port) {
  port.onmessage = ({ data, ports: [to] }) => {
    if (!to) return;
    const post = (/** @type {Handed} */ handed) =>
      to.postMessage(handed, handed instanceof Uint8Array ? [handed.buffer] : []);
    send(folder, data, post).catch((error) => post({ failed: String(error.message) }));
  };
}

/**
 * @param {URL} folder
 * @param {unknown} name
 * @param {(handed: Handed) => void} post
 */
async function send(folder, name, post) {
  if (typeof name !== "string" || !NAME.test(name)) throw new TypeError("there is no such file");
  const response = await fetch(new URL(name, folder));
  post({ status: response.status, type: response.headers.get("content-type") ?? "" });
  const reader = response.body?.getReader();
  for (let part; (part = await reader?.read()) && !part.done; ) post(part.value);
  post(null);
}

/**
 * The worker's end: what takes the place of `fetch` in there. Of an address, the last part names the file.
 * @param {MessagePort} port
 */
export function fetchHanded(port) {
  return (/** @type {RequestInfo | URL} */ request) => {
    const address = request instanceof Request ? request.url : String(request);
    return ask(port, address.slice(address.lastIndexOf("/") + 1));
  };
}

/**
 * @param {MessagePort} port
 * @param {string} name
 * @returns {Promise<Response>}
 */
function ask(port, name) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
    let controller;
    port1.onmessage = ({ data }) => {
      const handed = /** @type {Handed} */ (data);
      if (handed === null) {
        controller?.close();
        port1.close();
      } else if (handed instanceof Uint8Array) controller?.enqueue(handed);
      else if ("failed" in handed) {
        const error = new TypeError(`${name}: ${handed.failed}`);
        reject(error);
        controller?.error(error); // it broke off
        port1.close();
      } else {
        const body = new ReadableStream({ start: (made) => void (controller = made) });
        resolve(new Response(body, { status: handed.status, headers: { "content-type": handed.type } }));
      }
    };
    port.postMessage(name, [port2]);
  });
}
