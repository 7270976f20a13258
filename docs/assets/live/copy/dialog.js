/**
 * A dialog over the page: the focus stays in it, Escape closes it, and then the focus is where it was. All of that is
 * the browser's own; this gives it a title, a way out for the pointer, and an end with whoever opened it.
 */

import { build } from "../kit/dom.js";

let dialogs = 0;

/**
 * Open one, in an element that it closes with.
 * @param {HTMLElement} parent
 * @param {string} name
 * @param {Element[]} content
 * @param {AbortSignal} signal
 */
export function openDialog(parent, name, content, signal) {
  const title = build("h2", { className: "live-dialog-title", id: `live-dialog-${++dialogs}` }, name);
  const close = build("button", { type: "button", className: "live-button" }, "Close");
  const head = build("div", { className: "live-dialog-head" }, title, close);
  const dialog = build("dialog", { className: "live-dialog" }, head, ...content);
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  // Its own box is filled by what is in it: a press on the dialog itself is one beside it.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  const closing = new AbortController();
  const over = () => {
    closing.abort();
    dialog.remove();
  };
  // Material's keys open its search, wherever the focus is; what the browser does with a key, it does.
  const keepKey = (/** @type {KeyboardEvent} */ event) => event.stopImmediatePropagation();
  window.addEventListener("keydown", keepKey, { capture: true, signal: closing.signal });
  dialog.addEventListener("close", over);
  signal.addEventListener("abort", over);
  parent.append(dialog);
  dialog.showModal();
}
