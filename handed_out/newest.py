"""`make newest`: what pages hand out, and the failures that entries tell of, run with what a fresh `pip install` gives
today; what fails, once more with the versions pinned here.

The newest are installed with the commands that pages print. What fails with the pinned versions, too, is our own
mistake: exit status 1. What fails with the newest alone, others have changed: it is said loudly, and the exit status is
0. Of error messages, the entries that have aged are named.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_here
from pathlib import Path
from tempfile import mkdtemp
from xml.etree import ElementTree

from handed_out.reader import Reader, printed
from testing.project import ROOT
from testing.pythons import find_pythons

INSTALLS = (
    "install.sh",
    "install-redis.sh",
    "install-tests.sh",
    "testing/install-client.sh",
    "deploying/install-uvicorn.sh",
    "deploying/install-gunicorn.sh",
    "deploying/install-hypercorn.sh",
)
LIBRARIES = ("websockets", "supervisor", "psycopg[binary,pool]")
"""What scripts by *Copy as* say that they need; what a machine has of its own where its lines are run; and PostgreSQL's
driver, which no page installs."""

SERVER = ("dj-database-url", "limits", "prometheus-client", "servestatic", "starlette")
"""What this site's server takes besides: a test by *Copy as* runs it."""

AS_PINNED = ("playwright",)
"""What makes failures happen in a browser: a newer one may not drive those of this machine."""

COPIED = "site_tests/test_copy_as.py"
ENTRIES = "failures/test_failures.py::test_every_text_is_what_is_printed"
TESTS = (
    "handed_out/tests/test_start.py",
    "handed_out/tests/test_project.py",
    "handed_out/tests/test_testing.py",
    "handed_out/tests/test_events.py",
    "handed_out/tests/test_deploying.py",
    "handed_out/tests/test_debugging.py",
    "handed_out/tests/test_behind_nginx.py",
    "handed_out/tests/test_redis.py",
    "handed_out/tests/test_idle.py",
    f"{COPIED}::test_each_script_for_python_runs",
    f"{COPIED}::test_each_test_for_pytest_passes",
    ENTRIES,
)
IDLE_SECONDS = 75
"""Longer than nginx's 60 s, and than Daphne's 20 s before a ping and 30 s for its answer."""

AT_ONCE = 3
LOUD = "!" * 78


@dataclass(frozen=True)
class Run:
    """The tests of what is handed out, with one environment's versions."""

    name: str
    programs: Path
    folder: Path

    def run(self, tests: Sequence[str]) -> None:
        environment = os.environ | {"READER_PROGRAMS": str(self.programs), "IDLE_SECONDS": str(IDLE_SECONDS)}
        options = ["-q", "-n", str(AT_ONCE), "-p", "no:cacheprovider", "--junitxml", str(self.report), *tests]
        with (self.folder / f"{self.name}.log").open("wb") as out:
            command = [sys.executable, "-m", "pytest", *options]
            subprocess.run(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)

    @property
    def report(self) -> Path:
        return self.folder / f"{self.name}.xml"

    def results(self) -> dict[str, str]:
        """For each test, by the name to run it by, what it failed with; empty if it passed. Nothing if none was run."""
        if not self.report.exists():
            return {}
        cases = ElementTree.parse(self.report).iter("testcase")
        return {asked_for(case): "".join(child.get("message", "?") for child in case) for case in cases}

    def versions(self) -> dict[str, str]:
        """The packages of the environment, and Python."""
        python = str(self.programs / "python")
        command = [python, "-m", "pip", "--disable-pip-version-check", "list", "--format", "json"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        said = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout
        name, _, version = said.strip().partition(" ")
        packages = {package["name"].lower().replace("_", "-"): package["version"] for package in json.loads(listed)}
        return {name: version} | packages


def main() -> int:
    folder = Path(mkdtemp(prefix="newest-"))
    print(f"What each run says is in {folder}", flush=True)
    pinned = Run("pinned", Path(sys.executable).parent, folder)
    try:
        newest = Run("newest", install(folder), folder)
    except RuntimeError as error:
        print(
            f"{LOUD}\nTHE PRINTED COMMANDS DO NOT INSTALL: nothing was run with the newest versions.\n{error}\n{LOUD}"
        )
        return 0
    newest.run(TESTS)
    results = newest.results()
    if failed := [test for test, wrong in results.items() if wrong]:
        pinned.run(failed)
    print_versions(pinned.versions(), newest.versions())
    return judge(pinned.results(), results)


def asked_for(case: ElementTree.Element) -> str:
    """The name by which pytest runs this test alone."""
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"


def install(folder: Path) -> Path:
    """The printed commands, with the newest Python of this machine as `python`. Raises RuntimeError if one fails."""
    shims, project = folder / "bin", folder / "project"
    for made in (shims, project):
        made.mkdir()
    *_, python = find_pythons().values()
    shim = shims / "python"
    shim.write_text(f'#!/bin/sh\nexec "{python}" "$@"\n')
    shim.chmod(0o755)
    others = [*LIBRARIES, *SERVER, *(f"{name}=={version_here(name)}" for name in AS_PINNED)]
    commands = "".join(printed(name) for name in INSTALLS) + f"pip install {' '.join(others)}\n"
    Reader(project, shims).call(["bash", "-euo", "pipefail", "-c", commands])
    return project / ".venv/bin"


def print_versions(pinned: dict[str, str], newest: dict[str, str]) -> None:
    print(f"\n{'package':24} {'pinned':14} newest")
    for name, version in newest.items():
        print(f"{name:24} {pinned.get(name, '-'):14} {version if version != pinned.get(name) else '='}")


def judge(pinned: dict[str, str], newest: dict[str, str]) -> int:
    """Print each test with how it ended; the exit status."""
    print(f"\n{'test':110} {'newest':7} pinned")
    for name, end in sorted(newest.items()):
        print(f"{name:110} {told(end):7} {told(pinned.get(name)) if end else ''}")
    failed = [name for name, end in sorted(newest.items()) if end]
    ours = [name for name in failed if pinned.get(name, "not run")]
    others = [name for name in failed if name not in ours]
    if others:
        print(f"\n{LOUD}\nOTHERS HAVE CHANGED WHAT READERS GET. With the newest versions, {len(others)} fail:")
        for name in others:
            print(f"  {name}\n    {newest[name][:400]}")
        print(LOUD)
    for name in ours:
        print(f"\nOur own mistake: {name}\n  {pinned.get(name, 'not run')[:400]}")
    print(f"\n{len(newest)} tests, {len(ours)} fail with the pinned versions, {len(others)} with the newest alone")
    return 1 if ours or not newest else 0


def told(end: str | None) -> str:
    return "not run" if end is None else "FAILS" if end else "passes"


if __name__ == "__main__":
    sys.exit(main())
