/** The shapes that the steps of the page about the connection share. No code: only types, in JSDoc. */

/**
 * What an example is given.
 * @typedef {object} Stage
 * @property {string} server Such as ws://127.0.0.1:8001.
 * @property {string} host Such as 127.0.0.1:8001.
 * @property {(line: string) => void} log
 * @property {AbortSignal} signal Ends the example, for the next one or because the reader leaves.
 * @property {HTMLFormElement} form
 * @property {HTMLOutputElement} output
 */

export {};
