/** A start of the server in this page, in a status: what is loaded, how much of it there is, and how far that is. */

import { build } from "../kit/dom.js";
import { megabytes } from "../kit/megabytes.js";
import { server } from "./server.js";

const STARTING = "Starting the server.";

/** @param {HTMLElement} status */
export async function start(status) {
  const { here } = server;
  if (!here) return;
  const bar = build("progress", { max: 1, value: 0, className: "live-loading" });
  bar.setAttribute("aria-label", "Loaded");
  const words = build("span", {}, here.isLoaded ? STARTING : `Loading the server: ${megabytes(here.size)}.`);
  const showProgress = () => {
    bar.value = here.progress;
    if (bar.value >= 1 && words.textContent !== STARTING) words.textContent = STARTING; // said once to who hears it
  };
  status.replaceChildren(words, " ", bar);
  here.addEventListener("progress", showProgress);
  await here.start();
  here.removeEventListener("progress", showProgress);
  if (words.isConnected) status.replaceChildren();
}
