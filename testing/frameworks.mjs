/**
 * Bundles a module that mounts printed components, with the real framework, to stdout: `node frameworks.mjs ENTRY MODE`.
 * MODE is what NODE_ENV is in the bundle, development or production.
 */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";
import { compile, compileModule } from "svelte/compiler";
import { compileScript, parse } from "vue/compiler-sfc";

const [, , entry, mode] = process.argv;
const dev = mode === "development";

/** What the plugins for Vite do with one file, without the rest. */
const compilers = {
  name: "compilers",
  setup(building) {
    const on = (filter, make) =>
      building.onLoad({ filter }, async ({ path }) => {
        return { contents: make(await readFile(path, "utf8"), path), loader: "js" };
      });
    on(/\.vue$/, (source, filename) => {
      const { descriptor } = parse(source, { filename });
      return compileScript(descriptor, { id: basename(filename), inlineTemplate: true }).content;
    });
    on(/\.svelte$/, (source, filename) => compile(source, { filename, generate: "client", dev }).js.code);
    on(/\.svelte\.js$/, (source, filename) => compileModule(source, { filename, generate: "client", dev }).js.code);
  },
};

const { outputFiles } = await build({
  entryPoints: [entry],
  bundle: true,
  format: "iife",
  jsx: "automatic",
  jsxDev: dev,
  conditions: dev ? ["development", "browser"] : ["browser"],
  define: {
    "process.env.NODE_ENV": JSON.stringify(mode),
    __VUE_OPTIONS_API__: "true",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
  },
  plugins: [compilers],
  write: false,
});
process.stdout.write(outputFiles[0].text);
