/**
 * What a place is: where the sandbox server runs. Two of them, there.js and here.js, answer alike; nobody who opens a
 * socket or asks over HTTP knows which one does.
 */

/** @import {ForeignWebSocket} from "./foreign-origin.js" */

/**
 * @typedef {object} Place
 * @property {Record<string, string>} versions The packages that answer, and their versions.
 * @property {boolean} isMissing Whether it has been asked, and nothing can be run.
 * @property {string} whyMissing What a sandbox says of that.
 * @property {(url: string, subprotocols?: string[]) => WebSocket} open Throws what `new WebSocket` throws.
 * @property {(url: string, subprotocols: string[]) => Promise<WebSocket | ForeignWebSocket>} openFromElsewhere As a page
 *   does whose origin is null.
 * @property {(path: string, request?: RequestInit) => Promise<Response>} fetch With this page's cookies, and past all caches.
 */

export {};
