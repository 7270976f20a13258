/**
 * HTTP, as a page knows it, with the server in the worker: one request and its answer, which comes part by part; and where an
 * answer leads elsewhere, the next (Fetch, 4.4).
 */

/** @import {Fetch, Order, Told} from "./messages.js" */

/**
 * The worker, as an exchange knows it: what is sent to it, and who waits for its word.
 * @typedef {object} Worker
 * @property {(order: Order) => void} post
 * @property {Map<number, {hear: (told: Told) => void, lost: (why: Error) => void}>} waiting
 * @property {() => number} next A number that nothing else has.
 */

/** Answers that lead elsewhere, those among them after which the same is asked again, and how often that may be. */
const REDIRECTING = new Set([301, 302, 303, 307, 308]);
const SAME_AGAIN = new Set([307, 308]);
const REDIRECTS = 20;

/** Statuses whose response has no body (Fetch, null body status). */
const BODILESS = new Set([204, 205, 304]);

/**
 * @param {Worker} worker
 * @param {URL} address
 * @param {RequestInit} init
 * @returns {Promise<Response>}
 */
export async function fetchFrom(worker, address, init) {
  const signal = init.signal ?? undefined;
  const mode = init.redirect ?? "follow";
  let request = new Request(address, { ...init, signal: null });
  for (let left = REDIRECTS; left >= 0; left -= 1) {
    const { method, url } = request;
    const headers = /** @type {[string, string][]} */ (Array.from(request.headers));
    const body = new Uint8Array(await request.arrayBuffer());
    signal?.throwIfAborted();
    const response = await exchange(worker, { do: "fetch", id: worker.next(), method, url, headers, body }, signal);
    const to = REDIRECTING.has(response.status) && response.headers.get("location");
    if (!to || mode === "manual") return response;
    if (mode === "error") break;
    void response.body?.cancel();
    const again = SAME_AGAIN.has(response.status) && method !== "GET" ? { method, headers, body } : { headers };
    request = new Request(new URL(to, url), again);
  }
  throw new TypeError("Failed to fetch: the answer leads elsewhere");
}

/**
 * @param {Worker} worker
 * @param {Fetch} order
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>} Once it has begun; its body goes on coming.
 */
function exchange({ post, waiting }, order, signal) {
  const { id } = order;
  return new Promise((resolve, reject) => {
    /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
    let body;
    const rest = () => {
      waiting.delete(id);
      signal?.removeEventListener("abort", abort);
    };
    const end = (/** @type {Error} */ why) => {
      rest();
      reject(why);
      body?.error(why);
    };
    const abort = () => {
      post({ do: "abort", id });
      end(signal?.reason);
    };
    const hear = (/** @type {Told} */ told) => {
      if (told.tell === "response") {
        const stream = new ReadableStream({
          start: (controller) => void (body = controller),
          cancel: () => {
            rest();
            post({ do: "abort", id });
          },
        });
        const { status, headers } = told;
        resolve(new Response(BODILESS.has(status) ? null : stream, { status, headers }));
      } else if (told.tell === "part") body?.enqueue(told.data);
      else if (told.tell === "finished" && told.whole) {
        rest();
        body?.close();
      } else if (told.tell === "finished") end(new TypeError("Failed to fetch: the answer broke off"));
    };
    signal?.addEventListener("abort", abort, { once: true });
    waiting.set(id, { hear, lost: (why) => end(new TypeError(why.message)) });
    post(order);
  });
}
