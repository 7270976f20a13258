/** A WebSocket that is opened to see how it fails, told as a page's own listeners would tell it. */

const SILENT_MS = 3000;
const AT_ONCE_MS = 500;
const STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];

/**
 * Which of the five steps it was, as far as JavaScript can say.
 * @param {{opened: number | undefined, closed: number | undefined, code?: number}} seen When, in milliseconds.
 */
export function whichStep({ opened, closed, code }) {
  if (opened === undefined) {
    return "Step 1 or 2: it never opened. The tab Network has a status, or none.";
  }
  if (closed === undefined) return "Step 4: open, and silent.";
  if (closed - opened < AT_ONCE_MS) return `Step 3: it opened, and was closed at once, with ${code}.`;
  return `Step 5: it was open, and was dropped, with ${code}.`;
}

/**
 * Log what the socket does, send a word once it is open, and close it if it stays silent.
 * @param {WebSocket} socket
 * @param {(line: string) => void} log
 * @param {(verdict: string) => void} done Called once.
 * @param {() => number} now
 */
export function probe(socket, log, done, now = () => performance.now()) {
  const begun = now();
  /** @type {number | undefined} */
  let opened;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;
  const listening = new AbortController();
  const { signal } = listening;
  const state = () => `readyState ${socket.readyState} ${STATES[socket.readyState]}`;
  const tell = (/** @type {string} */ what) => log(`${what} after ${Math.round(now() - begun)} ms: ${state()}`);
  const end = (/** @type {{closed?: number, code?: number}} */ { closed, code }) => {
    clearTimeout(patience);
    listening.abort();
    done(whichStep({ opened, closed, code }));
  };
  const wait = () => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      socket.close();
      end({});
    }, SILENT_MS);
  };
  log(`new WebSocket(): ${state()}`);
  socket.addEventListener(
    "open",
    () => {
      opened = now();
      tell("open");
      socket.send("hello");
      wait();
    },
    { signal },
  );
  socket.addEventListener(
    "message",
    ({ data }) => {
      tell(`message ${data}`);
      wait();
    },
    { signal },
  );
  socket.addEventListener("error", () => tell("error, which says nothing more,"), { signal });
  socket.addEventListener(
    "close",
    ({ code, wasClean }) => {
      tell(`close ${code}, wasClean ${wasClean},`);
      end({ closed: now(), code });
    },
    { signal },
  );
}
