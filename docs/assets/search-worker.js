/**
 * Material's search, which loads nothing until somebody searches. Stands between the page and the theme's own worker,
 * whose file name follows the "#" of this one's address: says at once that it is ready, and has the theme's do so at
 * the first word that is typed. A packed site keeps the documents apart from the index, for that moment.
 *
 * What a reader has pasted may be a message that an entry is about, or a sentence may describe what one is about: then the
 * entry stands first, found as the box of Error messages finds it.
 *
 * It takes out of a search what finds everything: words of one letter, of which a pasted message has many. And out of
 * what was found: pages with less than half of the words that the best one has, and short words to be marked, which
 * would be marked within others.
 */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const SHORTEST_TO_MARK = 3;
const FIRST = 3;
/** So many words that say something are more than the name of a topic. */
const SENTENCE = 4;

const tell = self.postMessage.bind(self);

/** @typedef {{terms: Record<string, boolean>, boost?: number, location: string, title?: string, text?: string, score?: number}} Section */

/** @type {{config: {separator: string}, docs: unknown[]}} */
let index;
/** @type {Promise<void> | undefined} */
let started;
/** @type {() => void} */
let begin;
/** @type {Section[][]} Entries whose texts stand in what was asked for, or that it describes. */
let known = [];
/** @type {Event | undefined} What the theme's worker is to hear. */
let passing;

self.addEventListener("message", (event) => {
  if (event === passing) return;
  event.stopImmediatePropagation();
  void answer(event.data);
});

/** @param {{type: number, data: any}} message From the page. */
async function answer({ type, data }) {
  if (type === SETUP) {
    index = data;
    return tell({ type: READY });
  }
  const words = meant(data);
  if (!words.trim()) return tell({ type: RESULT, data: { items: [] } });
  try {
    known = await entriesIn(data);
    await (started ??= start());
    pass({ type: QUERY, data: words });
  } catch (error) {
    started = undefined;
    tell({ type: RESULT, data: { items: [[notLoaded(error)]] } });
  }
}

/**
 * Without the list of messages the search goes on.
 * @param {string} pasted
 * @returns {Promise<Section[][]>}
 */
async function entriesIn(pasted) {
  try {
    const { find, loadEntries } = /** @type {typeof import("./entries/matching.js")} */ (
      await import(new URL("entries/matching.js", location.href).href)
    );
    const { terms } = /** @type {typeof import("./entries/terms.js")} */ (
      await import(new URL("entries/terms.js", location.href).href)
    );
    const entries = await loadEntries();
    const sentence = terms(pasted).length >= SENTENCE;
    const found = find(entries, pasted).filter(({ how }) => how === "text" || sentence);
    return found.slice(0, FIRST).map(({ entry }) => {
      const { url, title, mend } = entries[entry];
      return [{ location: url, title: escaped(title), text: escaped(mend), score: 1, terms: {} }];
    });
  } catch {
    return [];
  }
}

/** @param {string} text For the theme, to which all text is HTML. */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * What stands in the list instead: "nothing found" would be a lie.
 * @param {unknown} error
 */
function notLoaded(error) {
  const text = `${error}. Type on to try once more; all messages stand on the page "Error messages", too.`;
  return { location: "", title: "The search could not be loaded", text, score: 1, terms: {} };
}

async function start() {
  if (index.docs.length === 0) {
    const response = await fetch("../search/documents.json");
    if (!response.ok) throw new Error(`the list of pages was answered with ${response.status}`);
    index.docs = await response.json();
  }
  /** @type {Promise<void>} */
  const begun = new Promise((resolve) => (begin = resolve));
  /** @type {any} */ (self).importScripts(`javascripts/workers/${location.hash.slice(1)}`);
  pass({ type: SETUP, data: index });
  await begun;
}

/** @param {unknown} data */
function pass(data) {
  passing = new MessageEvent("message", { data });
  self.dispatchEvent(passing);
}

/** @param {{type: number, data: {items: Section[][]}}} message From the theme's worker. */
self.postMessage = (message) => {
  if (message.type === READY) return begin();
  tell({ type: message.type, data: { ...message.data, items: best(message.data.items) } });
};

/**
 * Without words of one letter, unless there is no other.
 * @param {string} query
 */
function meant(query) {
  const words = query.split(new RegExp(`(${index.config.separator})`));
  const long = words.map((word, at) => (at % 2 === 0 && word.length === 1 ? "" : word));
  return long.some((word, at) => at % 2 === 0 && word) ? long.join("") : query;
}

/**
 * A page that its front matter boosts is where messages are looked up: of what has been found, it is among the first.
 * @param {Section[][]} items Each with its sections that match.
 */
function best(items) {
  const found = (/** @type {Section[]} */ item) =>
    Math.max(...item.map(({ terms }) => Object.values(terms).filter(Boolean).length));
  const isBoosted = (/** @type {Section[]} */ item) => item.some(({ boost = 1 }) => boost > 1);
  const most = Math.max(...items.map(found));
  const good = items.filter((item) => found(item) * 2 >= most || isBoosted(item));
  const last = good.findIndex(isBoosted);
  if (last >= FIRST) good.splice(FIRST - 1, 0, ...good.splice(last, 1));
  const first = new Set(known.flat().map(({ location }) => location));
  const others = good.map((item) => item.filter(({ location }) => !first.has(location))).filter(({ length }) => length);
  return [...known, ...others.map((item) => item.map(marked))];
}

/** @param {Section} section */
function marked(section) {
  const long = Object.entries(section.terms).filter(([term]) => term.length >= SHORTEST_TO_MARK);
  return long.length ? { ...section, terms: Object.fromEntries(long) } : section;
}
