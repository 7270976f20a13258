/** Where a choice has to know every case: the type checker names the one that is missing. */

/**
 * @param {never} value What no case is for.
 * @returns {never}
 */
export function never(value) {
  throw new TypeError(`no case for ${JSON.stringify(value)}`);
}
