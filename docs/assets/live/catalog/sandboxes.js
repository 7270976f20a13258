/** Which of the server's sandboxes a conversation talks to: what its paths lead to. */

/** @import {Step} from "../notation/contract.js" */
/** @import {Catalog, Route} from "./catalog.js" */

/**
 * @param {Step[]} steps
 * @param {Catalog} catalog
 * @returns {string[]} Paths of modules, each once.
 */
export function sandboxesOf(steps, { routes }) {
  const found = steps.flatMap((step) => {
    if (step.do !== "connect" && step.do !== "request") return [];
    return moduleAt(step.path, step.do === "connect" ? "websocket" : "http", routes) ?? [];
  });
  return Array.from(new Set(found));
}

/**
 * What a path leads to; or, where it is wrong on purpose, what it was meant for: it leads there over the other protocol,
 * or begins as a route does.
 * @param {string} path
 * @param {Route["protocol"]} protocol
 * @param {Route[]} routes
 */
function moduleAt(path, protocol, routes) {
  const asked = decoded(path.replace(/^\//, "").replace(/\?.*/s, ""));
  const matching = routes.filter(({ pattern }) => new RegExp(pattern, "u").test(asked));
  const found = matching.find((route) => route.protocol === protocol) ?? matching[0];
  return (found ?? routes.find(({ pattern }) => beginsAs(asked, pattern)))?.module;
}

/**
 * Whether the first parts of a path are those of a route: both where there are two, since all consumers share `ws/`.
 * @param {string} asked
 * @param {string} pattern
 */
function beginsAs(asked, pattern) {
  const literal = /^\^?([\w/-]*)/.exec(pattern)?.[1] ?? "";
  const [first, second] = literal.split("/");
  const [one, another] = asked.split("/");
  return first !== "" && first === one && (first !== "ws" || (second !== "" && second === another));
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // no UTF-8: it is compared as it came
  }
}
