/** What the reader has in their playground, for this tab: it outlives a reload. And what stood there before, put aside. */

import { readWork } from "./work.js";

/** @import {Work} from "./work.js" */

export const mine = kept("playground");
export const aside = kept("playground put aside");

/** @param {string} key */
function kept(key) {
  return {
    /** @returns {Work | undefined} Nothing, where nothing is kept or storage is switched off. */
    recall() {
      try {
        return readWork(JSON.parse(sessionStorage.getItem(key) ?? ""));
      } catch {
        return undefined;
      }
    },
    /** @param {Work | undefined} work */
    keep(work) {
      try {
        if (work) sessionStorage.setItem(key, JSON.stringify(work));
        else sessionStorage.removeItem(key);
      } catch {
        // storage is switched off: it does not outlive a reload
      }
    },
  };
}
