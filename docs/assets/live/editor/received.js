/** What a link to changed code does when it is opened: it shows the code in its editor, and runs nothing. */

import { loadCatalog } from "../catalog/catalog.js";
import { build } from "../kit/dom.js";
import { LinkError } from "../kit/packed.js";
import { readEditLink } from "./edit-link.js";

/** @param {AbortSignal} signal The page is left. */
export async function receive(signal) {
  try {
    const { path, text } = await readEditLink(location.hash);
    const { files } = await loadCatalog(import.meta.url);
    if (!Object.hasOwn(files, path)) throw new LinkError("This link changes a module that this site does not have.");
    const block = /** @type {HTMLElement | null} */ (
      document.querySelector(`article [data-file="${CSS.escape(path)}"]`)
    );
    if (!block) throw new LinkError(`This link changes ${path}, which this page does not print.`);
    const { edit } = await import("./open.js");
    if (!signal.aborted) await edit(block, path, signal, text);
  } catch (error) {
    if (!(error instanceof LinkError)) console.error("The code of a link cannot be shown", error);
    const words = error instanceof LinkError ? error.message : "The code of this link did not load. Reload the page.";
    const notice = build("p", { className: "live-received", role: "status" }, words);
    document.querySelector("article h1")?.after(notice);
    signal.addEventListener("abort", () => notice.remove(), { once: true });
  }
}
