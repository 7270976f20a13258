const vote = { kind: "vote", choice: "tea" };

export const json = (stage) => sendAtOpen(stage, JSON.stringify(vote));

// What is no text and no bytes is made text, as by String().
export const object = (stage) => sendAtOpen(stage, vote);

function sendAtOpen({ server, log }, data) {
  const socket = new WebSocket(`${server}/ws/echo/`);
  socket.addEventListener("open", () => socket.send(data));
  socket.addEventListener("message", (event) => log(`the echo: ${event.data}`));
  return socket;
}

export const early = ({ server }) => {
  const socket = new WebSocket(`${server}/ws/echo/`);
  socket.send("too early");
  return socket;
};

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
