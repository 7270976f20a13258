/** Texts by their names, for this tab: they outlive a reload, and are the same on every page. */

export class KeptTexts {
  /** @param {string} key Under which the tab keeps them. */
  constructor(key) {
    this.key = key;
    /** @type {Readonly<Record<string, string>>} */
    this.all = this.#recall();
  }

  /**
   * @param {string} name
   * @param {string | undefined} text Undefined: it is as it was.
   */
  keep(name, text) {
    const { [name]: _, ...others } = this.all;
    this.all = text === undefined ? others : { ...others, [name]: text };
    try {
      if (Object.keys(this.all).length) sessionStorage.setItem(this.key, JSON.stringify(this.all));
      else sessionStorage.removeItem(this.key);
    } catch {
      // storage is switched off: they do not outlive a reload
    }
  }

  /** @returns {Record<string, string>} */
  #recall() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    } catch {
      return {};
    }
  }
}
