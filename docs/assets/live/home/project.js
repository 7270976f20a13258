/** A conversation as a Django project: the sandboxes that it talks to, and the conversation itself as their test. */

import { sandboxesOf } from "../catalog/sandboxes.js";
import { Conversation } from "../copy/conversation.js";
import { toPytest } from "../copy/pytest.js";

/** @import {Spoken} from "../copy/conversation.js" */
/** @import {Catalog} from "../catalog/catalog.js" */

const ORIGIN = "http://127.0.0.1:8000";
const TEST = "test_transcript.py";

/**
 * @typedef {{name: string, files: Record<string, string>, untested?: string}} Project A folder's name and what is in it
 *   by path; why it has no test, if it has none.
 */

/**
 * @param {Spoken[]} lines
 * @param {string} title
 * @param {Catalog} catalog
 * @param {string} secret For Django's SECRET_KEY: nobody else's.
 * @param {Readonly<Record<string, string>>} edited Modules that the reader has changed.
 * @returns {Project | {why: string}}
 */
export function projectOf(lines, title, catalog, secret, edited = {}) {
  const conversation = new Conversation(lines, title);
  if (conversation.acts.length === 0) return { why: "Nothing has happened here yet." };
  const sandboxes = sandboxesOf(
    lines.map(({ step }) => step),
    catalog,
  );
  if (sandboxes.length === 0) return { why: "Nothing answers at these paths, so there is nothing to take home." };
  const test = toPytest(conversation, { server: ORIGIN, origin: ORIGIN });
  /** @type {Record<string, string>} */
  const files = { ...catalog.project, "requirements.txt": catalog.requirements };
  const needed = [...catalog.always, ...(knowsVisitors(lines) ? catalog.loggingIn : [])];
  for (const sandbox of sandboxes) needed.push(...(catalog.needs[sandbox] ?? []));
  for (const path of needed.toSorted()) files[path] = edited[path] ?? catalog.files[path] ?? "";
  if ("text" in test) files[TEST] = test.text;
  fill(files, "mysite/settings.py", "insecure-SECRET", `insecure-${secret}`);
  fill(files, "README.md", "\nTEST\n", `\n${"text" in test ? HOW_TO_TEST : `It has no test. ${test.why}`}\n`);
  fill(files, "README.md", "# TITLE", `# ${conversation.title}`);
  return { name: nameOf(conversation.title), files, ...("why" in test && { untested: test.why }) };
}

const HOW_TO_TEST = `To run the transcript as a test, without a server:

    pytest

It is \`${TEST}\`.`;

/**
 * Whether a client logs in, or posts, for which it needs a token.
 * @param {Spoken[]} lines
 */
function knowsVisitors(lines) {
  return lines.some(
    ({ step }) => (step.do === "connect" && step.user !== null) || (step.do === "request" && step.method === "POST"),
  );
}

/**
 * @param {Record<string, string>} files
 * @param {string} path
 * @param {string} mark
 * @param {string} words
 */
function fill(files, path, mark, words) {
  files[path] = (files[path] ?? "").replace(mark, () => words);
}

/** @param {string} title */
function nameOf(title) {
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return name.replace(/^-+|-+$/g, "") || "project";
}
