/**
 * What is to be sent and was not acknowledged yet: kept in order, sent again when
 * the connection is back, given up after the third try.
 */

const MOST = 50;
const TRIES = 3;

/**
 * @typedef {"waiting" | "sent" | "overdue" | "acknowledged" | "given up"} State
 * @typedef {{id: string, body: object, state: State, tries: number}} Message
 * @typedef {object} Keeping
 * @property {Message} message
 * @property {ReturnType<typeof setTimeout>} [timer]
 * @property {() => void} resolve
 * @property {(error: Error) => void} reject
 */

/** Fires "change" with a message whenever that message's state changes. */
export class Outbox extends EventTarget {
  /** @type {Map<string, Keeping>} */
  #kept = new Map();

  /**
   * @param {object} connection
   * @param {(message: object) => boolean} connection.transmit Or say that it cannot.
   * @param {() => void} connection.probe Ask whether anybody is there; an answer
   *   calls for resend("overdue").
   * @param {number} patience Milliseconds that an acknowledgement may take.
   */
  constructor(connection, patience) {
    super();
    this.connection = connection;
    this.patience = patience;
  }

  /**
   * @param {object} body
   * @returns {Promise<void>} Kept when it is acknowledged, broken when given up.
   */
  add(body) {
    if (this.#kept.size >= MOST) {
      return Promise.reject(new Error(`${MOST} messages are waiting already`));
    }
    return new Promise((resolve, reject) => {
      const id = crypto.randomUUID();
      /** @type {Message} */
      const message = { id, body, state: "waiting", tries: 0 };
      const keeping = { message, resolve, reject };
      this.#kept.set(id, keeping);
      this.#try(keeping);
    });
  }

  /**
   * The server is there: send again what is in this state, oldest first.
   * @param {"waiting" | "overdue"} state
   */
  resend(state) {
    for (const keeping of this.#kept.values()) {
      if (keeping.message.state === state) this.#try(keeping);
    }
  }

  /** The connection is gone: nobody knows what became of what was sent. */
  pause() {
    for (const keeping of this.#kept.values()) this.#change(keeping, "waiting");
  }

  /** @param {string} id */
  acknowledge(id) {
    const keeping = this.#kept.get(id);
    if (!keeping) return; // it was acknowledged before
    this.#kept.delete(id);
    this.#change(keeping, "acknowledged");
    keeping.resolve();
  }

  /** No more tries, for any. */
  end() {
    for (const keeping of this.#kept.values()) this.#giveUp(keeping);
  }

  /** @param {Keeping} keeping */
  #try(keeping) {
    const { message } = keeping;
    if (message.tries === TRIES) return this.#giveUp(keeping);
    const sent = this.connection.transmit({ ...message.body, id: message.id });
    if (!sent) return this.#change(keeping, "waiting");
    message.tries += 1;
    this.#change(keeping, "sent");
    keeping.timer = setTimeout(() => this.#overdue(keeping), this.patience);
  }

  /**
   * A try is not to be wasted on a dead connection: ask first.
   * @param {Keeping} keeping
   */
  #overdue(keeping) {
    this.#change(keeping, "overdue");
    this.connection.probe();
  }

  /** @param {Keeping} keeping */
  #giveUp(keeping) {
    this.#kept.delete(keeping.message.id);
    this.#change(keeping, "given up");
    keeping.reject(new Error("not acknowledged"));
  }

  /**
   * @param {Keeping} keeping
   * @param {State} state
   */
  #change(keeping, state) {
    clearTimeout(keeping.timer);
    keeping.message.state = state;
    const detail = { ...keeping.message };
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
