/**
 * What a frame without an origin does: it makes a worker of the script that it is sent. It stands in the frame's text, and in a
 * file whose name says that it does: so a Content-Security-Policy can allow it. A classic worker, since Chromium makes no
 * other there.
 */

addEventListener(
  "message",
  ({ data: script, source, ports }) => {
    if (source !== parent) return;
    const [failed, ...rest] = /** @type {[MessagePort, ...MessagePort[]]} */ (ports);
    const fail = (/** @type {{message?: unknown}} */ { message }) => failed.postMessage(String(message ?? ""));
    try {
      const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      const worker = new Worker(address);
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        fail(event);
      });
      worker.postMessage(null, rest);
    } catch (error) {
      fail(/** @type {Error} */ (error));
    }
  },
  { once: true },
);
