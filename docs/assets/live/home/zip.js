/**
 * A ZIP archive of texts, stored as they are: a project of some dozen small files is not worth packing. The structures
 * are those of PKWARE's APPNOTE, 4.3; all numbers are little-endian.
 */

const UTF8_NAMES = 0x0800;
const VERSION = 20;
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const END = { signature: 0x06054b50, bytes: 22 };

/**
 * @param {Record<string, string>} files Their texts by their paths.
 * @param {Date} date When all of them were written.
 */
export function zipped(files, date) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  for (const [path, text] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const data = new TextEncoder().encode(text);
    const common = [VERSION, UTF8_NAMES, 0, ...dosTime(date)].map(two);
    const sizes = [four(crc32(data)), four(data.length), four(data.length), two(name.length), two(0)];
    const at = sizeOf(parts);
    parts.push(record(LOCAL, [...common, ...sizes]), name, data);
    // no comment, the first disk, no attributes, and where its local header is
    directory.push(
      record(CENTRAL, [two(VERSION), ...common, ...sizes, two(0), two(0), two(0), four(0), four(at)]),
      name,
    );
  }
  const count = two(Object.keys(files).length);
  const end = record(END, [two(0), two(0), count, count, four(sizeOf(directory)), four(sizeOf(parts)), two(0)]);
  return joined([...parts, ...directory, end]);
}

/**
 * @param {{signature: number, bytes: number}} kind
 * @param {number[][]} fields
 */
function record({ signature, bytes }, fields) {
  const made = Uint8Array.from([four(signature), ...fields].flat());
  if (made.length !== bytes) throw new RangeError(`a record of ${made.length} bytes should have ${bytes}`);
  return made;
}

/** @param {number} value */
function two(value) {
  return [value & 0xff, (value >>> 8) & 0xff];
}

/** @param {number} value */
function four(value) {
  return [...two(value & 0xffff), ...two(value >>> 16)];
}

/**
 * MS-DOS's time and date, to two seconds.
 * @param {Date} date
 */
function dosTime(date) {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return [time, ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()];
}

/** @param {Uint8Array} data */
function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {Uint8Array[]} parts */
function sizeOf(parts) {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** @param {Uint8Array<ArrayBuffer>[]} parts */
function joined(parts) {
  const whole = new Uint8Array(sizeOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
