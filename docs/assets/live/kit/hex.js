/** Bytes as the notation writes them: hexadecimal, two digits a byte. */

/**
 * @param {ArrayBuffer | Uint8Array} bytes
 * @returns {string}
 */
export function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/**
 * @param {string} text Pairs of hexadecimal digits, spaces allowed.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromHex(text) {
  const digits = text.replace(/\s/g, "");
  if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) {
    throw new SyntaxError("bytes are written as pairs of hexadecimal digits, such as 00 ff");
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
