/** Which entries of a page a reader means, by a word that they typed or by lines that they pasted. Knows no page. */

/**
 * What is compared: letters and digits in any case, since a paste has quotes, paths and addresses of its own.
 * @param {string} text
 */
export function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/**
 * @typedef {object} Entry
 * @property {string[]} messages What the entry is about: each message in its heading.
 * @property {string} text All of it, the heading too.
 */

/** So much of a message has to stand in what was pasted: the rest are the reader's own names. */
const ENOUGH = 0.75;

/**
 * The entries that are meant, as places in the list. Where every word that was typed stands in some entry, those; else
 * those whose message stands in what was pasted, nearly whole; else those that share most words with it.
 * @param {Entry[]} entries
 * @param {string} typed
 * @returns {number[]}
 */
export function find(entries, typed) {
  const asked = [...new Set(wordsOf(typed))];
  if (asked.length === 0) return entries.map((_, at) => at);
  const texts = entries.map(({ text }) => ` ${wordsOf(text).join(" ")}`);
  const whole = placesOf(texts, (text) => asked.every((word) => text.includes(` ${word}`)));
  if (whole.length > 0) return whole;
  const pasted = new Set(asked);
  const shares = entries.map(({ messages }) => Math.max(0, ...messages.map((message) => share(message, pasted))));
  const quoted = placesOf(shares, (part) => part >= ENOUGH);
  if (quoted.length > 0) return quoted;
  const common = texts.map((text) => asked.filter((word) => text.includes(` ${word}`)).length);
  const most = Math.max(...common);
  return most === 0 ? [] : placesOf(common, (count) => count === most);
}

/**
 * How much of a message stands in what was pasted, from 0 to 1.
 * @param {string} message
 * @param {Set<string>} pasted
 */
function share(message, pasted) {
  const words = wordsOf(message);
  return words.length < 2 ? 0 : words.filter((word) => pasted.has(word)).length / words.length;
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => boolean} meant
 */
function placesOf(items, meant) {
  return items.flatMap((item, at) => (meant(item) ? [at] : []));
}
