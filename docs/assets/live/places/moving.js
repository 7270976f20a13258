/** The reader changes places: the plain control for it, and what there is to say of it. */

import { build } from "../kit/dom.js";
import { server } from "./server.js";

/** @returns {HTMLButtonElement} Fires a bubbling "live-move". */
export function moveButton() {
  const button = build("button", { type: "button", className: "live-move", hidden: true });
  button.addEventListener("click", () => button.dispatchEvent(new CustomEvent("live-move", { bubbles: true })));
  return button;
}

/**
 * Where it would lead.
 * @param {HTMLButtonElement} button
 */
export function showMove(button) {
  button.hidden = !server.isUp;
  button.textContent = server.isHere ? "Use a server on the network" : "Run it in this page";
}

/** @returns {Promise<string>} What came of it, in words. */
export async function move() {
  if (server.isHere) {
    const moved = await server.move("there");
    return moved
      ? `From now on the server at ${server.origin} answers.`
      : `No server answers at ${server.origin}: the one in this page goes on.`;
  }
  const moved = await server.move("here");
  return moved
    ? "From now on the server runs in this page: the next press starts it."
    : (server.here?.whyMissing ?? "");
}
