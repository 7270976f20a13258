/** Bundles the module that the command line names, with the packages that it imports, to stdout. */

import { createRequire } from "node:module";
import { join } from "node:path";

const esbuild = createRequire(join(process.cwd(), "package.json"))("esbuild");

const { outputFiles } = await esbuild.build({
  entryPoints: [process.argv[2]],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  banner: { js: "// @ts-nocheck: bundled from npm packages by `python -m live_docs bundle`" },
  write: false,
});
process.stdout.write(outputFiles[0].text);
