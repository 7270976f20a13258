/** The sandbox server's address, as a page writes it down, whichever place answers. */

/**
 * The server's origin: this page's own host, so that cookies work at localhost and at 127.0.0.1 alike,
 * and the port that the page was built with.
 */
export function serverOrigin() {
  const config = document.getElementById("live-config")?.textContent;
  const port = config ? JSON.parse(config).port : location.port;
  const url = new URL(location.origin);
  url.port = port || location.port;
  return url.origin;
}

/**
 * The address of a WebSocket: ws beside http, wss beside https.
 * @param {string} path A slash in front of it may be missing.
 */
export function webSocketUrl(path) {
  return serverOrigin().replace(/^http/, "ws") + path.trim().replace(/^(?!\/)/, "/");
}
