/**
 * The comparisons of a JavaScript module, for testing/mutants.py: prints JSON, a list of
 * `{start, end, replacement, what}`. Each takes one comparison out: it then finds that all is as written.
 */

import { readFileSync } from "node:fs";
import { parse } from "acorn";

const source = readFileSync(process.argv[2], "utf8");
const found = [];

/** What a comparison says when nothing differs, by its operator. */
const AS_WRITTEN = new Map([
  ["===", "true"],
  ["!==", "false"],
]);

function take(node, replacement) {
  const what = source.slice(node.start, node.end).replace(/\s+/g, " ");
  found.push({ start: node.start, end: node.end, replacement, what });
}

function visit(node) {
  if (node.type === "ThrowStatement" && node.argument.callee?.name === "Difference") take(node, ";");
  if (node.type === "BinaryExpression" && AS_WRITTEN.has(node.operator)) {
    const isNull = node.right.type === "Literal" && node.right.value === null;
    take(node, isNull ? String(node.operator === "!==") : AS_WRITTEN.get(node.operator));
  }
  if (node.type === "CallExpression" && ["agrees", "provesHandshake"].includes(node.callee.name)) take(node, "true");
  for (const child of Object.values(node)) {
    for (const item of Array.isArray(child) ? child : [child]) if (typeof item?.type === "string") visit(item);
  }
}

visit(parse(source, { ecmaVersion: "latest", sourceType: "module" }));
console.log(JSON.stringify(found));
