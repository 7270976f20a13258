/** @import {Step} from "../step-types.js" */
/** @import {Stage} from "../step-types.js" */

/** @type {Map<string, (message: any, stage: Stage) => void>} */
const handlers = new Map([
  ["tally", showTally],
  ["remark", ({ text }, { output }) => (output.textContent = text)],
  ["error", ({ error }, { log }) => log(`the server wants: ${error}`)],
]);

/** @type {(message: any, stage: Stage) => void} */
function showTally({ votes }, { output }) {
  output.textContent = `tea ${votes.tea}, coffee ${votes.coffee}`;
}

/** @type {(stage: Stage, question: object) => WebSocket} */
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

/** @type {Step} */
export const vote = (stage) => ask(stage, { kind: "vote", choice: "tea" });

/** @type {Step} */
export const markup = (stage) => ask(stage, { kind: "remark", text: "<img src=x onerror=alert(1)>" });

// The server is newer than the page: it says what the page has no name for.
/** @type {Step} */
export const unknown = (stage) => ask(stage, { kind: "surprise" });

/** @type {Step} */
export const mistake = (stage) => ask(stage, { kind: "vote", choice: "cocoa" });
