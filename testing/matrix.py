"""`make matrix`: the tests that need no browser, with each Python and each Django that this project supports.

Everything else has the version pinned in requirements-dev.txt. `--short` is for CI: the newest Python with the newest
Django, and only what starts no program. `3.13-6.1` and the like name the combinations to run again. Exit status 1 if a
test fails; what cannot be had is said, with the reason.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from testing.project import ROOT
from testing.pythons import find_pythons

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
DJANGOS = ("5.2", "6.1")
OLDEST_PYTHON = {"5.2": (3, 10), "6.1": (3, 12)}
"""What each Django asks for."""

TESTS = ("live_docs", "sandbox_server", "handed_out")
AT_ONCE = 2
LONGEST_SECONDS = 5400
"""A quarter of an hour is usual."""
PINNED = re.compile(r"^([\w.\[\]-]+==[^\s\\]+(?: ; [^\\\n]+)?)", re.MULTILINE)


@dataclass(frozen=True)
class Combination:
    """One Python and one Django, by their minor versions."""

    python: str
    django: str

    def missing(self, found: dict[str, Path]) -> str:
        """Why this cannot be had; empty if it can."""
        if tuple(map(int, self.python.split("."))) < (oldest := OLDEST_PYTHON[self.django]):
            return f"Django {self.django} asks for Python {oldest[0]}.{oldest[1]}"
        return "" if self.python in found else f"no Python {self.python} on this machine"


def main(arguments: list[str]) -> int:
    short = arguments == ["--short"]
    every = {f"{python}-{django}": Combination(python, django) for python in PYTHONS for django in DJANGOS}
    if wrong := [name for name in arguments if not short and name not in every]:
        names = " ".join(every)
        print(f"python -m testing.matrix [--short | {names}]: {' '.join(wrong)} is none of these", file=sys.stderr)
        return 2
    folder, found = Path(mkdtemp(prefix="matrix-")), find_pythons()
    print(f"What each run says is in {folder}", flush=True)
    red = 0
    for combination in [newest(found)] if short else [every[name] for name in arguments or every]:
        if why := combination.missing(found):
            print(f"Python {combination.python:8} Django {combination.django:8} -      {why}", flush=True)
            continue
        began = time.monotonic()
        home = folder / f"python{combination.python}-django{combination.django}"
        python = install(home, found[combination.python], combination.django)
        green, last = run(python, home, ["-m", "not program"] if short else [])
        red += not green
        versions = ask(python, "import sys, django; print(sys.version.split()[0], django.__version__)").split()
        took = f"{time.monotonic() - began:.0f} s"
        print(
            f"Python {versions[0]:8} Django {versions[1]:8} {'green' if green else 'RED  '}  {last}, {took}", flush=True
        )
    return 1 if red else 0


def newest(found: dict[str, Path]) -> Combination:
    """The newest Python that this machine has, and the newest Django."""
    return Combination([name for name in PYTHONS if name in found][-1], DJANGOS[-1])


def install(home: Path, python: Path, django: str) -> Path:
    """An environment with this Python and this Django; its interpreter."""
    uv = Path(sys.executable).parent / "uv"
    pinned = PINNED.findall((ROOT / "requirements-dev.txt").read_text(encoding="utf-8"))
    wanted = [line for line in pinned if not line.startswith("django==")] + [f"django~={django}.0"]
    call([str(uv), "venv", "-q", "--python", str(python), str(home)])
    (home / "wanted.txt").write_text("\n".join(wanted), encoding="utf-8")
    interpreter = home / "bin/python"
    call(
        [
            str(uv),
            "pip",
            "install",
            "-q",
            "--compile-bytecode",
            "--python",
            str(interpreter),
            "-r",
            str(home / "wanted.txt"),
        ]
    )
    return interpreter


def run(python: Path, home: Path, options: list[str]) -> tuple[bool, str]:
    """Whether the tests are green, and the last line of what they say."""
    log = home / "log.txt"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(AT_ONCE), *options, *TESTS]
    with log.open("wb") as out:
        try:
            ended = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, timeout=LONGEST_SECONDS
            )
        except subprocess.TimeoutExpired:
            return False, f"not done in {LONGEST_SECONDS} s: is the machine busy?"
    return ended.returncode == 0, log.read_text(encoding="utf-8").strip().splitlines()[-1]


def ask(python: Path, question: str) -> str:
    return subprocess.run([python, "-c", question], capture_output=True, text=True, check=True).stdout


def call(command: list[str]) -> None:
    """Run a command that must succeed; what it says is not lost."""
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stdout}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
