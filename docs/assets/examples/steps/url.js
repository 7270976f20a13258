/** @import {Step} from "../step-types.js" */

// As the page came, so goes the socket.
/** @type {Step} */
export const derived = ({ host, log }) => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return open(`${scheme}://${host}/ws/echo/`, log);
};

// Resolved against the page's own address, wherever the server is.
/** @type {Step} */
export const relative = ({ log }) => open("/ws/echo/", log);

/** @type {Step} */
export const http = ({ host, log }) => open(`http://${host}/ws/echo/`, log);

/** @type {Step} */
export const ws = ({ host, log }) => open(`ws://${host}/ws/echo/`, log);

/** @type {Step} */
export const wss = ({ host, log }) => open(`wss://${host}/ws/echo/`, log);

/** @type {Step} */
export const fragment = ({ host, log }) => open(`ws://${host}/ws/echo/#top`, log);

/** @type {(url: string, log: (line: string) => void) => WebSocket} */
function open(url, log) {
  log(`new WebSocket("${url}")`);
  const socket = new WebSocket(url);
  log(`socket.url is ${socket.url}`);
  socket.addEventListener("open", () => {
    log("it opened");
    socket.close(1000);
  });
  socket.addEventListener("close", ({ code }) => log(`close ${code}`));
  setTimeout(() => {
    if (socket.readyState !== WebSocket.CONNECTING) return;
    log("nobody answered for five seconds: close()");
    socket.close();
  }, 5000);
  return socket;
}
