/**
 * The memory image: Python as it is once it has booted the server. `in_page/build/image.mjs` makes it, and says there how it
 * is written. It is put into the memory of a fresh module, in which nothing has run, and Pyodide goes on from there.
 *
 * Pyodide's own way is private, and copies all of the memory, more than a fresh module has (pyodide#6254): so it is given
 * an image without any memory, and what it is to find there is put in before.
 */

import { putBack } from "./implied.js";

const PAGE = 4096;
const FIRST_WORDS = 6;
/** Pyodide's own header, and room: how long it is, is known only once the image has come. */
const HEADER_BYTES = 65_536;
/** In that header: where the memory begins (a word's number). */
const MEMORY_AT = 1;

/** In image.wasm: what makes it a WebAssembly module comes first. */
const MODULE_BYTES = 20;

/**
 * Emscripten's, with a function of Python's.
 * @typedef {{HEAPU8: Uint8Array, growMemory: (bytes: number) => unknown, _PyObject_Hash: (address: number) => number}} Module
 */

/** @import {Types} from "./implied.js" */
/** @typedef {{header: Uint8Array, bytes: number, sum: number, types: Types, runs: Uint32Array, pages: Uint8Array}} Image */

/** @param {Response} response Of image.wasm. */
export async function read(response) {
  return parts(await response.arrayBuffer(), MODULE_BYTES);
}

/** @param {Response} response Of image.gz. */
export async function unpack(response) {
  const unpacked = /** @type {ReadableStream} */ (response.body).pipeThrough(new DecompressionStream("gzip"));
  return parts(await new Response(unpacked).arrayBuffer(), 0);
}

/**
 * @param {ArrayBuffer} all
 * @param {number} start
 * @returns {Image}
 */
function parts(all, start) {
  const [header, bytes, sum, string, dictionary, count] = new Uint32Array(all, start, FIRST_WORDS);
  const runs = new Uint32Array(all, start + 4 * FIRST_WORDS, 2 * count);
  const at = runs.byteOffset + runs.byteLength;
  const pages = new Uint8Array(all, at + header);
  return { header: new Uint8Array(all, at, header), bytes, sum, types: { string, dictionary }, runs, pages };
}

/**
 * The settings with which `loadPyodide` begins from an image.
 * @param {Promise<Image>} image
 * @param {(settings: object) => Promise<Module>} createModule Of pyodide.asm.mjs.
 */
export function beginFrom(image, createModule) {
  const header = new Uint8Array(HEADER_BYTES);
  return {
    _loadSnapshot: header,
    createPyodideModule: async (/** @type {object} */ settings) => {
      const [module, came] = await Promise.all([createModule(settings), image]);
      restore(came, module);
      header.set(came.header);
      new Uint32Array(header.buffer)[MEMORY_AT] = HEADER_BYTES;
      return module;
    },
  };
}

/**
 * @param {Image} image
 * @param {Module} module
 */
function restore({ bytes, sum, types, runs, pages }, module) {
  if (module.HEAPU8.length < bytes) module.growMemory(bytes);
  const memory = module.HEAPU8;
  const words = new Uint32Array(memory.buffer, 0, bytes / 4);
  let kept = 0;
  let from = 0; // of the pages that stay
  let at = 0; // in the image
  for (let run = 0; run < runs.length; run += 2) {
    const [start, length] = [runs[run] * PAGE, runs[run + 1] * PAGE];
    kept = added(words, from, start, kept);
    memory.set(pages.subarray(at, at + length), start);
    at += length;
    from = start + length;
  }
  kept = added(words, from, bytes, kept);
  if (kept !== sum || at !== pages.length) throw new Error("it was made of another Python than this one");
  putBack(words, inWords(runs), types, (address) => module._PyObject_Hash(address));
}

/**
 * @param {Uint32Array} runs
 * @returns {Generator<[from: number, to: number]>}
 */
function* inWords(runs) {
  for (let run = 0; run < runs.length; run += 2) {
    const [page, count] = [runs[run], runs[run + 1]];
    yield [(page * PAGE) / 4, ((page + count) * PAGE) / 4];
  }
}

/**
 * @param {Uint32Array} words
 * @param {number} from Bytes.
 * @param {number} to
 * @param {number} sum
 */
function added(words, from, to, sum) {
  let all = sum;
  for (let at = from / 4; at < to / 4; at += 1) all = (all + words[at]) >>> 0;
  return all;
}
