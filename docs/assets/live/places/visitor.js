/**
 * What a page does over HTTP: one request, the CSRF token, logging a demo user in and out.
 * `live_docs/player/visitor.py` keeps the same contract with the server and states it.
 */

import { server } from "./server.js";

export const ANONYMOUS = "anonymous";
export const DEMO_USERS = [ANONYMOUS, "alice", "bob"];
const DEMO_PASSWORD = "demo";

/**
 * One request with this page's cookies.
 * @param {string} method
 * @param {string} path
 * @param {string | null} body
 * @returns {Promise<{status: number, body: string}>}
 */
export async function ask(method, path, body) {
  /** @type {RequestInit} */
  const request = { method };
  if (method === "POST") {
    const { csrf_token } = await session();
    request.headers = { "Content-Type": "application/json", "X-CSRFToken": csrf_token };
    request.body = body ?? "";
  }
  const response = await server.fetch(path, request);
  return { status: response.status, body: await response.text() };
}

/**
 * Who is logged in, and the token that the next POST must bring back.
 * @returns {Promise<{user: string, csrf_token: string}>}
 */
export async function session() {
  const response = await server.fetch("/demo/session/");
  return response.json();
}

/**
 * What `become` does, in words.
 * @param {string} user
 */
export function toBecome(user) {
  return user === ANONYMOUS ? "log out" : `log in as ${user}`;
}

/**
 * Log in as a demo user, or out to be anonymous.
 * @param {string} user
 */
export async function become(user) {
  const { status, body } =
    user === ANONYMOUS
      ? await ask("POST", "/demo/logout/", null)
      : await ask("POST", "/demo/login/", JSON.stringify({ username: user, password: DEMO_PASSWORD }));
  if (status !== 200) throw new Error(`${status} ${body}`);
}
