/** ASGI's scope and events as Python prints them, the handler that ran, and the exception that left it. */

import { build, facts } from "../kit/dom.js";
import { never } from "../kit/never.js";

/** @import {AsgiEventObserved, Handler, HandlerEnd, RaisedObserved, Scope} from "../notation/contract.js" */

const KEY = /^[{ ]'(\w+)':/;

/** @param {AsgiEventObserved | RaisedObserved | Handler | HandlerEnd | Scope} observed */
export function render(observed) {
  switch (observed.type) {
    case "scope":
      return build("div", {}, build("p", {}, ...layer(observed)), printed(marked(observed)));
    case "event":
      return printed([observed.python]);
    case "exception":
      return facts([
        ["exception", observed.name],
        ["message", observed.text],
        ["where", observed.where],
      ]);
    case "handler":
      return facts([
        ["handler", observed.handler],
        ["began", "called by Channels' dispatch, for the event before it"],
      ]);
    case "handler.end":
      return facts([
        ["handler", observed.handler],
        ["took", `${observed.took.toFixed(3)} ms`],
      ]);
    default:
      return never(observed);
  }
}

/** @param {Scope} scope */
function layer({ layer, added }) {
  if (layer === "server") return ["What the server knows once it has read the handshake."];
  const keys = added.flatMap((key) => [build("mark", {}, key), " "]);
  return ["The same scope where the consumer gets it. The layers between have put there: ", ...keys];
}

/**
 * The scope's text, with the keys that were added on the way marked, values included.
 * @param {Scope} scope
 */
function marked({ python, added }) {
  let isAdded = false;
  return python.split("\n").flatMap((line) => {
    const key = KEY.exec(line)?.[1];
    if (key) isAdded = added.includes(key);
    return [isAdded ? build("mark", {}, line) : line, "\n"];
  });
}

/** @param {(Node | string)[]} text */
function printed(text) {
  return build("pre", {}, ...text);
}
