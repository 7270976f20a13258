/** What every written text needs: lines with their indentation, comments that wrap, values that break when too long. */

const WIDTH = 100;
const INDENT = "    ";

/**
 * How a language spells values.
 * @typedef {object} Spelling
 * @property {string} null
 * @property {string} true
 * @property {string} false
 * @property {(text: string) => string} text
 * @property {(key: string) => string} key Of an object, with its colon.
 * @property {string} padding Within the braces of an object.
 */

export class Lines {
  /** @param {string} mark What a comment begins with. */
  constructor(mark) {
    this.mark = mark;
    this.depth = 0;
    /** @type {string[]} */
    this.list = [];
  }

  /** How many characters fit into a line here. */
  get room() {
    return WIDTH - this.depth * INDENT.length;
  }

  /** @param {string} text One line, or several. */
  add(text) {
    for (const line of text.split("\n")) this.list.push(line && INDENT.repeat(this.depth) + line);
  }

  /** An empty line, but no two, and none at the beginning of a block. */
  space() {
    const last = this.list.at(-1);
    if (last && !last.endsWith(":")) this.list.push("");
  }

  /** Whether nothing but comments stands in the block that was begun last. */
  get isBlockEmpty() {
    return this.list.findLast((line) => !line.trim().startsWith(this.mark))?.endsWith(":") ?? false;
  }

  /** @param {string} words */
  comment(words) {
    const width = this.room - this.mark.length - 1;
    for (const line of wrapped(words, width)) this.add(`${this.mark} ${line}`);
  }

  get text() {
    return this.list.join("\n");
  }
}

/**
 * @param {string} words
 * @param {number} width
 */
export function wrapped(words, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * A value as a language writes it: on one line if it fits behind what stands before it, else an item a line.
 * @param {unknown} value
 * @param {Spelling} spelling
 * @param {number} room How many characters the line has left.
 * @returns {string}
 */
export function literal(value, spelling, room) {
  if (value === null) return spelling.null;
  if (typeof value === "boolean") return value ? spelling.true : spelling.false;
  if (typeof value === "string") return spelling.text(value);
  if (typeof value !== "object") return String(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const inner = WIDTH - INDENT.length;
  const items = Object.entries(value).map(([key, item]) => {
    const name = isList ? "" : `${spelling.key(key)} `;
    return (/** @type {number} */ width) => name + literal(item, spelling, width - name.length);
  });
  const padding = isList || items.length === 0 ? "" : spelling.padding;
  const line = open + padding + items.map((item) => item(Infinity)).join(", ") + padding + close;
  if (line.length <= room || items.length === 0) return line;
  const indented = items.map((item) => `${INDENT}${item(inner).replace(/\n/g, `\n${INDENT}`)},\n`);
  return `${open}\n${indented.join("")}${close}`;
}

/**
 * A function from a word to a name that a language allows and that nothing else here has.
 * @param {Set<string>} reserved
 */
export function namer(reserved) {
  /** @type {Map<string, string>} */
  const names = new Map();
  const used = new Set(reserved);
  return (/** @type {string} */ word, kind = "") => {
    const key = `${kind} ${word}`;
    const known = names.get(key);
    if (known) return known;
    let name = word.replace(/-/g, "_");
    while (used.has(name)) name += "_";
    used.add(name);
    names.set(key, name);
    return name;
  };
}
