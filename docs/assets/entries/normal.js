/**
 * What is compared: a text without what differs from one terminal to the next. live_docs/entries/normal.py does the
 * same, and says why.
 *
 * @typedef {{text: string, at: number[]}} Form
 */

const ESCAPE = String.fromCharCode(27);
const ANSI = new RegExp(`${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`, "g");
const PLAIN = Object.entries({
  "\r\n": "\n",
  "\r": "\n",
  "\u2018": "'",
  "\u2019": "'",
  "\u201a": "'",
  "\u00b4": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u201e": '"',
  "\u00ab": '"',
  "\u00bb": '"',
  "\u00a0": " ",
  "\u200b": " ",
  "\u2026": "...",
});
/** In a text of an entry, the reader's own words. */
export const PLACEHOLDER = /\{(?:[a-z_]+|\*)\}/g;
const SKIPPED = " \t\f\v'\"`";

/**
 * A paste with plain quotes, spaces and line ends, and no colours.
 * @param {string} pasted
 */
export function cleaned(pasted) {
  return PLAIN.reduce((text, [odd, plain]) => text.replaceAll(odd, plain), pasted.replace(ANSI, ""));
}

/**
 * A text as it is compared, and where in the cleaned one each character of it stands.
 * @param {string} clean
 * @param {boolean} apart With its line ends.
 * @returns {Form}
 */
export function formOf(clean, apart) {
  let text = "";
  const at = [];
  for (let place = 0; place < clean.length; place++) {
    const char = clean[place];
    if (SKIPPED.includes(char) || (char === "\n" && !apart)) continue;
    text += lowered(char);
    at.push(place);
  }
  return { text, at };
}

/** @param {string} text In small letters those of ASCII: for others the languages differ. */
export function lowered(text) {
  return text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}
