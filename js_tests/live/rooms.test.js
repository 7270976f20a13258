/** The front end's rooms, which are its folders: who may talk to a server, and that the arrows between them run one way. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { parse } from "acorn";

const ASSETS = fileURLToPath(new URL("../../docs/assets/", import.meta.url));
/** What pages print is the platform's own code, and stays that. */
const ROOMS = ["live", "tools"];
/** A place is where the server runs. The single modules ask for a file of the site, and for nothing else. */
const MAY_ASK = [
  /^live\/places\//,
  /^live\/here\//,
  /^live\/kit\/style\.js$/,
  /^live\/catalog\/catalog\.js$/,
  /^live\/recorded\/recorded-run\.js$/,
];

const modules = ROOMS.flatMap((room) =>
  readdirSync(join(ASSETS, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => join(room, file)),
);

/**
 * Every node of a module.
 * @param {string} file
 */
function* nodesOf(file) {
  const text = readFileSync(join(ASSETS, file), "utf8");
  const rest = [parse(text, { ecmaVersion: "latest", sourceType: "module" })];
  for (let node; (node = rest.pop()); ) {
    yield node;
    for (const part of Object.values(node).flat()) if (typeof part?.type === "string") rest.push(part);
  }
}

/** @param {any} node `WebSocket`, or `window.WebSocket`. */
const nameOf = (node) =>
  node.name ?? (["window", "self", "globalThis"].includes(node.object?.name) && node.property.name);

/** @param {any} node */
function asksServer({ type, callee }) {
  if (type === "NewExpression") return nameOf(callee) === "WebSocket";
  return type === "CallExpression" && nameOf(callee) === "fetch";
}

test("only a place opens a WebSocket or asks over HTTP: everybody else asks the server, wherever it runs", () => {
  const others = modules.filter((file) => !MAY_ASK.some((place) => place.test(file)));
  assert.ok(others.length > 50);
  const found = others.filter((file) => [...nodesOf(file)].some(asksServer));
  assert.deepEqual(found, []);
});

test("arrows between rooms run one way, in no circle", () => {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map();
  for (const file of modules) {
    const room = dirname(file);
    const to = arrows.get(room) ?? new Set();
    arrows.set(room, to);
    for (const { source } of nodesOf(file)) {
      if (typeof source?.value !== "string") continue;
      const other = normalize(join(room, dirname(source.value)));
      if (other !== room) to.add(other);
    }
  }
  assert.ok(arrows.get("live/player")?.has("live/places"));
  for (let found = true; found; ) {
    found = false;
    for (const [room, to] of arrows) {
      for (const other of to) if (!arrows.has(other)) to.delete(other);
      if (to.size === 0) found = arrows.delete(room);
    }
  }
  assert.deepEqual(Object.fromEntries(Array.from(arrows, ([room, to]) => [room, [...to]])), {});
});
