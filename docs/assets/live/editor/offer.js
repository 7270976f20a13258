/** Below each printed module that can be edited: a button. What edits is loaded when it is pressed. */

import { build } from "../kit/dom.js";
import { edits } from "./kept-edits.js";

/**
 * @param {HTMLElement} block Code that says in `data-file` which module it is of.
 * @param {AbortSignal} signal Its page is left.
 */
export function offer(block, signal) {
  const { file = "" } = block.dataset;
  if (block.querySelector(":scope > .live-edit-offer")) return;
  offerToEdit(block, file, file in edits(), async () => {
    const { edit } = await import("./open.js");
    await edit(block, file, signal);
  });
}

/**
 * @param {HTMLElement} block
 * @param {string} name What is edited.
 * @param {boolean} begun Whether the reader has edited it before.
 * @param {() => Promise<void>} open
 * @returns {HTMLElement} What was added.
 */
export function offerToEdit(block, name, begun, open) {
  const button = build("button", { type: "button", className: "live-edit-button" }, begun ? "Edit on" : "Edit");
  button.ariaLabel = `${button.textContent} ${name}`;
  const failed = build("span", {});
  failed.setAttribute("role", "status");
  const bar = build("p", { className: "live-edit-offer" }, button, " ", failed);
  button.addEventListener("click", async () => {
    failed.textContent = "Loading…";
    try {
      await open();
      failed.textContent = "";
    } catch (error) {
      console.error("The editor cannot be opened", error);
      failed.textContent = "The editor did not load. Press again to try again.";
    }
  });
  block.append(bar);
  return bar;
}
