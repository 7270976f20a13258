const NAMES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];

export const states = ({ server, log }) => {
  const socket = new WebSocket(`${server}/ws/echo/`);
  const tell = (when) => log(`${when}: ${socket.readyState} ${NAMES[socket.readyState]}`);
  tell("after new WebSocket()");
  socket.addEventListener("open", () => {
    tell("at open");
    socket.close(1000);
    tell("after close()");
  });
  socket.addEventListener("close", () => tell("at close"));
  return socket;
};

// The second argument offers subprotocols. A token is none: it has a space in it.
export const token = ({ server }) => new WebSocket(`${server}/ws/echo/`, "Bearer abc");
