/** A transcript that was read, as a sandbox of its own: printed as the pages print theirs. */

import { build } from "../../live/kit/dom.js";

/** @import {ReadLine} from "../../live/here/messages.js" */
/** @import {LiveSandbox} from "../../live/sandbox/live-sandbox.js" */

/**
 * @param {ReadLine[]} lines
 * @param {string} title
 * @returns {LiveSandbox}
 */
export function sandboxOf(lines, title) {
  const list = build("ol", { className: "live-lines" }, ...lines.map(printed));
  list.setAttribute("role", "list");
  const figure = build("figure", { className: "live-transcript" }, build("figcaption", {}, title), list);
  const sandbox = /** @type {LiveSandbox} */ (document.createElement("live-sandbox"));
  Object.assign(sandbox.dataset, { run: "", lanes: "javascript consumer" });
  sandbox.append(figure);
  return sandbox;
}

/** @param {ReadLine} line */
function printed({ text, spoken, client, step, notes }) {
  const at = text.indexOf(" ") + 1 || text.length;
  const [word, rest] = [text.slice(0, at), text.slice(at)];
  const sigil = build("span", { className: spoken ? "live-sigil" : "live-word" }, word.trimEnd());
  if (spoken) sigil.ariaHidden = "true";
  const code = build(
    "code",
    {},
    ...(client ? [build("span", { className: "live-client" }, `${client}:`), " "] : []),
    ...(spoken ? [build("span", { className: "live-heard" }, `${spoken} `)] : []),
    sigil,
    " ",
    build("span", { className: "live-text" }, rest),
  );
  const told = notes.map((note) => build("p", { className: "live-note" }, note));
  return build("li", { className: "live-line", dataset: { step: JSON.stringify(step), client } }, ...told, code);
}
