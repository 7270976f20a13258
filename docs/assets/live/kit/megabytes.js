/**
 * So many bytes, in words.
 * @param {number} bytes
 */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
