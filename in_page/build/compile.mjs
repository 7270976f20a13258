// Compiles Python for the page, by the Python that will run it: pyc files of another version would not load.
//
// From standard input: {"pyodide": its folder, "archives": [{"from", "to", "at", "sources"}]}: each a zip of sources, where
// the compiled one goes, the path that tracebacks show, and whether the sources go along.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { pyodide, archives } = JSON.parse(readFileSync(0, "utf8"));
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);

// Where no source goes along, a traceback says the line and cannot point within it: so nobody keeps the columns of each
// instruction, which are a good part of all that is loaded. Whether they are kept, Python knows from its start.
for (const sources of [true, false]) {
  const chosen = archives.filter((archive) => archive.sources === sources);
  if (chosen.length) await compile(chosen, sources ? {} : { PYTHONNODEBUGRANGES: "1" });
}
process.exit(0);

async function compile(chosen, env) {
  const python = await loadPyodide({ indexURL: pyodide, env });
  python.runPython(`
import ast, importlib.util, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import PurePosixPath

def without_docstrings(source):
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node, False) is not None:
            node.body[0:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), node.body[0])]
    return tree

def compiled(name, source, at, sources):
    code = compile(source if sources else without_docstrings(source), f"{at}/{name}", "exec", dont_inherit=True)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))

def write(archive, name, data, stored):
    info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(info, data, compresslevel=9)

def convert(at, sources):
    with zipfile.ZipFile("/from.zip") as old, zipfile.ZipFile("/to.zip", "w") as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name.endswith("/"):
                continue
            if not name.endswith(".py") or sources:
                write(new, name, data, False)
            if name.endswith(".py"):
                path = PurePosixPath(name)
                pyc = path.parent / "__pycache__" / f"{path.stem}.cpython-314.pyc" if sources else path.with_suffix(".pyc")
                write(new, str(pyc), compiled(name, data, at, sources), False)
`);
  for (const { from, to, at, sources } of chosen) {
    python.FS.writeFile("/from.zip", readFileSync(from));
    python.globals.get("convert")(at, sources);
    writeFileSync(to, python.FS.readFile("/to.zip"));
  }
}
