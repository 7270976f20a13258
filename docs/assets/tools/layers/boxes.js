/** The picture of `<tool-layers>`: each layer a box around the next, the consumer in the middle. */

import { build } from "../../live/kit/dom.js";

/** @import {RaisedObserved} from "../../live/notation/contract.js" */

/**
 * @typedef {object} Seen What came of a connection; nothing before one was tried.
 * @property {string[]} [added] The keys that the consumer found in its scope.
 * @property {string} [user]
 * @property {number} [code] With which the connection ended, if it did not go well.
 * @property {RaisedObserved} [exception] What was raised on the server.
 */

export const LAYERS = new Map([
  ["cookie", { name: "CookieMiddleware", adds: "cookies" }],
  ["session", { name: "SessionMiddleware", adds: "session" }],
  ["auth", { name: "AuthMiddleware", adds: "user" }],
]);

/**
 * @param {string[]} names Of the layers, the outermost first.
 * @param {Seen} seen
 */
export function drawn(names, seen) {
  const inner = build("div", { className: "layers-box layers-consumer" }, line("your consumer", ofConsumer(seen)));
  return names.reduceRight((inside, name) => {
    const { name: full, adds } = LAYERS.get(name) ?? { name, adds: "" };
    const how = ofLayer(full, adds, names, seen);
    return build(
      "div",
      { className: "layers-box", dataset: { how: how === "raises" ? "raises" : "" } },
      line(full, how),
      inside,
    );
  }, inner);
}

/**
 * @param {string} name
 * @param {string} how
 */
function line(name, how) {
  return build("p", { className: "layers-line" }, build("code", {}, name), " ", build("span", {}, how));
}

/** @param {Seen} seen */
function ofConsumer({ added, user, code, exception }) {
  if (!added) return code ? "is not reached" : "";
  const got = added.length ? `gets ${added.join(", ")}` : "gets none of the three";
  return user === undefined && exception ? `${got}; raises` : got;
}

/**
 * @param {string} name
 * @param {string} adds
 * @param {string[]} names
 * @param {Seen} seen
 */
function ofLayer(name, adds, names, { added, code, exception }) {
  if (added) return `puts ${adds} there`;
  if (!code || !exception) return "";
  const speaker = names.findIndex((key) => speaks(LAYERS.get(key)?.name ?? "", exception.text));
  const at = names.findIndex((key) => LAYERS.get(key)?.name === name);
  return at === speaker ? "raises" : at < speaker ? `puts ${adds} there` : "is not reached";
}

/**
 * Whether an exception's message is this layer's: both name the layer that misses something.
 * @param {string} name
 * @param {string} text
 */
function speaks(name, text) {
  return text.startsWith(name) || text.includes(`${name} needs`);
}
