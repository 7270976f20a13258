/**
 * Plays transcripts against modules as they are put in the place of the server's own: faulty, and mended. From standard
 * input, as JSON, a list of {path, texts, lines}: lines as the widget reads them, played once for each text. To standard
 * output, a line of JSON for each play: how it ended, and the traceback if the text cannot be imported.
 */

import { readFileSync } from "node:fs";
import { playOne, server } from "./player.js";

const TIMES = 5;

/**
 * Puts a text in the place of a module's. On a busy machine an import may take longer than edited code is given: again then.
 * @param {Record<string, string>} files
 * @returns {Promise<string>}
 */
async function edit(files, times = TIMES) {
  const { traceback } = await server.edit(files);
  return traceback.includes("kept the event loop busy") && times > 1 ? edit(files, times - 1) : traceback;
}

for (const { path, texts, lines } of JSON.parse(readFileSync(0, "utf8"))) {
  for (const text of texts) {
    const traceback = await edit({ [path]: text });
    console.log(JSON.stringify({ traceback, ...(await playOne(lines)) }));
  }
}
process.exit(0);
