/** The modules that the reader has changed, for this tab: they outlive a reload, and are the same on every page. */

const KEY = "edited modules";

/** Texts by their paths in the project. */
let kept = recall();

/** @returns {Readonly<Record<string, string>>} */
export function edits() {
  return kept;
}

/**
 * @param {string} path
 * @param {string | undefined} text Undefined: it is as it was.
 */
export function keepEdit(path, text) {
  const { [path]: _, ...others } = kept;
  kept = text === undefined ? others : { ...others, [path]: text };
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // storage is switched off: they do not outlive a reload
  }
}

/** @returns {Record<string, string>} */
function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
