/** One HTTP exchange, told as it happens. */

import { ask } from "../places/visitor.js";

/** @import {Step} from "../notation/contract.js" */
/** @import {Happening, Toward} from "../notation/types.js" */

/**
 * @param {string} client
 * @param {(happening: Happening) => void} tell
 * @param {string} method
 * @param {string} path
 * @param {string | null} body
 */
export async function asked(client, tell, method, path, body) {
  const note = (/** @type {Toward} */ toward, /** @type {string} */ what, /** @type {Step} */ step) =>
    tell({ at: performance.now(), lane: "js", client, toward, what, step });
  const words = method === "GET" ? "" : ` ${method} ${body ?? ""}`;
  note("server", `fetch("${path}")${words}`, { do: "request", method, path, body });
  const answer = await ask(method, path, body);
  note("page", `response ${answer.status} ${answer.body}`, { do: "response", ...answer });
  return answer;
}
