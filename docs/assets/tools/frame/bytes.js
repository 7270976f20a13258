/** Frames to bytes and back (RFC 6455, section 5.2), those that the protocol forbids included. Only a client's are built. */

/**
 * @typedef {object} Choices What a message and its frames are made of.
 * @property {number} opcode
 * @property {Uint8Array<ArrayBuffer>} payload
 * @property {boolean} [fin] Whether the last frame ends the message.
 * @property {boolean} [rsv1]
 * @property {Uint8Array | null} key Null: not masked.
 * @property {number} [fragments]
 * @property {number} [form] Bits that the length takes: 7, 16 or 64; 0 and what is too small: as few as it needs.
 */

/**
 * @typedef {object} RawFrame A frame as it stands in some bytes, allowed or not.
 * @property {boolean} fin
 * @property {number} rsv
 * @property {number} opcode
 * @property {Uint8Array} length The seven bits as a byte, and the bytes of the longer forms.
 * @property {number} announced What the length says.
 * @property {Uint8Array | null} key
 * @property {Uint8Array} sent The payload as it stands there, which may be less than announced.
 * @property {Uint8Array<ArrayBuffer>} payload The same without the mask.
 */

/**
 * A message in its frames: the first has its opcode, the rest are continuations.
 * @param {Choices} choices
 */
export function encode({ opcode, payload, fin = true, rsv1 = false, key, fragments = 1, form = 0 }) {
  const size = Math.ceil(payload.length / fragments);
  const frames = Array.from({ length: fragments }, (_, at) => {
    const last = at === fragments - 1;
    const part = last ? payload.slice(at * size) : payload.slice(at * size, (at + 1) * size);
    const first = last && fin ? 128 : 0;
    const length = spell(part.length, form);
    length[0] = (length[0] ?? 0) | (key ? 128 : 0);
    return [
      first | (rsv1 && at === 0 ? 64 : 0) | (at === 0 ? opcode : 0),
      ...length,
      ...(key ?? []),
      ...applyMask(part, key),
    ];
  });
  return Uint8Array.from(frames.flat());
}

/**
 * A length in 7 bits, or 126 and 16 bits more, or 127 and 64 bits more.
 * @param {number} length
 * @param {number} form
 */
export function spell(length, form = 0) {
  if (length < 126 && form < 16) return [length];
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length));
  return length < 65536 && form < 64 ? [126, ...bytes.slice(6)] : [127, ...bytes];
}

/**
 * Each byte xor one of the key's four; the same again takes it off.
 * @param {Uint8Array} payload
 * @param {Uint8Array | null} key
 */
export function applyMask(payload, key) {
  return Uint8Array.from(payload, (byte, at) => byte ^ (key?.[at % 4] ?? 0));
}

/**
 * @param {Uint8Array} bytes
 * @returns {{frames: RawFrame[], rest: Uint8Array}} The rest is the beginning of a frame's head, or empty.
 */
export function decode(bytes) {
  /** @type {RawFrame[]} */
  const frames = [];
  let at = 0;
  for (;;) {
    const [first = 0, second = 0] = bytes.slice(at, at + 2);
    const more = (second & 127) === 126 ? 2 : (second & 127) === 127 ? 8 : 0;
    const keyAt = at + 2 + more;
    const payloadAt = keyAt + (second & 128 ? 4 : 0);
    if (bytes.length < Math.max(payloadAt, at + 2)) return { frames, rest: bytes.slice(at) };
    const length = Uint8Array.of(second & 127, ...bytes.slice(at + 2, keyAt));
    const announced = more ? length.slice(1).reduce((sum, byte) => sum * 256 + byte, 0) : second & 127;
    const key = second & 128 ? bytes.slice(keyAt, payloadAt) : null;
    const sent = bytes.slice(payloadAt, payloadAt + announced);
    frames.push({
      fin: first > 127,
      rsv: (first >> 4) & 7,
      opcode: first & 15,
      length,
      announced,
      key,
      sent,
      payload: applyMask(sent, key),
    });
    at = payloadAt + sent.length;
  }
}
