export const echo = ({ server, log }) => listen(`${server}/ws/echo/`, log);

export const refused = ({ server, log }) => listen(`${server}/ws/life/refuse/`, log);

function listen(url, log) {
  const socket = new WebSocket(url);
  socket.addEventListener("open", () => {
    log("open");
    socket.send("hello");
  });
  socket.addEventListener("message", ({ data }) => {
    log(`message: ${data}`);
    socket.close(1000, "done");
  });
  socket.addEventListener("error", () => log("error, which says nothing more"));
  socket.addEventListener("close", ({ code, reason, wasClean }) => {
    log(`close: code ${code}, reason "${reason}", wasClean ${wasClean}`);
  });
  return socket;
}

export const assigned = ({ server, log }) => {
  const socket = new WebSocket(`${server}/ws/echo/`);
  socket.onopen = () => socket.send("hello");
  socket.onmessage = () => log("the first onmessage"); // the next line replaces it
  socket.onmessage = () => {
    log("the second onmessage");
    socket.close(1000);
  };
  return socket;
};
