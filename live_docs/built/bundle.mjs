/**
 * Bundles a built site's modules and style sheets with esbuild, in place. Its errand comes as JSON on stdin:
 * {site, scripts, sheets: [{file, media}], kept: [file], others: [file]}; what came of it goes to stdout:
 * {script, chunks, sheet, inputs}. All are paths within the site.
 *
 * What every page names becomes one script and one sheet. Each module that is imported while the page lives stays a
 * file of its own, in its folder, and all that two of them share is in one chunk, which the page's script imports too:
 * so nothing is ever fetched by way of more than one other module.
 */

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

const { site, scripts, sheets, kept, others } = JSON.parse(readFileSync(0, "utf8"));
const esbuild = createRequire(join(process.cwd(), "package.json"))("esbuild");

const SCRIPT = "assets/site.js";
const SHEET = "assets/site.css";
const SHARED = "shared";

const alike = {
  absWorkingDir: site,
  outdir: site,
  outbase: site,
  bundle: true,
  minify: true,
  metafile: true,
  sourcemap: true, // what the debugger shows is what was written
  legalComments: "none",
  target: "es2022",
  entryNames: "[dir]/[name]-[hash]",
  chunkNames: "assets/[name]-[hash]",
};

/**
 * What a page prints is no part of a bundle. It stays where it is, as far from the entries as it was: they alone may
 * import it, since nobody knows where the other modules will be.
 */
const keep = (entries) => ({
  name: "keep",
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, importer }) => {
      const file = relative(site, join(resolveDir, path));
      if (!kept.includes(file)) return undefined;
      if (!entries || entries.includes(relative(site, importer))) return { path, external: true };
      return { errors: [{ text: `${file} is printed on a page: import it from a module that is imported by itself` }] };
    });
  },
});

/** Have each entry import all that is shared. Modules that the same entries reach are one chunk to esbuild. */
const share = (entries, shared) => ({
  name: "share",
  setup(build) {
    build.onResolve({ filter: /^shared$/ }, () => ({ path: SHARED, namespace: SHARED }));
    build.onLoad({ filter: /.*/, namespace: SHARED }, () => ({
      contents: shared.map((file) => `import ${JSON.stringify(`./${file}`)};`).join("\n"),
      resolveDir: site,
    }));
    build.onLoad({ filter: /\.js$/ }, ({ path }) =>
      entries.includes(relative(site, path))
        ? { contents: `${readFileSync(path, "utf8")}\nimport "${SHARED}";`, loader: "js" }
        : undefined,
    );
  },
});

async function bundleScripts() {
  if (scripts.length === 0) return { chunks: [], inputs: [] };
  writeFileSync(join(site, SCRIPT), scripts.map((file) => `import ${JSON.stringify(`../${file}`)};`).join("\n"));
  const options = { ...alike, format: "esm", splitting: true };
  const looked = await esbuild.build({ ...options, entryPoints: [SCRIPT], plugins: [keep()], write: false });
  const entries = entriesOf(looked);
  const shared = sharedBy(entries, looked.metafile.inputs);
  const built = await esbuild.build({ ...options, entryPoints: entries, plugins: [keep(entries), share(entries, shared)] });
  rmSync(join(site, SCRIPT));
  const outputs = Object.entries(built.metafile.outputs).filter(([file]) => file.endsWith(".js"));
  return {
    script: outputs.find(([, { entryPoint }]) => entryPoint === SCRIPT)?.[0],
    chunks: outputs.filter(([, { entryPoint }]) => !entryPoint).map(([file]) => file),
    inputs: Object.keys(looked.metafile.inputs).filter((file) => file !== SCRIPT),
  };
}

/** The page's script, and every module that is imported while the page lives. */
function entriesOf({ metafile }) {
  return Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
}

/** The modules that more than one entry reaches without waiting. */
function sharedBy(entries, inputs) {
  const reached = new Map();
  for (const entry of entries) {
    const seen = new Set([entry]);
    for (const file of seen) {
      for (const { path, kind, external } of inputs[file].imports)
        if (kind === "import-statement" && !external) seen.add(path);
    }
    for (const file of seen) reached.set(file, (reached.get(file) ?? 0) + 1);
  }
  return Array.from(reached).flatMap(([file, times]) => (times > 1 ? file : []));
}

async function bundleSheets() {
  if (sheets.length === 0) return { inputs: [] };
  const imports = sheets.map(({ file, media }) => `@import ${JSON.stringify(`../${file}`)} ${media};`);
  writeFileSync(join(site, SHEET), imports.join("\n"));
  const { metafile } = await esbuild.build({ ...alike, entryPoints: [SHEET], sourcemap: false });
  rmSync(join(site, SHEET));
  const inputs = Object.keys(metafile.inputs).filter((file) => file !== SHEET);
  return { sheet: Object.keys(metafile.outputs)[0], inputs };
}

/** What no page names, but somebody asks for by its own address, keeps that and becomes small. */
async function shrink(files) {
  for (const file of files) {
    const path = join(site, file);
    const loader = file.endsWith(".css") ? "css" : "js";
    const { code } = await esbuild.transform(readFileSync(path, "utf8"), { loader, minify: true, target: "es2022" });
    writeFileSync(path, code);
  }
}

const script = await bundleScripts();
const sheet = await bundleSheets();
const inputs = [...script.inputs, ...sheet.inputs];
await shrink(others.filter((file) => !inputs.includes(file)));
process.stdout.write(JSON.stringify({ script: script.script, chunks: script.chunks, sheet: sheet.sheet, inputs }));
