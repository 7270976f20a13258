/**
 * Links that carry text behind their `#`, compressed by the browser, in letters that addresses take. What is in one is
 * for the rooms that make them: here, it is text from a stranger.
 */

/** What servers, mail programs and people still pass on whole. */
const LONGEST_LINK = 8000;
/** What a small link may grow to: far above anything that fits into one that is made here. */
const LONGEST_TEXT = 400_000;

/** Why a link cannot be made or read, in words for the reader. */
export class LinkError extends Error {}

/**
 * @param {string} page Its address.
 * @param {string} beginning Of the fragment, `#` included.
 * @param {string} text
 * @param {string} advice What to do if it is too much.
 */
export async function linkWith(page, beginning, text, advice) {
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const letters = base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const link = new URL(`${beginning}${letters}`, page).href;
  if (link.length > LONGEST_LINK) {
    const words = `This is too much for a link: ${link.length} characters, and many programs cut at ${LONGEST_LINK}.`;
    throw new LinkError(`${words} ${advice}`);
  }
  return link;
}

/**
 * What is in a link, read: behind its beginning stand a number, a dot, and the letters.
 * @template T
 * @param {string} hash
 * @param {object} kind
 * @param {string} kind.beginning Of the fragment, `#` included.
 * @param {string} [kind.version] The number that a link of this site has: what another version has made may mean something else.
 * @param {(json: unknown) => T} kind.read Throws if it is something else.
 * @param {string} kind.damaged What to say then.
 * @returns {Promise<T>} Throws LinkError.
 */
export async function readLink(hash, { beginning, version, read, damaged }) {
  if (hash.length > LONGEST_LINK) throw new LinkError("This link is longer than any that is made here.");
  const { number, letters = "" } = partsOf(hash, beginning);
  if (version !== undefined && number !== undefined && number !== version)
    throw new LinkError("This link was made by another version of this site, and cannot be read by this one.");
  try {
    return read(JSON.parse(await unpacked(letters)));
  } catch {
    throw new LinkError(damaged);
  }
}

/**
 * @param {string} hash
 * @param {string} beginning
 */
export function partsOf(hash, beginning) {
  const [, number, letters] = new RegExp(`^${beginning}(\\d{1,3})\\.([\\w-]+)$`).exec(hash) ?? [];
  return { number, letters };
}

/**
 * @param {string} letters
 * @returns {Promise<string>} Throws whatever is wrong with them.
 */
async function unpacked(letters) {
  const bytes = Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const plain = await through(new DecompressionStream("deflate-raw"), bytes);
  return new TextDecoder("utf-8", { fatal: true }).decode(plain);
}

/**
 * @param {CompressionStream | DecompressionStream} stream
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function through(stream, bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {number[]} */
  const all = [];
  for (let part; !(part = await reader.read()).done; ) {
    for (const byte of part.value) all.push(byte);
    if (all.length > LONGEST_TEXT) throw new RangeError("too large");
  }
  return new Uint8Array(all);
}
