/** Opening an editor: of a module of the site as the page prints it, or of any work, in the place of printed code. */

import { loadCatalog } from "../catalog/catalog.js";
import { apply } from "./apply.js";
import { CodeEditor } from "./code-editor.js";
import { editLink } from "./edit-link.js";
import { edits, keepEdit } from "./kept-edits.js";
import { transcriptsOf } from "./runs.js";

/**
 * @import {LiveSandbox} from "../sandbox/live-sandbox.js"
 * @import {Work} from "./code-editor.js"
 */

/**
 * Open a printed module, if it is not open.
 * @param {HTMLElement} block The printed code.
 * @param {string} path Its module's, in the project.
 * @param {AbortSignal} signal The page is left.
 * @param {string} [received] What a link brought in its place.
 */
export async function edit(block, path, signal, received) {
  if (block.dataset.editing) return;
  const catalog = await loadCatalog(import.meta.url);
  if (catalog.files[path] === undefined) throw new Error(`${path} is not in the catalog: build the pages anew`);
  const transcripts = await transcriptsOf(path, catalog);
  if (signal.aborted || block.dataset.editing) return;
  const original = catalog.files[path];
  const work = {
    path,
    original,
    text: edits()[path] ?? original,
    ...(received === undefined ? {} : { received }),
    keep: (/** @type {string | undefined} */ text) => keepEdit(path, text),
    put: (/** @type {string} */ _, /** @type {HTMLElement} */ status) => apply(catalog, status),
    sandboxes: transcripts,
    play: (/** @type {LiveSandbox} */ sandbox) => sandbox.run(),
    share: (/** @type {string} */ text) => editLink(path, text, location.href),
  };
  const editor = await open(block, work, signal);
  editor?.begin(block.querySelector("code")?.textContent?.trimStart().split("\n")[0] ?? "");
}

/**
 * @param {HTMLElement} block The code in whose place it stands.
 * @param {Work} work
 * @param {AbortSignal} signal The page is left.
 * @returns {Promise<CodeEditor | undefined>} Nothing if the page was left meanwhile.
 */
export async function open(block, work, signal) {
  block.dataset.editing = "true";
  // Imported late, since the playground has it, too: what two modules share, every page would load.
  const { mount } = await import("./mount.js").catch((error) => {
    delete block.dataset.editing;
    throw error;
  });
  if (signal.aborted) return undefined;
  const editor = new CodeEditor(mount, work);
  editor.onClose = () => {
    delete block.dataset.editing;
    /** @type {HTMLElement | null} */ (block.querySelector(".live-edit-button"))?.focus();
  };
  signal.addEventListener("abort", () => editor.close(), { once: true });
  block.append(editor.element);
  return editor;
}
