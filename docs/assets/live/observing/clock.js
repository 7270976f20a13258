/**
 * Two clocks, the page's and the server's, brought together: ask the server for its time, several times over,
 * and believe the answer that came back fastest (Cristian's algorithm).
 */

const ROUNDS = 5;

/** @typedef {{sent: number, received: number, server: number}} Round Two readings of the page's clock, and one of the server's. */

/**
 * @typedef {object} Clock
 * @property {number} offset What to take from a time of the server's to have it on the page's clock.
 * @property {number} error How far the offset may be off, either way: half of the shortest round trip.
 */

/**
 * @param {() => Promise<Round>} ask
 * @returns {Promise<Clock>}
 */
export async function align(ask) {
  /** @type {Round[]} */
  const rounds = [];
  while (rounds.length < ROUNDS) rounds.push(await ask());
  const { sent, received, server } = rounds.reduce((best, round) => (length(round) < length(best) ? round : best));
  const trip = Math.max(received - sent, tick(rounds));
  return { offset: server - (sent + received) / 2, error: trip / 2 };
}

/** @param {Round} round */
function length({ sent, received }) {
  return received - sent;
}

/**
 * How finely the page's clock ticks, as far as it shows: browsers round it, and a trip of no ticks took up to one.
 * @param {Round[]} rounds
 */
function tick(rounds) {
  const readings = rounds.flatMap(({ sent, received }) => [sent, received]);
  const steps = readings.map((reading, at) => reading - (readings[at - 1] ?? reading)).filter((step) => step > 0);
  return Math.min(...steps, 1);
}

/**
 * In words, for the line under the diagram.
 * @param {Clock} clock
 */
export function words({ error }) {
  return `The server's times are on this page's clock, exact to ±${error.toFixed(2)} ms: half the shortest of ${ROUNDS} round trips.`;
}
