/**
 * A WebSocket to the server here. It does what a browser's own does: the same states, events, exceptions and order
 * (WHATWG, WebSockets). What crosses does so in the worker.
 */

/** @import {Order, Told} from "./messages.js" */

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

const REASON_BYTES = 123;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const encoder = new TextEncoder();

export class HereSocket extends EventTarget {
  static CONNECTING = CONNECTING;
  static OPEN = OPEN;
  static CLOSING = CLOSING;
  static CLOSED = CLOSED;
  CONNECTING = CONNECTING;
  OPEN = OPEN;
  CLOSING = CLOSING;
  CLOSED = CLOSED;

  #opened = false;
  /** @type {Promise<void> | undefined} While a Blob is read. */
  #reading = undefined;
  /** @type {number} */
  readyState = CONNECTING;
  protocol = "";
  /** None is negotiated here. */
  extensions = "";
  bufferedAmount = 0;
  /** @type {BinaryType} */
  binaryType = "blob";
  /** @type {((event: Event) => void) | null} */
  onopen = null;
  /** @type {((event: MessageEvent) => void) | null} */
  onmessage = null;
  /** @type {((event: Event) => void) | null} */
  onerror = null;
  /** @type {((event: CloseEvent) => void) | null} */
  onclose = null;

  /**
   * @param {string | URL} url
   * @param {string | string[]} protocols
   * @param {string} origin
   * @param {number} id
   * @param {(order: Order) => void} post
   */
  constructor(url, protocols, origin, id, post) {
    super();
    const names = [protocols].flat();
    this.url = address(url);
    const wrong = names.find((name, at) => !TOKEN.test(name) || names.indexOf(name) !== at);
    if (wrong !== undefined) throw new DOMException(`The subprotocol '${wrong}' is invalid.`, "SyntaxError");
    this.id = id;
    this.post = post;
    this.addEventListener("open", (event) => this.onopen?.(event));
    this.addEventListener("message", (event) => this.onmessage?.(/** @type {MessageEvent} */ (event)));
    this.addEventListener("error", (event) => this.onerror?.(event));
    this.addEventListener("close", (event) => this.onclose?.(/** @type {CloseEvent} */ (event)));
    post({ do: "open", id, url: this.url, protocols: names, origin });
  }

  /** @param {string | ArrayBuffer | ArrayBufferView | Blob} data */
  send(data) {
    if (this.readyState === CONNECTING) {
      throw new DOMException(
        "Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.",
        "InvalidStateError",
      );
    }
    const sent =
      data instanceof Blob ? data : typeof data === "string" ? wellFormed(data) : (ofBytes(data) ?? String(data));
    // What is sent too late is counted, and lost.
    if (this.readyState !== OPEN) this.bufferedAmount += sizeOf(sent);
    else if (sent instanceof Blob || this.#reading) this.#queue(sent);
    else this.post({ do: "send", id: this.id, data: sent });
  }

  /**
   * A Blob has to be read first; what is sent after it waits for that.
   * @param {string | Uint8Array | Blob} sent
   */
  #queue(sent) {
    const size = sizeOf(sent);
    this.bufferedAmount += size;
    this.#inTurn(async () => {
      const data = sent instanceof Blob ? new Uint8Array(await sent.arrayBuffer()) : sent;
      this.bufferedAmount -= size;
      this.post({ do: "send", id: this.id, data });
    });
  }

  /** @param {() => Promise<void>} act */
  #inTurn(act) {
    const turn = (this.#reading ?? Promise.resolve()).then(act).finally(() => {
      if (this.#reading === turn) this.#reading = undefined;
    });
    this.#reading = turn;
  }

  /**
   * @param {number} [code]
   * @param {string} [reason]
   */
  close(code, reason = "") {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      const words = `The close code must be either 1000, or between 3000 and 4999. ${code} is neither.`;
      throw new DOMException(`Failed to execute 'close' on 'WebSocket': ${words}`, "InvalidAccessError");
    }
    if (encoder.encode(reason).length > REASON_BYTES) {
      const words = `The close reason must not be greater than ${REASON_BYTES} UTF-8 bytes.`;
      throw new DOMException(`Failed to execute 'close' on 'WebSocket': ${words}`, "SyntaxError");
    }
    if (this.readyState >= CLOSING) return;
    this.readyState = CLOSING;
    const close = () =>
      this.post({ do: "close", id: this.id, code: code === undefined && reason ? 1000 : code, reason });
    if (this.#reading) this.#inTurn(async () => close());
    else close();
  }

  /**
   * What the worker tells of this socket.
   * @param {Told} told
   */
  hear(told) {
    if (told.tell === "opened" && this.readyState === CONNECTING) {
      this.#opened = true;
      this.readyState = OPEN;
      this.protocol = told.protocol;
      this.dispatchEvent(new Event("open"));
    } else if (told.tell === "message" && this.readyState === OPEN) {
      const { data } = told;
      const shown = typeof data === "string" ? data : this.binaryType === "blob" ? new Blob([data]) : data.buffer;
      this.dispatchEvent(new MessageEvent("message", { data: shown, origin: new URL(this.url).origin }));
    } else if (told.tell === "closed") {
      this.end(told.code, told.reason, told.wasClean);
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   * @param {boolean} wasClean
   */
  end(code, reason, wasClean) {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    if (!this.#opened) this.dispatchEvent(new Event("error"));
    this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
  }
}

/**
 * A WebSocket's address, made whole as browsers make it.
 * @param {string | URL} url
 */
function address(url) {
  let whole;
  try {
    whole = new URL(url, globalThis.location?.href);
  } catch {
    throw new DOMException(`The URL '${url}' is invalid.`, "SyntaxError");
  }
  whole.protocol = whole.protocol.replace("http", "ws");
  if (!/^wss?:$/.test(whole.protocol) || whole.hash)
    throw new DOMException(`The URL '${url}' is invalid.`, "SyntaxError");
  return whole.href;
}

/**
 * Half a surrogate pair is sent as U+FFFD (Web IDL, USVString).
 * @param {string} text
 */
function wellFormed(text) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(encoder.encode(text));
}

/**
 * @param {unknown} data
 * @returns {Uint8Array<ArrayBuffer> | undefined} A copy; undefined if these are no bytes.
 */
function ofBytes(data) {
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  if (ArrayBuffer.isView(data)) return new Uint8Array(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return undefined;
}

/** @param {string | Uint8Array | Blob} data */
function sizeOf(data) {
  if (data instanceof Blob) return data.size;
  return typeof data === "string" ? encoder.encode(data).length : data.length;
}
