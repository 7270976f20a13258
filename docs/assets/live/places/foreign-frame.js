// The inside of the frame of foreign-origin.js: it opens a WebSocket, and says what happens to it. A classic script, since a
// page whose origin is null may load no module of this site.

addEventListener(
  "message",
  ({ data: { url, subprotocols }, ports: [port] }) => {
    const socket = new WebSocket(url, subprotocols);
    for (const type of ["open", "message", "error", "close"]) {
      socket.addEventListener(type, (/** @type {any} */ { data, code, reason, wasClean }) =>
        port.postMessage({ type, readyState: socket.readyState, init: { data, code, reason, wasClean } }),
      );
    }
    port.onmessage = ({ data: [method, ...args] }) => /** @type {any} */ (socket)[method](...args);
  },
  { once: true },
);
