/** "Take it home": a button that makes a Django project of a conversation, in this page, and hands it out as a ZIP. */

import { loadCatalog } from "../catalog/catalog.js";
import { edits } from "../editor/kept-edits.js";
import { build } from "../kit/dom.js";
import { projectOf } from "./project.js";
import { zipped } from "./zip.js";

/** @import {Catalog} from "../catalog/catalog.js" */
/** @import {Spoken} from "../copy/conversation.js" */

const SECRET_BYTES = 32;

/**
 * What the modules are that go along: those of the catalog, as the reader has changed them.
 * @typedef {(catalog: Catalog) => {catalog: Catalog, edited: Readonly<Record<string, string>>}} Modules
 */

/** @type {Modules} */
const changed = (catalog) => ({ catalog, edited: edits() });

/**
 * @param {() => {lines: Spoken[], title: string}} conversation What is to be taken home when the button is pressed.
 * @param {string} base Where the widget's folders are: the address of a module in one of them.
 * @param {Modules} modules
 */
export function takeHome(conversation, base, modules = changed) {
  const name = "Take it home: a Django project (.zip)";
  const button = build("button", { type: "button", className: "live-button" }, name);
  const result = build("p", { className: "live-copy-result" });
  result.setAttribute("role", "status");
  button.addEventListener("click", () => {
    const { lines, title } = conversation();
    result.textContent = "";
    handOut(lines, title, base, modules).then(
      (words) => (result.textContent = words),
      (error) => (result.textContent = `What a project is made of did not load: ${error.message}. Try again.`),
    );
  });
  return build("div", { className: "live-bar" }, button, result);
}

/**
 * @param {Spoken[]} lines
 * @param {string} title
 * @param {string} base
 * @param {Modules} modules
 * @returns {Promise<string>} What to say of it.
 */
async function handOut(lines, title, base, modules) {
  const { catalog, edited } = modules(await loadCatalog(base));
  const project = projectOf(lines, title, catalog, secret(), edited);
  if ("why" in project) return project.why;
  const { name, files, untested } = project;
  const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
  const href = URL.createObjectURL(new Blob([zipped(inFolder, new Date())], { type: "application/zip" }));
  build("a", { href, download: `${name}.zip` }).click();
  setTimeout(() => URL.revokeObjectURL(href)); // the browser has taken it by then
  const made = `${name}.zip: ${Object.keys(files).length} files. Its README.md says how to run it.`;
  return untested ? `${made} It has no test: ${untested}` : made;
}

/** Hexadecimal, since it is to stand in a string of Python. */
function secret() {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
