/**
 * Three ways to hear of the same news, each of which counts what it costs: requests, answers with nothing in them, bytes.
 * What is counted are bodies and messages. Heads and frames come on top, and a page is not told how long they are.
 */

import { server } from "../../live/places/server.js";
import { EventStream } from "./event-stream.js";

/** @typedef {{id: string, text: string}} Item */

const BYTES = new TextEncoder();

/** @abstract */
export class Way {
  requests = 0;
  empty = 0;
  bytes = 0;
  /** The last item that has come. */
  last = "";

  /**
   * @param {string} name
   * @param {(item: Item) => void} hear
   * @param {(line: string) => void} log What went to the server, or came, as it was.
   */
  constructor(name, hear, log) {
    this.name = name;
    this.hear = hear;
    this.log = log;
  }

  /**
   * Hear what comes after an item, until the signal ends that.
   * @param {string} last
   * @param {AbortSignal} signal
   * @returns {{ready: Promise<void>, over: Promise<void>}} `over` rejects if it breaks.
   */
  open(last, signal) {
    this.requests = this.empty = this.bytes = 0;
    this.last = last;
    /** @type {Promise<void> | undefined} */
    let over;
    /** @type {Promise<void>} */
    const ready = new Promise((isReady) => (over = this.run(signal, isReady)));
    return { ready, over: /** @type {Promise<void>} */ (/** @type {unknown} */ (over)) };
  }

  /**
   * @param {AbortSignal} _signal
   * @param {() => void} _isReady
   * @returns {Promise<void>}
   */
  run(_signal, _isReady) {
    throw new Error(`${this.name} does not run`);
  }

  /** @param {Item} item */
  take(item) {
    this.last = item.id;
    this.hear(item);
  }

  /** @param {string} path */
  asked(path) {
    this.requests += 1;
    this.log(`→ GET ${path}`);
  }

  /** @param {string} text */
  came(text) {
    this.bytes += BYTES.encode(text).length;
    for (const line of text.split("\n")) if (line) this.log(`← ${line}`);
  }
}

export class Polling extends Way {
  everyMs = 2000;

  /**
   * @param {AbortSignal} signal
   * @param {() => void} isReady
   */
  async run(signal, isReady) {
    while (!signal.aborted) {
      const path = `/news/?after=${this.last}`;
      this.asked(path);
      const text = await answer(await server.fetch(path, { signal })).text();
      /** @type {{news: Item[]}} */
      const { news } = JSON.parse(text);
      if (news.length === 0) this.empty += 1;
      this.came(text);
      for (const item of news) this.take(item);
      isReady();
      await pause(this.everyMs, signal);
    }
  }
}

export class Streaming extends Way {
  /**
   * Ask, read, and come back when it has ended, as EventSource does.
   * @param {AbortSignal} signal
   * @param {() => void} isReady
   */
  async run(signal, isReady) {
    const stream = new EventStream();
    while (!signal.aborted) {
      const path = `/news/stream/?after=${this.last}`;
      this.asked(path);
      const body = answer(await server.fetch(path, { signal })).body;
      const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
      const decoder = new TextDecoder();
      stream.rest = "";
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const text = decoder.decode(read.value, { stream: true });
        this.came(text);
        for (const { type, data } of stream.push(text)) if (type === "message") this.take(JSON.parse(data));
        isReady();
      }
      this.log("the stream has ended, and is asked for again");
      await pause(stream.retryMs, signal);
    }
  }
}

export class Socket extends Way {
  /**
   * @param {AbortSignal} signal
   * @param {() => void} isReady
   */
  run(signal, isReady) {
    const path = "/ws/news/";
    this.asked(path);
    const socket = server.open(server.webSocketUrl(path));
    signal.addEventListener("abort", () => socket.close(), { once: true });
    socket.addEventListener("open", isReady, { signal });
    socket.addEventListener(
      "message",
      ({ data }) => {
        this.came(data);
        this.take(JSON.parse(data));
      },
      { signal },
    );
    return new Promise((_resolve, reject) => {
      socket.addEventListener("close", ({ code }) => reject(new Error(`closed with ${code}`)));
    });
  }
}

/** @param {Response} response */
function answer(response) {
  if (response.status !== 200) throw new Error(`the server answered ${response.status}`);
  return response;
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve(undefined);
      },
      { once: true },
    );
  });
}
