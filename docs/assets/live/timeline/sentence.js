/** One sentence for each happening, for whoever hears the diagram: how much later, who, and what. Sans page. */

/** @import {Happening} from "../notation/types.js" */

/**
 * @param {Happening} happening
 * @param {Happening | undefined} before The one before it among those that are shown.
 */
export function sentence(happening, before) {
  const whose = happening.client ? `for ${happening.client} ` : "";
  return `${before ? `${later(happening.at - before.at)} ` : ""}${whose}${who(happening)} ${happening.what}`;
}

/** @param {number} ms */
function later(ms) {
  if (ms < 0.05) return "At the same time"; // or, as two clocks have it, before
  return ms < 1000 ? `${ms.toFixed(1)} ms later` : `${(ms / 1000).toFixed(1)} s later`;
}

/** @param {Happening} happening */
function who({ lane, toward, observed, failed }) {
  switch (lane) {
    case "js":
      if (failed) return "your JavaScript calls in vain:";
      return toward === "page" ? "your JavaScript is told:" : "your JavaScript calls";
    case "wire":
      return `on the wire, to the ${toward}:`;
    case "asgi":
      if (observed?.type === "scope") return "in ASGI there is the";
      return toward === "page" ? "the application sends" : "the server tells the application:";
    default:
      if (observed?.type === "exception") return "out of your consumer comes";
      return toward ? "the server calls your consumer's" : "in your consumer:";
  }
}
