/**
 * Which pages have been read and which challenges solved: kept in this browser's own storage and nowhere else.
 * A page goes by its path within the site, a challenge by its page's path, "#" and its name.
 */

const KEY = "progress";

/** @typedef {{read: string[], solved: string[]}} Record_ */

/** The site's own address, which Material says relative to the page, ending in a slash. */
export function siteRoot() {
  const config = document.getElementById("__config")?.textContent;
  const base = config ? JSON.parse(config).base : "/";
  return new URL(base.replace(/\/?$/, "/"), location.href).href;
}

/** Fires "change", for changes made in another tab too. */
class Progress extends EventTarget {
  constructor() {
    super();
    window.addEventListener("storage", ({ key }) => {
      if (key === KEY || key === null) this.dispatchEvent(new Event("change"));
    });
  }

  /** @returns {Record_} */
  get record() {
    try {
      return understand(localStorage.getItem(KEY) ?? "{}");
    } catch {
      return { read: [], solved: [] }; // storage is switched off, or holds something else
    }
  }

  /** This page's path within the site. */
  get page() {
    return location.href.split(/[?#]/)[0]?.slice(siteRoot().length) ?? "";
  }

  markRead() {
    const { read, solved } = this.record;
    this.#keep({ read: [...read, this.page], solved });
  }

  /** @param {string} challenge */
  markSolved(challenge) {
    const { read, solved } = this.record;
    this.#keep({ read, solved: [...solved, `${this.page}#${challenge}`] });
  }

  /** @param {string} challenge */
  hasSolved(challenge) {
    return this.record.solved.includes(`${this.page}#${challenge}`);
  }

  /** What a reader takes along to another browser. */
  export() {
    return JSON.stringify(this.record, null, 2);
  }

  /**
   * Add what another browser kept.
   * @param {string} text What `export` gave there; throws a SyntaxError that says what is wrong with anything else.
   */
  import(text) {
    const { read, solved } = understand(text);
    const mine = this.record;
    this.#keep({ read: [...mine.read, ...read], solved: [...mine.solved, ...solved] });
  }

  clear() {
    this.#keep({ read: [], solved: [] });
  }

  /** @param {Record_} record */
  #keep({ read, solved }) {
    const once = (/** @type {string[]} */ names) => Array.from(new Set(names)).sort();
    try {
      localStorage.setItem(KEY, JSON.stringify({ read: once(read), solved: once(solved) }));
    } catch {
      return; // a browser that keeps nothing: there is no progress to show
    }
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {string} text
 * @returns {Record_}
 */
function understand(text) {
  const { read = [], solved = [] } = Object(JSON.parse(text));
  const paths = (/** @type {unknown} */ list) =>
    Array.isArray(list) && list.every((name) => typeof name === "string" && name.length < 200);
  if (!paths(read) || !paths(solved)) throw new SyntaxError("this is no progress that was exported here");
  return { read, solved };
}

export const progress = new Progress();
