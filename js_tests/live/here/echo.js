/** The first thing to try: an echo, by the real application. */

import { here, next, ORIGIN } from "./here.js";

const began = performance.now();
const server = here();
server.addEventListener(
  "progress",
  (event) => process.env.VERBOSE && console.error(/** @type {CustomEvent} */ (event).detail),
);
server.addEventListener("raised", (event) => console.error(/** @type {CustomEvent} */ (event).detail.traceback));
const ready = await server.start();
console.log(ready, Math.round(performance.now() - began), "ms");
const socket = server.open(`${ORIGIN.replace("http", "ws")}/ws/echo/`);
socket.binaryType = "arraybuffer";
console.log((await next(socket, "open", "close")).type, Math.round(performance.now() - began), "ms");
socket.send("hello");
console.log((await next(socket, "message", "close")).data, Math.round(performance.now() - began), "ms");
socket.close(1000, "bye");
const { code, reason, wasClean } = await next(socket, "close");
console.log(code, reason, wasClean);
console.log(await (await server.fetch("/")).text());
process.exit(0);
