// As the page came, so goes the socket.
export const derived = ({ host, log }) => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return open(`${scheme}://${host}/ws/echo/`, log);
};

// Resolved against the page's own address, wherever the server is.
export const relative = ({ log }) => open("/ws/echo/", log);

export const http = ({ host, log }) => open(`http://${host}/ws/echo/`, log);

export const ws = ({ host, log }) => open(`ws://${host}/ws/echo/`, log);

export const wss = ({ host, log }) => open(`wss://${host}/ws/echo/`, log);

export const fragment = ({ host, log }) => open(`ws://${host}/ws/echo/#top`, log);

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
