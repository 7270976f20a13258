// Makes the memory image that a page begins from: Python once it has booted the server. The page's half, which restores it, is
// docs/assets/live/here/image.js.
//
// From standard input: {"pyodide": its folder, "folder": where the archives are, and the image goes}. It is written twice:
//
// - image.wasm, a WebAssembly module of nothing but one custom section. Web servers that compress Python's own module
//   on its way compress this one, too, better than a page can have it unpacked.
// - image.gz, for where the server compresses nothing.
//
// What is written are the pages of memory in which it differs from a module that has only just been made, since every page
// makes one. In words of four bytes, little-endian: the bytes of Pyodide's own header, of the whole memory, the sum of the
// words that a fresh module has in the other pages, the addresses of the types of strings and of
// dictionaries, how many runs of pages there are;
// for each, its first and their number; then the header, and the pages.
//
// Of those pages there is nothing that a page has no need of: memory that is free is zero (free.mjs), and what follows from
// the rest is left out (implied.mjs).

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { beginFrom, read } from "../../docs/assets/live/here/image.js";
import { clearFree } from "./free.mjs";
import { leaveOut, settle } from "./implied.mjs";

const PAGE = 4096;
const { pyodide, folder } = JSON.parse(readFileSync(0, "utf8"));
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const { default: createModule } = await import(pathToFileURL(`${pyodide}/pyodide.asm.mjs`).href);
const settings = { indexURL: pyodide, stdLibURL: `${folder}/python_stdlib.zip`, env: { HOME: "/" } };

const { header, memory, types } = await boot();
const image = written(header, memory, leaveOut(memory, types), await fresh(), types);
const asSent = asModule(image);
if (!memory.equals(await restored(asSent))) throw new Error("what a page makes of the image is not what it was made of");
writeFileSync(`${folder}/image.wasm`, asSent);
writeFileSync(`${folder}/image.gz`, gzipSync(image, { level: 9 }));
process.exit(0);

/** The memory of Python once the server has booted, the addresses of some types; and what Pyodide wants to know. */
async function boot() {
  const python = await loadPyodide({ ...settings, env: { ...settings.env, PYTHONHASHSEED: "0" }, _makeSnapshot: true });
  python.FS.writeFile("/packages.zip", readFileSync(`${folder}/packages.zip`));
  python.FS.writeFile("/project.zip", readFileSync(`${folder}/project.zip`));
  python.runPython(`
import sys, zipfile
sys.dont_write_bytecode = True
zipfile.ZipFile("/project.zip").extractall("/project")
sys.path[:0] = ["/project", "/packages.zip"]
from in_page.worker import make_image
make_image()
del zipfile, make_image
`);
  const [string, dictionary, bytes] = ["str", "dict", "bytes"].map((type) => python.runPython(`id(${type})`));
  const types = { string, dictionary, bytes };
  clearFree(python._module);
  const snapshot = python.makeMemorySnapshot();
  const [, start] = new Uint32Array(snapshot.buffer, 0, 2);
  const memory = Buffer.from(snapshot.slice(start).buffer);
  settle(memory, types, python._module);
  return { header: snapshot.slice(0, start), memory, types };
}

/** The memory of a module into which an image is about to be put: by then nothing has run in it. */
function fresh() {
  return memoryOf({ _loadSnapshot: new Uint8Array(16), createPyodideModule: createModule });
}

/** What a page has once it has put an image into a fresh module. */
function restored(image) {
  return memoryOf(beginFrom(read(new Response(image)), createModule));
}

/** The memory of a module that is begun so, before Pyodide goes on with it. */
async function memoryOf(beginning) {
  let memory;
  const createPyodideModule = async (options) => {
    const module = await beginning.createPyodideModule(options);
    memory = Buffer.from(module.HEAPU8.slice().buffer);
    throw new Error("that was all");
  };
  await loadPyodide({ ...settings, ...beginning, createPyodideModule }).catch((error) => {
    if (!memory) throw error;
  });
  return memory;
}

function written(header, memory, leftOut, base, types) {
  const words = (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const now = words(memory);
  const before = new Uint32Array(now.length);
  before.set(words(base));
  const runs = [];
  let sum = 0;
  for (let page = 0; page < memory.length / PAGE; page += 1) {
    const [from, to] = [(page * PAGE) / 4, ((page + 1) * PAGE) / 4];
    if (now.subarray(from, to).every((word, at) => word === before[from + at])) {
      for (let at = from; at < to; at += 1) sum = (sum + before[at]) >>> 0;
    } else if (runs.length && runs.at(-1)[0] + runs.at(-1)[1] === page) runs.at(-1)[1] += 1;
    else runs.push([page, 1]);
  }
  const padded = Buffer.concat([header, Buffer.alloc(-header.length & 3)]);
  const start = Uint32Array.of(padded.length, memory.length, sum, types.string, types.dictionary, runs.length, ...runs.flat());
  const pages = runs.map(([page, count]) => leftOut.subarray(page * PAGE, (page + count) * PAGE));
  return Buffer.concat([Buffer.from(start.buffer), padded, ...pages]);
}

/** Eight bytes that say so, and one section, which an engine passes over. Its name ends where a word may begin. */
function asModule(image) {
  const name = Buffer.concat([Buffer.from([5]), Buffer.from("image")]);
  const length = name.length + image.length;
  // five bytes, of seven bits each: as long as they may be, so that it is known where the image begins
  const size = [0, 7, 14, 21, 28].map((shift) => ((length >>> shift) & 0x7f) | (shift < 28 ? 0x80 : 0));
  return Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, ...size]), name, image]);
}
