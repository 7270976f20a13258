/**
 * What the editor needs of CodeMirror 6, in one file for pages that run as they are written: an editor for Python with
 * lines, history and brackets. `make serve` and `make site` bundle it to docs/assets/bundles/.
 */

export { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
export { python } from "@codemirror/lang-python";
export { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { EditorState, StateEffect, StateField } from "@codemirror/state";
export {
  Decoration,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  WidgetType,
} from "@codemirror/view";
export { tags } from "@lezer/highlight";
