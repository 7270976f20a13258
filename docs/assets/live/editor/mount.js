/**
 * CodeMirror as this site has it: Python, with the palette of the printed code. Tab is not its business, so it leaves the
 * editor as it leaves any field; Ctrl or Cmd with ] and [ indents.
 */

// biome-ignore lint/suspicious/noTsIgnore: until the first build it is not there, and from then on it is
// @ts-ignore: its types are those of its source, below
import * as bundled from "../../bundles/codemirror.js";

/** @import {EditorView as View} from "@codemirror/view" */

/** @type {typeof import("../../../../bundles/codemirror.js")} */
const code = /** @type {any} */ (bundled);

const { EditorState, EditorView, tags } = code;

/** The colours of Pygments' classes in Material, by what stands for what in CodeMirror. */
const COLOURS = code.HighlightStyle.define(
  [
    { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], color: "keyword" },
    { tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))], color: "function" },
    { tag: [tags.className, tags.definition(tags.className)], color: "function" },
    { tag: [tags.string, tags.special(tags.string)], color: "string" },
    { tag: [tags.number, tags.bool, tags.null], color: "number" },
    { tag: tags.comment, color: "comment" },
    { tag: [tags.operator, tags.arithmeticOperator, tags.compareOperator], color: "operator" },
  ].map(({ tag, color }) => ({ tag, color: `var(--md-code-hl-${color}-color)` })),
);

const THEME = EditorView.theme({
  "&": { backgroundColor: "var(--md-code-bg-color)", color: "var(--md-code-fg-color)", borderRadius: "0.1rem" },
  "&.cm-focused": { outline: "0.1rem solid var(--live-out)" },
  ".cm-scroller": { fontFamily: "var(--live-mono)", lineHeight: "1.4", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--md-code-fg-color)" },
  ".cm-cursor": { borderLeftColor: "var(--md-code-fg-color)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--live-dim)", border: "0" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--live-out) 28%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--live-out) 28%, transparent)" },
  ".cm-wrong": { boxShadow: "inset 0.2rem 0 var(--live-bad)" },
  ".cm-wrong-words": { color: "var(--live-bad)", padding: "0 0.4rem 0.2rem", overflowWrap: "anywhere" },
});

/** @type {import("@codemirror/state").StateEffectType<{line: number, words: string} | null>} */
const setWrong = code.StateEffect.define();

class Words extends code.WidgetType {
  /** @param {string} words */
  constructor(words) {
    super();
    this.words = words;
  }

  /** @param {Words} other */
  eq(other) {
    return other.words === this.words;
  }

  toDOM() {
    const element = document.createElement("div");
    element.className = "cm-wrong-words";
    element.textContent = this.words;
    return element;
  }
}

/** The one line that is wrong, and what is wrong with it below it, until that line is changed. */
const wrongLine = code.StateField.define({
  create: () => code.Decoration.none,
  update(marks, { changes, effects, state, docChanged }) {
    const set = effects.find((effect) => effect.is(setWrong));
    if (!set) return docChanged ? marks.map(changes) : marks;
    if (!set.value) return code.Decoration.none;
    const { from, to } = state.doc.line(Math.min(set.value.line, state.doc.lines));
    const below = code.Decoration.widget({ widget: new Words(set.value.words), block: true, side: 1 });
    return code.Decoration.set([code.Decoration.line({ class: "cm-wrong" }).range(from), below.range(to)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {string} text
 * @param {{name: string, hint: string, changed: (text: string) => void, run: () => void, isPython?: boolean}} around Its
 *   name, and the id of what else is to be said of it, for who hears it; what to do when it was changed, and at Ctrl or Cmd
 *   with Enter.
 */
export function mount(text, { name, hint, changed, run, isPython = true }) {
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        code.lineNumbers(),
        code.history(),
        code.drawSelection(),
        code.indentOnInput(),
        code.bracketMatching(),
        isPython ? code.python() : [],
        code.indentUnit.of("    "),
        code.syntaxHighlighting(COLOURS),
        wrongLine,
        code.keymap.of([{ key: "Mod-Enter", run: handled(run) }, ...code.historyKeymap, ...code.defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": name,
          "aria-describedby": hint,
          spellcheck: "false",
          tabindex: "0", // what scrolls can be reached: axe-core takes no editable content for that
        }),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && changed(state.doc.toString())),
        THEME,
      ],
    }),
  });
  return new Mounted(view);
}

/**
 * A key's act, after which nobody else has to do with that key.
 * @param {() => void} act
 */
function handled(act) {
  return () => {
    act();
    return true;
  };
}

/** What the rest of the page asks of an editor. */
class Mounted {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.element = view.dom;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /** As if it had been typed, so that it can be undone. @param {string} text */
  replace(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  undo() {
    code.undo(this.view);
  }

  /**
   * @param {number} line From 1.
   * @param {string} words
   */
  showWrong(line, words) {
    this.view.dispatch({ effects: setWrong.of({ line, words }) });
    this.#show(line, "center");
  }

  clearWrong() {
    this.view.dispatch({ effects: setWrong.of(null) });
  }

  /** Put the cursor where a piece of the text begins, and the keyboard into the editor. @param {string} piece */
  beginAt(piece) {
    const at = Math.max(0, this.text.indexOf(piece));
    this.view.focus();
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "start" }) });
  }

  destroy() {
    this.view.destroy();
  }

  /**
   * @param {number} line
   * @param {"center" | "start"} y
   */
  #show(line, y) {
    const { from } = this.view.state.doc.line(Math.min(line, this.view.state.doc.lines));
    this.view.dispatch({ effects: EditorView.scrollIntoView(from, { y }) });
  }
}
