/**
 * Plays transcripts with the page's own player against the server here. From standard input, as JSON, {transcripts, files,
 * atOnce}: transcripts are lists of lines as the widget reads them, files are edited before, and so many are played at the
 * same time. To standard output, a line of JSON for each transcript: how it ended.
 */

import { readFileSync } from "node:fs";
import { playOne, server } from "./player.js";

const { transcripts, files = {}, atOnce = 1 } = JSON.parse(readFileSync(0, "utf8"));
if (Object.keys(files).length) {
  const { traceback } = await server.edit(files);
  if (traceback) throw new Error(traceback);
}

/** @type {[number, any[]][]} */
const rest = Array.from(transcripts.entries());
/** @type {any[]} */
const ends = [];
const work = async () => {
  for (let next; (next = rest.shift()); ) ends[next[0]] = await playOne(next[1]);
};
await Promise.all(Array.from({ length: atOnce }, work));
for (const end of ends) process.stdout.write(`${JSON.stringify(end)}\n`);
process.exit(0);
