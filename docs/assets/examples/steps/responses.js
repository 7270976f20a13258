const handlers = new Map([
  ["tally", showTally],
  ["remark", (message, stage) => (stage.output.textContent = message.text)],
  ["error", (message, stage) => stage.log(`the server wants: ${message.error}`)],
]);

function showTally(message, stage) {
  const { tea, coffee } = message.votes;
  stage.output.textContent = `tea ${tea}, coffee ${coffee}`;
}

function ask(stage, question) {
  const socket = new WebSocket(`${stage.server}/ws/vote/`);
  socket.addEventListener("open", () => socket.send(JSON.stringify(question)));
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    const handle = handlers.get(message.kind);
    if (handle) handle(message, stage);
    else stage.log(`no handler for kind "${message.kind}": passed over`);
  });
  return socket;
}

export const vote = (stage) => ask(stage, { kind: "vote", choice: "tea" });

export const markup = (stage) => ask(stage, { kind: "remark", text: "<img src=x onerror=alert(1)>" });

// The server is newer than the page: it says what the page has no name for.
export const unknown = (stage) => ask(stage, { kind: "surprise" });

export const mistake = (stage) => ask(stage, { kind: "vote", choice: "cocoa" });
