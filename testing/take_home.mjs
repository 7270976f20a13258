/**
 * What the button "Take it home" does, for tests without a page: reads `{catalog, folder, transcripts: [{title, lines,
 * work}]}` from stdin, where `work` is what stands in a playground, writes each project as a ZIP into the folder, named by
 * its number, and prints what is said of each.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { projectOf } from "#live/home/project.js";
import { zipped } from "#live/home/zip.js";
import { catalogWith } from "#tools/playground/modules.js";

const { catalog, folder, transcripts } = JSON.parse(readFileSync(0, "utf8"));

const made = transcripts.map(({ title, lines, work }, number) => {
  const project = projectOf(lines, title, work ? catalogWith(catalog, work) : catalog, "0".repeat(64));
  if ("why" in project) return { why: project.why };
  writeFileSync(`${folder}/${number}.zip`, zipped(project.files, new Date()));
  return { name: project.name, untested: project.untested };
});
process.stdout.write(JSON.stringify(made));
