/**
 * Plays transcripts with the page's own player against the server here. From standard input, as JSON, {transcripts, files,
 * atOnce, works}: transcripts are lists of lines as the widget reads them, files are edited before, and so many are played
 * at the same time; works are what stands in a playground, played one after the other. To standard output, a line of JSON
 * for each transcript, and then for each work: how it ended.
 */

import { readFileSync } from "node:fs";
import { playOne, server } from "./player.js";

const { modulesOf } = await import("#tools/playground/modules.js");
const { transcripts = [], files = {}, atOnce = 1, works = [] } = JSON.parse(readFileSync(0, "utf8"));
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
for (const work of works) {
  const { traceback } = await server.edit(modulesOf(work));
  const { lines, problems } = await server.read(work.transcript);
  ends.push(traceback || problems.length ? { traceback, problems } : await playOne(lines));
}
for (const end of ends) process.stdout.write(`${JSON.stringify(end)}\n`);
process.exit(0);
