/**
 * A WebSocket as a page from elsewhere would open it. A page cannot choose its Origin, but a sandboxed
 * frame has none of its own: its handshake says `Origin: null` and carries no cookies.
 */

/** A file, and not in the frame's text: a Content-Security-Policy holds for that, too. */
const SCRIPT = new URL("./foreign-frame.js", import.meta.url);

/** The part of WebSocket's interface that a client here uses, kept by a socket in a sandboxed frame. */
export class ForeignWebSocket extends EventTarget {
  /**
   * @param {string} url
   * @param {string[]} subprotocols
   */
  constructor(url, subprotocols) {
    super();
    /** @type {number} */
    this.readyState = WebSocket.CONNECTING;
    this.protocol = "";
    this.bufferedAmount = 0;
    const channel = new MessageChannel();
    this.port = channel.port1;
    this.port.onmessage = ({ data }) => this.#relay(data);
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.hidden = true;
    this.frame.srcdoc = `<script src="${SCRIPT}"></script>`;
    this.frame.addEventListener("load", () => {
      this.frame.contentWindow?.postMessage({ url, subprotocols }, "*", [channel.port2]);
    });
    document.body.append(this.frame);
  }

  /** @param {{type: string, readyState: number, init: CloseEventInit & MessageEventInit}} told */
  #relay({ type, readyState, init }) {
    this.readyState = readyState;
    const Kind = { message: MessageEvent, close: CloseEvent }[type] ?? Event;
    this.dispatchEvent(new Kind(type, init));
    if (type === "close") this.frame.remove();
  }

  /** @param {string | Uint8Array} data */
  send(data) {
    this.port.postMessage(["send", data]);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  close(code, reason) {
    this.port.postMessage(["close", code, reason]);
  }
}
