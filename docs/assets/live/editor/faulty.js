/** The faulty module of a mend: made of the one that runs by the mend's own solution, turned round. */

/**
 * Lines of the faulty module, and those of the mended one in their place. Each ends in a line break.
 * @typedef {[wrong: string, right: string]} Change
 */

/**
 * As live_docs/markdown/faulty_module.py does it.
 * @param {string} mended
 * @param {Change[]} changes
 */
export function breakModule(mended, changes) {
  return changes.reduce((text, [wrong, right]) => {
    const parts = `\n${text}`.split(`\n${right}`);
    if (parts.length !== 2) throw new Error("The fault does not fit its module: build the pages anew");
    return parts.join(`\n${wrong}`).slice(1);
  }, mended);
}
