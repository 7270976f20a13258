/** What a traceback of Python says: what was raised, and where in a module. */

/**
 * @param {string} traceback
 * @param {string} path Of the module, in the project.
 * @returns {{line: number | undefined, words: string}} The innermost line of that module that it went through, if it did.
 */
export function readTraceback(traceback, path) {
  const frames = Array.from(traceback.matchAll(/^ {2}File "(.+)", line (\d+)/gm));
  const frame = frames.findLast(([, file]) => file === path || file?.endsWith(`/${path}`));
  return { line: frame && Number(frame[2]), words: raised(traceback) };
}

/**
 * The exception itself: the first line behind the frames that is not indented. Notes may follow it.
 * @param {string} traceback
 */
function raised(traceback) {
  const lines = traceback.trimEnd().split("\n");
  const last = lines.findLastIndex((line) => line.startsWith("  "));
  return lines[last + 1] ?? lines.at(-1) ?? "";
}
