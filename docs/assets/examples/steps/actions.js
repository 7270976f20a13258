export const connect = (stage) => {
  const { server, form, log } = stage;
  const socket = new WebSocket(`${server}/ws/vote/`);
  const [fieldset] = form.getElementsByTagName("fieldset");
  socket.addEventListener("open", () => (fieldset.disabled = false));
  socket.addEventListener("close", () => (fieldset.disabled = true));
  socket.addEventListener("message", ({ data }) => log(`the server: ${data}`));
  listen(stage, socket);
  return socket;
};

function listen({ form, signal }, socket) {
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault(); // else the browser leaves this page and its socket
      const choice = new FormData(form, event.submitter).get("choice");
      socket.send(JSON.stringify({ kind: "vote", choice }));
    },
    { signal },
  );
}

// The listener is added a second time, as it is if you add it at every reconnect.
export const twice = (stage) => {
  const socket = connect(stage);
  listen(stage, socket);
  return socket;
};

// What the form does not offer, a line in the console sends all the same.
export const forged = (stage) => {
  const socket = connect(stage);
  socket.addEventListener("open", () => {
    socket.send(JSON.stringify({ kind: "vote", choice: "cocoa" }));
  });
  return socket;
};
