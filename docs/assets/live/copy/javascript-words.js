/** Values in JavaScript, strings with names in them, and checks as calls that throw. */

import { never } from "../kit/never.js";
import { CAPTURED } from "../notation/captures.js";
import { checksOf, wordsOf } from "./checks.js";
import { literal, namer } from "./writing.js";

/** @import {Check, Part} from "./checks.js" */
/** @import {Lines, Spelling} from "./writing.js" */

const TAKEN =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
  "finally for function if implements import in instanceof interface let new null package private protected public return " +
  "static super switch this throw true try typeof var void while with yield undefined " +
  "ws WS HTTP Socket ask response become check same equal hex answer status body found end next WebSocket JSON Error Object " +
  "Array RegExp String Uint8Array ReadableStream Promise console fetch setTimeout document window location name event top";
const PLAIN_KEY = /^[a-z_$][\w$]*$/i;

export class JavaScriptWords {
  /** @param {Lines} lines Where it is written. */
  constructor(lines) {
    this.lines = lines;
    this.name = namer(new Set(TAKEN.split(" ")));
    /** The names that have been learnt so far. */
    this.known = new Set();
    /** The functions that what was written calls. */
    this.needs = new Set();
    /** How often each variable has been assigned. @type {Map<string, number>} */
    this.assigned = new Map();
    const key = (/** @type {string} */ name) => `${PLAIN_KEY.test(name) ? name : JSON.stringify(name)}:`;
    /** @type {Spelling} */
    this.spelling = {
      null: "null",
      true: "true",
      false: "false",
      text: (text) => this.string(text),
      key,
      padding: " ",
    };
  }

  /**
   * @param {string} expected
   * @param {(isJson: boolean) => string} source
   */
  expect(expected, source) {
    const { isJson, checks } = checksOf(expected, this.known);
    const got = source(isJson);
    const [only] = checks;
    if (checks.length === 0) {
      if (got.includes("await")) this.lines.add(`${source(false)};`);
    } else if (checks.length === 1 && only?.is === "equal" && only.at.length === 0) {
      this.same(got, only.value);
    } else if (checks.length === 1 && only?.is === "learnt" && only.at.length === 0) {
      this.lines.add(this.assign(this.name(only.name, "value"), got));
    } else {
      this.lines.add(this.assign("answer", got));
      for (const check of checks) this.#check(check);
    }
  }

  /** @param {Check} check */
  #check(check) {
    const there = `answer${check.at.map((key) => (typeof key === "string" && PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)).join("")}`;
    const demand = (/** @type {string} */ condition) => {
      this.needs.add("check");
      this.lines.add(`check(${condition}, answer);`);
    };
    switch (check.is) {
      case "equal":
        return this.same(there, check.value);
      case "keys":
        return this.same(`Object.keys(${there}).sort()`, check.keys.toSorted());
      case "key":
        return demand(`${JSON.stringify(check.key)} in ${there}`);
      case "length":
        return demand(`${there}.length ${check.more ? ">=" : "==="} ${check.length}`);
      case "start":
        return demand(`${there}.startsWith(${JSON.stringify(check.text)})`);
      case "end":
        return demand(`${there}.endsWith(${JSON.stringify(check.text)})`);
      case "within":
        return demand(`${there}.includes(${JSON.stringify(check.text)})`);
      case "learnt":
        return this.lines.add(this.assign(this.name(check.name, "value"), there));
      case "pattern":
        return this.#match(check.parts, there, demand);
      default:
        return never(check);
    }
  }

  /**
   * @param {Part[]} parts
   * @param {string} there
   * @param {(condition: string) => void} demand
   */
  #match(parts, there, demand) {
    const learnt = new Set();
    let pattern = "";
    for (const part of parts) {
      if ("text" in part) pattern += part.text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\n/g, "\\n");
      else if ("any" in part) pattern += ".*";
      else if ("known" in part) pattern += `\${RegExp.escape(${this.name(part.known, "value")})}`;
      else {
        const name = this.name(part.learn, "value");
        pattern += learnt.has(name) ? `\\k<${name}>` : `(?<${name}>${CAPTURED})`;
        learnt.add(name);
      }
    }
    const isFixed = !parts.some((part) => "known" in part);
    const test = isFixed ? `/^${pattern}$/s` : `new RegExp(String.raw\`^${pattern.replace(/`/g, "\\x60")}$\`, "s")`;
    if (learnt.size === 0) return demand(`${test}.test(${there})`);
    this.lines.add(this.assign("found", `${test}.exec(${there})`));
    demand("found");
    for (const name of learnt) this.lines.add(this.assign(name, `found.groups.${name}`));
  }

  /**
   * @param {string} got
   * @param {unknown} expected
   */
  same(got, expected) {
    this.needs.add("same");
    if (typeof expected === "object" && expected !== null) this.needs.add("equal");
    this.lines.add(`same(${got}, ${literal(expected, this.spelling, this.lines.room - got.length - 9)});`);
  }

  /**
   * A declaration the first time, an assignment ever after.
   * @param {string} variable
   * @param {string} value
   */
  assign(variable, value) {
    const count = this.assigned.get(variable) ?? 0;
    this.assigned.set(variable, count + 1);
    return `${count ? "" : "let "}${variable} = ${value};`;
  }

  /** What was never assigned again is a constant. */
  settle() {
    const { list } = this.lines;
    for (const [at, line] of list.entries()) {
      const variable = /^let (\w+) = /.exec(line)?.[1] ?? "";
      if (this.assigned.get(variable) === 1) list[at] = line.replace("let", "const");
    }
  }

  /**
   * A string; where names stand in it, a template.
   * @param {string} text
   * @param {string} [first] An expression that it begins with.
   */
  string(text, first) {
    const words = wordsOf(text);
    if (!first && words.every((word) => "text" in word)) return quoted(text);
    if (!first && words.length === 1) return this.name(/** @type {{known: string}} */ (words[0]).known, "value");
    const inside = words.map((word) =>
      "known" in word
        ? `\${${this.name(word.known, "value")}}`
        : JSON.stringify(word.text).slice(1, -1).replace(/\\"/g, '"').replace(/[`$]/g, "\\$&"),
    );
    return `\`${first ? `\${${first}}` : ""}${inside.join("")}\``;
  }
}

/**
 * In double quotes, or in single ones if that spares escapes.
 * @param {string} text
 */
function quoted(text) {
  const json = JSON.stringify(text);
  return text.includes('"') && !text.includes("'") ? `'${json.slice(1, -1).replace(/\\"/g, '"')}'` : json;
}
