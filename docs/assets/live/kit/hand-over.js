/** Hands a link to the reader. */

import { build } from "./dom.js";

/**
 * Put a link on the clipboard, and where that is not allowed, in reach of the reader's own copying.
 * @param {string} link
 * @param {HTMLElement} bar Where the field with it goes.
 * @returns {Promise<string>} Where it is, in a sentence.
 */
export async function handOver(link, bar) {
  const field = build("input", { type: "text", readOnly: true, value: link, className: "live-link" });
  field.setAttribute("aria-label", "The link");
  bar.querySelector(".live-link")?.remove();
  bar.append(field);
  field.select();
  const copied = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  );
  return copied ? "The link is on your clipboard." : "Copy the link from the field.";
}
