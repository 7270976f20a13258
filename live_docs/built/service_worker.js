/**
 * A site's service worker: its pages work without a network, as the build of them did that was kept. In front of this file
 * `offline.py` writes what that build consists of:
 *
 * SITE = {build, files: {path: [sha256, bytes]}, aside}: `aside` is a folder that is kept only once a page has asked for
 * something in it. Its manifest.json names, in its turn, a folder, the files in it, and their sizes.
 *
 * - Online, a page comes from the network: never an old one. What carries its hash in its name comes from what is kept.
 * - What is kept is one build, whole, each file as its hash says; or it is not kept at all. Another build takes its place once
 *   no page is open any more, so that no page is given another's files.
 * - It answers for the site's own files alone: everything else goes by.
 * - Where the site has no service worker any more, or its address is another site's now, it takes itself away.
 */

const SCOPE = new URL("./", self.location.href);
const PREFIX = `offline ${SCOPE.pathname} `;
const KEPT = `${PREFIX}${SITE.build}`;
const ASIDE = `${PREFIX}aside`;
const MANIFEST = `${SITE.aside}/manifest.json`;

/** A name that says what is in the file: `site-5KXQ2A7B.js`, `main.57a0d79d.min.css`, a folder `4f0c2e81d09a7b36`. */
const HASHED = /[-.]([A-Z0-9]{8}|[0-9a-f]{8})\.|\/[0-9a-f]{16}\//;
const AT_ONCE = 6;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("message", (event) => event.waitUntil(answer(event)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return;
  const path = decodeURI(url.pathname.slice(SCOPE.pathname.length)).replace(/(^|\/)$/, "$1index.html");
  if (SITE.aside && path.startsWith(`${SITE.aside}/`)) event.respondWith(fromAside(event, path));
  else if (path in SITE.files && HASHED.test(path)) event.respondWith(keptFirst(request, path));
  else if (path in SITE.files || request.mode === "navigate") event.respondWith(networkFirst(event, path));
});

/** Keep a build: what has not changed is taken from the one before. */
async function keep() {
  const cache = await caches.open(KEPT);
  const rest = Object.entries(SITE.files);
  const work = async () => {
    for (let next; (next = rest.pop()); ) {
      const [path, [hash]] = next;
      const address = addressOf(path);
      const before = await caches.match(address);
      const same = before && (await hashOf(before.clone())) === hash;
      const response = same ? before : await fetch(address, { cache: "no-cache" });
      if (!same && (await hashOf(response.clone())) !== hash) throw new Error(`${path} is not that of this build`);
      await cache.put(address, response);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    rest.length = 0;
    await caches.delete(KEPT);
    throw error;
  }
}

/** Where a file is asked for: a page by its folder, since some servers lead from `index.html` to there. */
function addressOf(path) {
  return new URL(path.replace(/(^|\/)index\.html$/, "$1"), SCOPE);
}

async function begin() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== KEPT && name !== ASIDE) await caches.delete(name);
  }
  await self.clients.claim();
}

/** @param {Response} response */
async function hashOf(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function keptFirst(request, path) {
  return (await kept(path)) ?? fetch(request);
}

/**
 * An answer of no address of its own: what runs as a worker then has the address that was asked for, with what follows its
 * `#`; and a page may not come from where a server has led on to.
 * @param {string} path
 */
async function kept(path) {
  const response = await caches.match(addressOf(path), { cacheName: KEPT });
  return response && new Response(response.body, { headers: response.headers });
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 */
async function networkFirst(event, path) {
  const isPage = event.request.mode === "navigate";
  try {
    const response = await fetch(event.request);
    if (isPage) event.waitUntil(leaveIfGone());
    return response;
  } catch (error) {
    const response = (await kept(path)) ?? (isPage && ((await kept(`${path}/index.html`)) ?? (await kept("404.html"))));
    if (response) return response;
    throw error;
  }
}

/** Take all away once the site answers that it has no such file. */
async function leaveIfGone() {
  const response = await fetch(self.location.href, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (response && (response.status === 404 || response.status === 410)) await leave();
}

/** Whether nothing is to be kept any more: pages that are open go on asking. */
let left = false;

async function leave() {
  left = true;
  await self.registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

/**
 * A file that lies aside. The first that is asked for has the others kept, too.
 * @param {FetchEvent} event
 * @param {string} path
 */
async function fromAside(event, path) {
  if (!HASHED.test(path)) {
    try {
      return await fetch(event.request);
    } catch (error) {
      const response = await aside(path);
      if (response) return response;
      throw error;
    }
  }
  if (left) return fetch(event.request);
  event.waitUntil(keepAside().catch(() => undefined));
  return taken(path);
}

/** What is on its way: a page and this worker ask for the same at the same time. @type {Map<string, Promise<Response>>} */
const coming = new Map();

const aside = (path) => caches.match(new URL(path, SCOPE), { cacheName: ASIDE });

/** @param {string} path */
async function taken(path) {
  const address = new URL(path, SCOPE);
  const before = await aside(path);
  if (before) return before;
  let asked = coming.get(path);
  if (!asked) {
    asked = fetch(address).finally(() => coming.delete(path));
    coming.set(path, asked);
  }
  const response = (await asked).clone();
  if (response.ok && !left) await (await caches.open(ASIDE)).put(address, response.clone());
  return response;
}

/** @type {Promise<void> | undefined} */
let keeping;

function keepAside() {
  keeping ??= keepAllAside().finally(() => (keeping = undefined));
  return keeping;
}

/** All files of the folder that the manifest names; it is kept last, and what is of another folder goes then. */
async function keepAllAside() {
  const response = await fetch(new URL(MANIFEST, SCOPE), { cache: "no-cache" });
  const { folder, files } = await response.clone().json();
  const paths = files.map(({ name }) => `${SITE.aside}/${folder}/${name}`);
  for (const path of paths) if (!(await taken(path)).ok) throw new Error(`${path} did not come`);
  const cache = await caches.open(ASIDE);
  await cache.put(new URL(MANIFEST, SCOPE), response);
  for (const { url } of await cache.keys()) {
    const path = decodeURI(url.slice(SCOPE.href.length));
    if (path !== MANIFEST && !paths.includes(path)) await cache.delete(url);
  }
  for (const client of await self.clients.matchAll()) client.postMessage("kept");
}

/** What a page asks: `tell` what is kept, and how large it is; `aside`: keep that, too; `leave`. */
async function answer({ data, ports: [port] }) {
  try {
    if (data === "aside") await keepAside();
    if (data === "leave") await leave();
    port.postMessage(data === "leave" ? {} : { pages: pagesBytes(), aside: await asideBytes() });
  } catch (error) {
    port.postMessage({ error: String(error) });
  }
}

const pagesBytes = () => Object.values(SITE.files).reduce((sum, [, bytes]) => sum + bytes, 0);

/** 0: it is not kept, or not yet. */
async function asideBytes() {
  const manifest = await aside(MANIFEST);
  if (!manifest) return 0;
  return (await manifest.json()).files.reduce((/** @type {number} */ sum, { bytes }) => sum + bytes, 0);
}
