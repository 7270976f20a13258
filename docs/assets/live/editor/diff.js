/** What differs between two texts, line by line: as few lines as can be. */

/** @typedef {{mark: " " | "-" | "+", text: string}} DiffLine */

/** Unchanged lines that are shown before and after changed ones. */
const AROUND = 2;

/**
 * @param {string} before
 * @param {string} after
 * @returns {DiffLine[]} Nothing if they are the same.
 */
export function diff(before, after) {
  const lines = allLines(before.split("\n"), after.split("\n"));
  return lines.filter((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ mark }) => mark !== " "),
  );
}

/**
 * By the longest row of lines that both have. They are some hundred lines at most.
 * @param {string[]} before
 * @param {string[]} after
 * @returns {DiffLine[]}
 */
function allLines(before, after) {
  const common = lengths(before, after);
  const length = (/** @type {number} */ one, /** @type {number} */ two) => common[one]?.[two] ?? 0;
  /** @type {DiffLine[]} */
  const lines = [];
  let [old, young] = [0, 0];
  while (old < before.length || young < after.length) {
    const [gone, come] = [before[old], after[young]];
    if (gone !== undefined && gone === come) {
      lines.push({ mark: " ", text: gone });
      old += 1;
      young += 1;
    } else if (gone !== undefined && (come === undefined || length(old + 1, young) >= length(old, young + 1))) {
      lines.push({ mark: "-", text: gone });
      old += 1;
    } else {
      lines.push({ mark: "+", text: come ?? "" });
      young += 1;
    }
  }
  return lines;
}

/**
 * How many lines, at most, both have in the same order, from each pair of places on.
 * @param {string[]} before
 * @param {string[]} after
 */
function lengths(before, after) {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let old = before.length - 1; old >= 0; old--) {
    const row = /** @type {Uint16Array} */ (table[old]);
    const below = /** @type {Uint16Array} */ (table[old + 1]);
    for (let young = after.length - 1; young >= 0; young--) {
      const isSame = before[old] === after[young];
      row[young] = isSame ? (below[young + 1] ?? 0) + 1 : Math.max(below[young] ?? 0, row[young + 1] ?? 0);
    }
  }
  return table;
}
