/** What the Python texts share: values, strings with names in them, and checks as assertions. */

import { never } from "../kit/never.js";
import { CAPTURED } from "../notation/captures.js";
import { checksOf, wordsOf } from "./checks.js";
import { literal, namer } from "./writing.js";

/** @import {Check, Part} from "./checks.js" */
/** @import {Lines, Spelling} from "./writing.js" */

const KEYWORDS =
  "False None True and as assert async await break class continue def del elif else except finally for from global if " +
  "import in is lambda nonlocal not or pass raise return try while with yield";
const TAKEN =
  "ws status body answer found closing raised connected subprotocol cookies cookie_header ask get log_in sign_up refusal " +
  "refused wait_for_close connect connections application settings pytest asyncio json re time bytes len print str";

export class PythonWords {
  constructor() {
    this.name = namer(new Set(`${KEYWORDS} ${TAKEN}`.split(" ")));
    /** The names that have been learnt so far. */
    this.known = new Set();
    /** What has to be imported for what was written. */
    this.needs = new Set();
    /** @type {Spelling} */
    this.spelling = {
      null: "None",
      true: "True",
      false: "False",
      text: (text) => this.string(text),
      key: (key) => `${quoted(key)}:`,
      padding: "",
    };
  }

  /**
   * A string; where names stand in it, an f-string, or with braces of its own a sum.
   * @param {string} text
   * @param {string} [first] An expression that it begins with.
   */
  string(text, first) {
    const words = wordsOf(text).map((word) => ("known" in word ? { known: this.name(word.known, "value") } : word));
    if (first) words.unshift({ known: first });
    if (words.every((word) => "text" in word)) return quoted(text);
    const plain = words.map((word) => ("text" in word ? word.text : "")).join("");
    if (words.length === 1) return /** @type {{known: string}} */ (words[0]).known;
    if (/[{}"\\\n]/.test(plain))
      return words.map((word) => ("text" in word ? quoted(word.text) : word.known)).join(" + ");
    return `f"${words.map((word) => ("text" in word ? word.text : `{${word.known}}`)).join("")}"`;
  }

  /**
   * @param {Lines} lines
   * @param {string} got
   * @param {unknown} value
   * @param {string} [shown]
   */
  #assertEqual(lines, got, value, shown = "") {
    const start = `assert ${got} == `;
    lines.add(start + literal(value, this.spelling, lines.room - start.length - shown.length) + shown);
  }

  /**
   * What was expected of a text, as lines that assert it.
   * @param {Lines} lines
   * @param {string} expected
   * @param {(isJson: boolean) => string} source The expression that gives the text, or what its JSON says.
   * @param {boolean} shows Whether an assertion has to say by itself what came.
   */
  expect(lines, expected, source, shows) {
    const { isJson, checks } = checksOf(expected, this.known);
    const got = source(isJson);
    const [only] = checks;
    const isName = /^\w+$/.test(got);
    if (checks.length === 0) {
      if (!isName) lines.add(source(false));
      return;
    }
    if (!shows && checks.length === 1 && only?.is === "equal" && only.at.length === 0) {
      this.#assertEqual(lines, got, only.value);
      return;
    }
    if (checks.length === 1 && only?.is === "learnt" && only.at.length === 0) {
      lines.add(`${this.name(only.name, "value")} = ${got}`);
      return;
    }
    if (!isName) lines.add(`answer = ${got}`);
    const name = isName ? got : "answer";
    for (const check of checks) this.#assert(lines, check, name, shows ? `, ${name}` : "");
  }

  /**
   * @param {Lines} lines
   * @param {Check} check
   * @param {string} answer
   * @param {string} shown
   */
  #assert(lines, check, answer, shown) {
    const there = answer + check.at.map((key) => `[${typeof key === "number" ? key : quoted(key)}]`).join("");
    const assert = (/** @type {string} */ condition) => lines.add(`assert ${condition}${shown}`);
    switch (check.is) {
      case "equal":
        return this.#assertEqual(lines, there, check.value, shown);
      case "keys":
        return assert(
          check.keys.length ? `${there}.keys() == {${check.keys.map(quoted).join(", ")}}` : `${there} == {}`,
        );
      case "key":
        return assert(`${quoted(check.key)} in ${there}`);
      case "length":
        return assert(`len(${there}) ${check.more ? ">=" : "=="} ${check.length}`);
      case "start":
        return assert(`${there}.startswith(${quoted(check.text)})`);
      case "end":
        return assert(`${there}.endswith(${quoted(check.text)})`);
      case "within":
        return assert(`${quoted(check.text)} in ${there}`);
      case "learnt":
        return lines.add(`${this.name(check.name, "value")} = ${there}`);
      case "pattern":
        return this.#match(lines, check.parts, there, shown);
      default:
        return never(check);
    }
  }

  /**
   * @param {Lines} lines
   * @param {Part[]} parts
   * @param {string} there
   * @param {string} shown
   */
  #match(lines, parts, there, shown) {
    this.needs.add("re");
    const learnt = new Set();
    const isFixed = !parts.some((part) => "known" in part);
    let pattern = "";
    for (const part of parts) {
      if ("text" in part) {
        const escaped = part.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        pattern += isFixed ? escaped : escaped.replace(/[{}]/g, "$&$&");
      } else if ("any" in part) pattern += ".*";
      else if ("known" in part) pattern += `{re.escape(${this.name(part.known, "value")})}`;
      else {
        const name = this.name(part.learn, "value");
        pattern += learnt.has(name) ? `(?P=${name})` : `(?P<${name}>${CAPTURED})`;
        learnt.add(name);
      }
    }
    const call = `re.fullmatch(${isFixed ? "" : "f"}${raw(pattern)}, ${there}, re.DOTALL)`;
    if (learnt.size === 0) return lines.add(`assert ${call}${shown}`);
    lines.add(`found = ${call}`);
    lines.add(`assert found${shown}`);
    for (const name of learnt) lines.add(`${name} = found["${name}"]`);
  }

  /** @param {string} hex */
  bytes(hex) {
    return hex ? `bytes.fromhex("${(hex.match(/../g) ?? []).join(" ")}")` : 'b""';
  }
}

/**
 * As Python writes a string: in double quotes, or in single ones if that spares escapes.
 * @param {string} text
 */
export function quoted(text) {
  const json = JSON.stringify(text);
  return text.includes('"') && !text.includes("'") ? `'${json.slice(1, -1).replace(/\\"/g, '"')}'` : json;
}

/** @param {string} pattern */
function raw(pattern) {
  if (/\n/.test(pattern) || (pattern.includes('"') && pattern.includes("'"))) return quoted(pattern);
  return pattern.includes('"') ? `r'${pattern}'` : `r"${pattern}"`;
}

/**
 * Three quotes cannot stand in a docstring, and a backslash would mean something.
 * @param {string} words
 */
export function docstring(words) {
  return words.replace(/\\/g, "\\\\").replace(/"""/g, "'''").replace(/"$/, '" ');
}
