/**
 * What the button "Take it home" does, for tests without a page: reads `{catalog, folder, transcripts: [{title, lines}]}`
 * from stdin, writes each project as a ZIP into the folder, named by its number, and prints what is said of each.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { projectOf } from "#live/home/project.js";
import { zipped } from "#live/home/zip.js";

const { catalog, folder, transcripts } = JSON.parse(readFileSync(0, "utf8"));

const made = transcripts.map(({ title, lines }, number) => {
  const project = projectOf(lines, title, catalog, "0".repeat(64));
  if ("why" in project) return { why: project.why };
  writeFileSync(`${folder}/${number}.zip`, zipped(project.files, new Date()));
  return { name: project.name, untested: project.untested };
});
process.stdout.write(JSON.stringify(made));
