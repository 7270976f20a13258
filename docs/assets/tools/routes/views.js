/**
 * What the pages ask of `<tool-routes data-list="…">`: which lists of routes it shows, and which paths are worth
 * trying. The lists themselves come from the server.
 */

/**
 * @typedef {object} View
 * @property {string} title
 * @property {string} label What the reader types.
 * @property {number} longest Characters.
 * @property {{list: string, rows: number, path: (typed: string) => string}[]} panels A list of routes, how many
 *   there are, and the path that is asked of it.
 * @property {[string, string][]} cases What to try: a word on it, and the text. The first stands there to begin with.
 */

/** @type {Record<string, View>} */
export const VIEWS = {
  routing: {
    title: "Which route takes your path?",
    label: "path",
    longest: 200,
    panels: [{ list: "routing", rows: 9, path: (typed) => typed }],
    cases: [
      ["first match", "/ws/route/rooms/lobby/"],
      ["nested", "/ws/route/shops/books/orders/42/"],
      ["nested, by name", "/ws/route/shops/books/orders/latest/"],
      ["given back", "/ws/route/shops/books/staff/"],
      ["no slash at the end", "/ws/route"],
      ["one too many", "/ws/route/bare/"],
      ["slash in the pattern", "/ws/route/slash/"],
      ["a query", "/ws/route/?room=garden"],
      ["%2F", "/ws/route/rooms/my%2Froom/"],
      ["nobody's", "/ws/chat/lobby/"],
    ],
  },
  "path-vs-re-path": {
    title: "The same value, in a path route and in a re_path route",
    label: "value",
    longest: 150,
    panels: [
      { list: "path", rows: 2, path: (typed) => `/ws/compare/path/${typed}/` },
      { list: "re_path", rows: 2, path: (typed) => `/ws/compare/re_path/${typed}/` },
    ],
    cases: [
      ["a hyphen", "my-room"],
      ["an accent", "café"],
      ["a number", "42"],
      ["a zero in front", "042"],
      ["other digits", "٤٢"],
      ["a slash", "lobby/more"],
    ],
  },
  odd: {
    title: "Regular expressions that say less than they seem to",
    label: "path",
    longest: 200,
    panels: [{ list: "odd", rows: 5, path: (typed) => typed }],
    cases: [
      ["no $", "/ws/odd/no-dollar/my-room"],
      ["neither", "/evil/ws/odd/neither/lobby/more"],
      ["^ but no $", "/evil/ws/odd/no-dollar/lobby"],
      ["$ but no ^", "/evil/ws/odd/no-caret/lobby/"],
      ["no names", "/ws/odd/unnamed/lobby/7/"],
      ["one name", "/ws/odd/mixed/lobby/7/"],
    ],
  },
};
