/**
 * Writes beside each file that is named on stdin, a JSON list of paths, what it is by Brotli (`.br`) and by gzip (`.gz`),
 * where that is shorter; to stdout, how many bytes there were and are by each. Node.js has both, and does several at a time.
 * It runs in the project's folder, and keeps there what took long.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** The best quality takes two seconds for each megabyte. What a large file became is kept: few of them change. */
const LARGE_BYTES = 1_000_000;
const KEPT = ".cache/compressed";
const { BROTLI_PARAM_SIZE_HINT: SIZE, BROTLI_PARAM_LGWIN: WINDOW } = constants;

const encodings = {
  br: (data) => promisify(brotliCompress)(data, { params: { [SIZE]: data.length, [WINDOW]: 24 } }),
  gz: (data) => promisify(gzip)(data, { level: 9 }),
};

const files = JSON.parse(readFileSync(0, "utf8"));
const sizes = { files: 0, before: 0, br: 0, gz: 0 };

async function encoded(name, data) {
  if (data.length < LARGE_BYTES) return encodings[name](data);
  const kept = `${KEPT}/${createHash("sha256").update(data).digest("hex")}.${name}`;
  if (!existsSync(kept)) {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(`${kept}.${process.pid}`, await encodings[name](data));
    renameSync(`${kept}.${process.pid}`, kept); // whole, whoever else builds at the same time
  }
  return readFileSync(kept);
}

async function work() {
  for (let file; (file = files.pop()); ) {
    const data = readFileSync(file);
    const made = await Promise.all(Object.keys(encodings).map(async (name) => [name, await encoded(name, data)]));
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
