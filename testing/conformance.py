"""`make conformance`: Autobahn's test suite plays RFC 6455 against the real server, and nothing may fail.

301 cases; those about compression (sections 12 and 13), which this server does not offer, are left out. The suite is
for Python 2.7. It is installed into .cache/, as testing/autobahn.txt pins it. The server is the one that everybody
runs. Its limits are set wide, by its own settings: the suite sends messages of 16 MiB, and a quarter of a million
fragments.

Exit status 0: no failure; 1: some, which are named; 2: it cannot be run here, with what it needs in one line.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from testing.ports import reserved_port
from testing.program import start_sandbox_server
from testing.project import ORIGIN, ROOT
from testing.pythons import find_python_2

PINNED = ROOT / "testing/autobahn.txt"
CACHE = ROOT / ".cache/autobahn"
LEFT_OUT = ["12.*", "13.*"]
CASES = 301
LONGEST_SECONDS = 1800

WIDE = {
    "SANDBOX_MESSAGE_BYTES": "67108864",
    "SANDBOX_UNREAD_BYTES": "268435456",
    "SANDBOX_STALLED_SECONDS": "60",
    "SANDBOX_FRAGMENTS_PER_SECOND": "1000000",
    "SANDBOX_BURST_FRAGMENTS": "1000000",
    "SANDBOX_HEARTBEAT_SECONDS": "600",
}
"""As settings of the server. A ping of its own would be one more frame than a case expects."""

PASSED = {"OK", "NON-STRICT", "INFORMATIONAL"}
"""The suite's words. NON-STRICT: as RFC 6455 allows, though later than it could be. INFORMATIONAL: nothing is right or
wrong there, such as a close code that is reserved for nobody.
"""


@dataclass(frozen=True)
class Case:
    """How one case went: what was exchanged, and how the connection closed."""

    number: str
    behavior: str
    closing: str

    @property
    def passed(self) -> bool:
        return self.behavior in PASSED and self.closing in PASSED

    @property
    def section(self) -> int:
        return int(self.number.split(".")[0])


class Missing(Exception):
    """What this needs and has not got, in one line."""


def main() -> int:
    try:
        wstest = install()
    except Missing as missing:
        print(f"make conformance needs {missing}", file=sys.stderr)
        return 2
    folder = Path(mkdtemp(prefix="conformance-"))
    cases = play(wstest, folder)
    print(summary(cases))
    failed = [case for case in cases if not case.passed]
    for case in failed:
        print(f"FAILED {case.number}: {case.behavior}, closing: {case.closing}")
    if len(cases) != CASES:
        print(f"FAILED {len(cases)} cases were played, not {CASES}")
    print(f"Frame by frame: {folder / 'index.html'}")
    return 1 if failed or len(cases) != CASES else 0


def install() -> list[str]:
    """The command that runs the suite, which is installed if this version of it is not there yet."""
    python = find_python_2()
    if python is None:
        raise Missing("Python 2.7, which Autobahn's test suite is written for: pyenv, for example, installs it")
    folder = CACHE / hashlib.sha256(PINNED.read_bytes()).hexdigest()[:16]
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        new = Path(mkdtemp(dir=CACHE))
        pip = [
            str(python),
            *["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes"],
        ]
        with (CACHE / "install.log").open("wb") as log:
            command = [*pip, "--target", str(new), "-r", str(PINNED)]
            ended = subprocess.run(command, env=without_ours(), stdout=log, stderr=subprocess.STDOUT)
        if ended.returncode:
            shutil.rmtree(new)
            raise Missing(f"pip for {python}, and a C compiler: {CACHE / 'install.log'} says what went wrong")
        new.rename(folder)
    run = f"import site; site.addsitedir({str(folder)!r}); from autobahntestsuite.wstest import run; run()"
    return [str(python), "-c", run]


def without_ours() -> dict[str, str]:
    """The environment without what leads a Python to this project's packages."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def play(wstest: Sequence[str], folder: Path) -> list[Case]:
    """Have the suite play all cases against a server with wide limits. Both logs, and the report, are in the folder."""
    port = reserved_port()
    server = {"agent": "sandbox_server", "url": f"ws://127.0.0.1:{port}/ws/echo/", "origin": ORIGIN}
    order = {"outdir": str(folder), "servers": [server], "cases": ["*"], "exclude-cases": LEFT_OUT}
    (folder / "order.json").write_text(json.dumps({**order, "exclude-agent-cases": {}}))
    program = start_sandbox_server(folder, "server.log", port, **WIDE)
    try:
        command = [*wstest, "-m", "fuzzingclient", "-s", str(folder / "order.json")]
        with (folder / "wstest.log").open("wb") as log:
            subprocess.run(
                command, cwd=folder, env=without_ours(), stdout=log, stderr=subprocess.STDOUT, timeout=LONGEST_SECONDS
            )
    finally:
        program.end()
    report = folder / "index.json"
    if not report.exists():
        raise SystemExit(f"The suite ended without a report: {folder / 'wstest.log'}")
    if "Traceback" in program.said():
        raise SystemExit(f"A traceback: {folder / 'server.log'}")
    return read_report(report.read_text())


def read_report(text: str) -> list[Case]:
    """The suite's index.json, in the order of its numbers."""
    (cases,) = json.loads(text).values()
    found = [Case(number, case["behavior"], case["behaviorClose"]) for number, case in cases.items()]
    return sorted(found, key=lambda case: [int(part) for part in case.number.split(".")])


def summary(cases: Sequence[Case]) -> str:
    """One line a section, and which cases passed only just."""
    lines = []
    for section in sorted({case.section for case in cases}):
        counted = Counter(case.behavior for case in cases if case.section == section)
        lines.append(f"{section:3}.*  " + ", ".join(f"{count} {word}" for word, count in sorted(counted.items())))
    late = [case.number for case in cases if case.behavior == "NON-STRICT"]
    lines.append(
        f"{len(cases)} cases, {sum(case.passed for case in cases)} passed; not strict: {', '.join(late) or 'none'}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
