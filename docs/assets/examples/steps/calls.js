const CALLS = {
  'send("hello")': (socket) => socket.send("hello"),
  "close()": (socket) => socket.close(),
  'close(4000, "done")': (socket) => socket.close(4000, "done"),
  "close(1001)": (socket) => socket.close(1001),
  'close(1000, "é".repeat(62))': (socket) => socket.close(1000, "é".repeat(62)), // 124 bytes
  'binaryType = "arraybuffer"': (socket) => void (socket.binaryType = "arraybuffer"),
};

export const connecting = (stage) => callEach(stage, (_, act) => act());

export const open = (stage) => callEach(stage, (socket, act) => socket.addEventListener("open", act));

export const closing = (stage) =>
  callEach(stage, (socket, act) => {
    socket.addEventListener("open", () => {
      socket.close();
      act();
    });
  });

export const closed = (stage) =>
  callEach(stage, (socket, act) => {
    socket.addEventListener("open", () => socket.close());
    socket.addEventListener("close", act);
  });

// Each call has a socket of its own. What came of them is told once all have been made.
function callEach({ server, log }, reach) {
  const names = Object.keys(CALLS);
  const outcomes = {};
  const sockets = names.map((name) => {
    const socket = new WebSocket(`${server}/ws/echo/`);
    const told = (outcome) => {
      outcomes[name] = outcome;
      if (Object.keys(outcomes).length === names.length) for (const each of names) log(`${each}: ${outcomes[each]}`);
      if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", () => socket.close());
      else socket.close();
    };
    reach(socket, () => call(socket, CALLS[name], told));
    return socket;
  });
  return sockets[0];
}

function call(socket, make, told) {
  const { readyState, bufferedAmount } = socket;
  try {
    make(socket);
  } catch (error) {
    told(`throws ${Object(error).name}`);
    return;
  }
  const more = socket.bufferedAmount - bufferedAmount;
  if (socket.readyState !== readyState) told(`readyState becomes ${socket.readyState}`);
  else if (more === 0) told("nothing happens");
  else if (readyState === WebSocket.OPEN) socket.addEventListener("message", () => told("the echo comes"));
  else told(`bufferedAmount grows by ${more}`);
}
