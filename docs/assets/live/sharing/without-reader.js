/**
 * What a link leaves out of what the server told: the address of whoever makes the link, and what their browser says
 * of itself. What is to stay is listed, and not what is to go, so that a header of tomorrow's is left out as well.
 */

export const LEFT_OUT = "[not in this link]";

/** What makes an HTTP request a WebSocket's, and what the server says of its answer. */
const HEADERS =
  /^(host|origin|upgrade|connection|sec-websocket-(key|accept|version|protocol)|server|content-(type|length))$/i;
/** Of a scope: what the page asked for, and what routes and middleware made of it. */
const KEYS =
  "type http_version scheme path raw_path root_path query_string subprotocols asgi session user url_route path_remaining".split(
    " ",
  );
const ENTRY = /^([{ ])'(\w+)':/;
const OBSERVE = /[?&]observe=[^\s&]*/;

/**
 * The head of a request or a response; the id of the observation is its observer's alone.
 * @param {string} head
 */
export function headWithoutReader(head) {
  const [first = "", ...lines] = head.split("\r\n");
  const kept = lines.map((line) => {
    const [name = ""] = line.split(":");
    return line === "" || HEADERS.test(name.trim()) ? line : `${name}: ${LEFT_OUT}`;
  });
  return [first.replace(OBSERVE, ""), ...kept].join("\r\n");
}

/**
 * A scope as Python prints it, an entry a line or more.
 * @param {string} python
 */
export function scopeWithoutReader(python) {
  if (!python.includes("\n") || !python.endsWith("}")) return LEFT_OUT; // all on one line: nothing to tell apart
  let keeping = false;
  const kept = python.split("\n").flatMap((line) => {
    const entry = ENTRY.exec(line);
    if (!entry) return keeping ? [line] : [];
    const [, open, key = ""] = entry;
    keeping = KEYS.includes(key);
    return keeping ? [line] : [`${open}'${key}': ${LEFT_OUT},`];
  });
  return kept.join("\n").replace(/,$/, "").replace(/}?$/, "}");
}
