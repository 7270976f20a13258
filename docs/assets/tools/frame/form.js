/** The fields in which a reader builds a message and its frames. */

import { build, labelled } from "../../live/kit/dom.js";
import { fromHex, toHex } from "../../live/kit/hex.js";
import { button } from "../tool.js";
import { encode } from "./bytes.js";
import { PLAIN, PRESETS } from "./presets.js";

/** @import {Kind, Preset, Setting} from "./presets.js" */

const RFC_KEY = "37 fa 21 3d";

/** @type {[number, string][]} */
const OPCODES = [
  [0, "0 continuation"],
  [1, "1 text"],
  [2, "2 binary"],
  [3, "3 reserved"],
  [8, "8 close"],
  [9, "9 ping"],
  [10, "10 pong"],
];
/** @type {[string, string][]} */
const KINDS = [
  ["text", "text"],
  ["bytes", "bytes, in hex"],
  ["close", "code and reason"],
];
/** @type {[number, string][]} */
const FORMS = [
  [0, "as short as it can be"],
  [16, "7+16 bits"],
  [64, "7+64 bits"],
];

export class FrameForm {
  /**
   * @param {(bytes: Uint8Array) => void} changed
   * @param {(problem: string) => void} failed
   */
  constructor(changed, failed) {
    this.changed = changed;
    this.failed = failed;
    this.start = build(
      "select",
      {},
      ...PRESETS.map(([label, presets]) =>
        build("optgroup", { label }, ...presets.map(({ name }) => new Option(name))),
      ),
    );
    this.opcode = choice(OPCODES);
    this.kind = choice(KINDS);
    this.payload = build("input", { maxLength: 600, autocomplete: "off", spellcheck: false });
    this.fragments = build("input", { type: "number", min: "1", max: "4" });
    this.form = choice(FORMS);
    this.fin = build("input", { type: "checkbox" });
    this.rsv1 = build("input", { type: "checkbox" });
    this.masked = build("input", { type: "checkbox" });
    this.key = build("input", { maxLength: 11, value: RFC_KEY, autocomplete: "off", spellcheck: false });
    this.element = this.#lay();
    this.start.addEventListener("change", () => this.pick(this.preset));
    this.opcode.addEventListener("change", () => this.#suit());
    for (const field of [
      this.opcode,
      this.kind,
      this.payload,
      this.fragments,
      this.form,
      this.fin,
      this.rsv1,
      this.masked,
      this.key,
    ]) {
      field.addEventListener("input", () => this.tell());
    }
  }

  get preset() {
    return /** @type {Preset} */ (PRESETS.flatMap(([, presets]) => presets)[this.start.selectedIndex]);
  }

  /** @param {Preset} preset */
  pick({ setting, bytes }) {
    this.set({ ...PLAIN, ...setting });
    if (bytes) this.changed(bytes(fromHex(this.key.value)));
    else this.tell();
  }

  /** @param {Setting} setting */
  set(setting) {
    for (const name of /** @type {const} */ (["opcode", "kind", "payload", "fragments", "form"]))
      this[name].value = String(setting[name]);
    for (const name of /** @type {const} */ (["fin", "rsv1", "masked"])) this[name].checked = setting[name];
    if (!/^(?:[0-9a-f]{2} ?){4}$/i.test(this.key.value)) this.key.value = RFC_KEY;
  }

  /** Pass on the bytes that the fields describe, or what is wrong with a field. */
  tell() {
    try {
      this.changed(this.#encoded());
    } catch (error) {
      this.failed(error instanceof SyntaxError ? error.message : String(error));
    }
  }

  #encoded() {
    const key = fromHex(this.key.value);
    if (key.length !== 4) throw new SyntaxError("a masking key has four bytes, such as 37 fa 21 3d");
    const fragments = Math.min(4, Math.max(1, Math.trunc(Number(this.fragments.value)) || 1));
    return encode({
      opcode: Number(this.opcode.value),
      payload: payloadOf(/** @type {Kind} */ (this.kind.value), this.payload.value),
      fin: this.fin.checked,
      rsv1: this.rsv1.checked,
      key: this.masked.checked ? key : null,
      fragments,
      form: Number(this.form.value),
    });
  }

  /** A close frame's payload is written as code and reason, any other's as text. */
  #suit() {
    const closes = this.opcode.value === "8";
    if (closes === (this.kind.value === "close")) return;
    this.kind.value = closes ? "close" : "text";
    this.payload.value = closes ? "1000 bye" : PLAIN.payload;
  }

  #lay() {
    const renew = button("New key", () => {
      this.key.value = toHex(crypto.getRandomValues(new Uint8Array(4)));
      this.tell();
    });
    return build(
      "div",
      { className: "frame-form" },
      labelled("start from", this.start, "live-wide frame-start"),
      labelled("opcode", this.opcode),
      labelled("payload is", this.kind),
      labelled("payload", this.payload, "live-wide frame-payload"),
      labelled("fragments", this.fragments, "frame-fragments"),
      labelled("length", this.form),
      labelled("FIN", this.fin, "frame-tick"),
      labelled("RSV1", this.rsv1, "frame-tick"),
      labelled("masked", this.masked, "frame-tick"),
      build("span", { className: "frame-key" }, labelled("key", this.key), renew),
    );
  }
}

/**
 * @param {Kind} kind
 * @param {string} written
 */
function payloadOf(kind, written) {
  if (kind === "bytes") return fromHex(written);
  const utf8 = new TextEncoder();
  if (kind === "text" || !written) return utf8.encode(written);
  const [, code, reason = ""] = /^(\d{1,5})(?: (.*))?$/.exec(written) ?? [];
  if (!code || Number(code) > 65535)
    throw new SyntaxError("a close frame holds a code and perhaps a reason, such as 1000 bye");
  return Uint8Array.of(Number(code) >> 8, Number(code) & 255, ...utf8.encode(reason));
}

/** @param {[string | number, string][]} options */
function choice(options) {
  return build("select", {}, ...options.map(([value, text]) => new Option(text, String(value))));
}
