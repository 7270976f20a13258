/**
 * Writes beside each file that is named on stdin, a JSON list of paths, what it is by Brotli (`.br`) and by gzip (`.gz`),
 * where that is shorter; to stdout, how many bytes there were and are by each. Node.js has both, and does several at a time.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** The best quality takes more than a second for each megabyte. A large file gets one that is twenty times as quick. */
const LARGE_BYTES = 1_000_000;
const isLarge = (data) => data.length > LARGE_BYTES;
const { BROTLI_PARAM_QUALITY: QUALITY, BROTLI_PARAM_SIZE_HINT: SIZE, BROTLI_PARAM_LGWIN: WINDOW } = constants;

const encodings = {
  br: (data) =>
    promisify(brotliCompress)(data, {
      params: { [QUALITY]: isLarge(data) ? 5 : 11, [SIZE]: data.length, [WINDOW]: 24 },
    }),
  gz: (data) => promisify(gzip)(data, { level: isLarge(data) ? 6 : 9 }),
};

const files = JSON.parse(readFileSync(0, "utf8"));
const sizes = { files: 0, before: 0, br: 0, gz: 0 };

async function work() {
  for (let file; (file = files.pop()); ) {
    const data = readFileSync(file);
    const made = await Promise.all(Object.entries(encodings).map(async ([name, by]) => [name, await by(data)]));
    if (made.some(([, short]) => short.length >= data.length)) continue;
    for (const [name, short] of made) {
      writeFileSync(`${file}.${name}`, short);
      sizes[name] += short.length;
    }
    sizes.files += 1;
    sizes.before += data.length;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
process.stdout.write(JSON.stringify(sizes));
