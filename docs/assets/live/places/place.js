/**
 * What a place is: where the sandbox server runs. Two of them, there.js and here.js, answer alike; nobody who opens a
 * socket or asks over HTTP knows which one does.
 */

/** @import {ForeignWebSocket} from "./foreign-origin.js" */

/**
 * `unknown`: nobody has asked yet. `away`: nobody answers. `refusing`: somebody does, but not to a page from here.
 * `absent`: this page cannot run it. `asleep`: it can be started. `failed`: it was, in vain.
 * @typedef {"unknown" | "up" | "away" | "refusing" | "absent" | "asleep" | "starting" | "failed"} State
 */

/**
 * @typedef {object} Place
 * @property {State} state
 * @property {Record<string, string>} versions The packages that answer, and their versions.
 * @property {string} whyMissing What a sandbox says while nobody answers; the page's one notice says what to do.
 * @property {(url: string, subprotocols?: string[]) => WebSocket} open Throws what `new WebSocket` throws.
 * @property {(url: string, subprotocols: string[]) => Promise<WebSocket | ForeignWebSocket>} openFromElsewhere As a page
 *   does whose origin is null.
 * @property {(path: string, request?: RequestInit) => Promise<Response>} fetch With this page's cookies, and past all caches.
 */

export {};
