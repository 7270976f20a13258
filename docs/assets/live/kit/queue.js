/** What has arrived and nobody has asked for yet, oldest first; one can wait for the next. */

/** So many are kept that nobody asks for, as when a reader plays by hand; then the oldest is dropped. */
const MOST = 1000;

/** @template Item */
export class Queue {
  constructor() {
    /** @type {Item[]} */
    this.items = [];
    /** Those who wait for an item, longest first. @type {((item: Item) => void)[]} */
    this.waiting = [];
  }

  /** @param {Item} item */
  push(item) {
    const first = this.waiting.shift();
    if (first) first(item);
    else this.items.push(item);
    if (this.items.length > MOST) this.items.shift();
  }

  clear() {
    this.items = [];
  }

  /**
   * The next item, now or when it comes. Breaks with the signal's reason if that ends the wait.
   * @param {number} patience Milliseconds; with none left, what is there already.
   * @param {AbortSignal} signal
   * @returns {Promise<Item | undefined>} undefined if nothing came in that time
   */
  async next(patience, signal) {
    if (this.items.length > 0) return this.items.shift();
    signal.throwIfAborted();
    if (patience <= 0) return undefined;
    return new Promise((resolve, reject) => {
      const over = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        this.waiting = this.waiting.filter((waiter) => waiter !== take);
      };
      const take = (/** @type {Item} */ item) => {
        over();
        resolve(item);
      };
      const abort = () => {
        over();
        reject(signal.reason);
      };
      const giveUp = () => {
        over();
        resolve(undefined);
      };
      const timer = setTimeout(giveUp, patience);
      signal.addEventListener("abort", abort);
      this.waiting.push(take);
    });
  }
}
