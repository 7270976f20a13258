/** What has arrived and nobody has asked for yet, oldest first; one can wait for the next. */

/** @template Item */
export class Queue {
  constructor() {
    /** @type {Item[]} */
    this.items = [];
    this.bell = new EventTarget();
  }

  /** @param {Item} item */
  push(item) {
    this.items.push(item);
    this.bell.dispatchEvent(new Event("push"));
  }

  clear() {
    this.items = [];
  }

  /**
   * The next item, now or when it comes.
   * @param {number} patience Milliseconds.
   * @param {AbortSignal} signal
   * @returns {Promise<Item | undefined>} undefined if nothing came in that time
   */
  async next(patience, signal) {
    const deadline = performance.now() + patience;
    while (this.items.length === 0 && performance.now() < deadline) {
      signal.throwIfAborted();
      const rest = AbortSignal.any([signal, AbortSignal.timeout(deadline - performance.now())]);
      await new Promise((resolve) => {
        this.bell.addEventListener("push", resolve, { once: true });
        rest.addEventListener("abort", resolve, { once: true });
      });
    }
    return this.items.shift();
  }
}
