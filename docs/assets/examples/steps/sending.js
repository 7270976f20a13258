/** @import {Step} from "../step-types.js" */
/** @import {Stage} from "../step-types.js" */

const vote = { kind: "vote", choice: "tea" };

/** @type {Step} */
export const json = (stage) => sendAtOpen(stage, JSON.stringify(vote));

// What is no text and no bytes is made text, as by String().
/** @type {Step} */
export const object = (stage) => sendAtOpen(stage, vote);

/** @type {(stage: Stage, data: any) => WebSocket} */
function sendAtOpen({ server, log }, data) {
  const socket = new WebSocket(`${server}/ws/echo/`);
  socket.addEventListener("open", () => socket.send(data));
  socket.addEventListener("message", (event) => log(`the echo: ${event.data}`));
  return socket;
}

/** @type {Step} */
export const early = ({ server }) => {
  const socket = new WebSocket(`${server}/ws/echo/`);
  socket.send("too early");
  return socket;
};

/** @type {Step} */
export const late = ({ server, log }) => {
  const socket = new WebSocket(`${server}/ws/echo/`);
  socket.addEventListener("open", () => socket.close(1000));
  socket.addEventListener("close", () => {
    log(`closed; bufferedAmount is ${socket.bufferedAmount}`);
    socket.send("too late");
    log("nothing was thrown, and nothing was sent");
    log(`bufferedAmount is ${socket.bufferedAmount}`);
  });
  return socket;
};
