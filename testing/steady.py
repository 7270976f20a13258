"""Whether the tests pass every time: many runs, each in another order, with every core kept busy by something else.

`python -m testing.steady [RUNS] [PYTEST ARGUMENTS…]` prints a line a run and exits with 1 if one was red. Each run's
output is kept beside the others. Without arguments it runs what `make test` does: that takes hours.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from testing.project import ROOT

RUNS = 10
LONGEST_RUN_SECONDS = 3600
BUSY = "import time\nend = time.monotonic() + {seconds}\nwhile time.monotonic() < end: pass"
ROOMS = ["live_docs", "sandbox_server", "handed_out", "in_page", "failures", "site_tests"]
TESTS = ["-n", "3", "--dist", "worksteal", "-m", "not long", *ROOMS]


def run(tests: list[str], log: Path, seed: int) -> tuple[bool, str]:
    """One run beside as many busy processes as there are cores; whether it was green, and its last line."""
    busy = [
        subprocess.Popen([sys.executable, "-c", BUSY.format(seconds=LONGEST_RUN_SECONDS)])
        for _ in range(os.cpu_count() or 1)
    ]
    try:
        with log.open("wb") as out:
            command = [sys.executable, "-m", "pytest", "-q", "-p", "testing.random_order", *tests]
            environment = os.environ | {"ORDER_SEED": str(seed)}
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, timeout=LONGEST_RUN_SECONDS
            )
    finally:
        for process in busy:
            process.kill()
            process.wait()
    return done.returncode == 0, log.read_text().strip().splitlines()[-1]


def main(arguments: list[str]) -> int:
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else RUNS
    folder = Path(tempfile.mkdtemp(prefix="steady-"))
    print(f"What each run says is in {folder}", flush=True)
    red = 0
    for number in range(1, count + 1):
        seed, began = random.randrange(10**6), time.monotonic()
        green, last = run(arguments or TESTS, folder / f"run{number}.txt", seed)
        red += not green
        took = f"{time.monotonic() - began:.0f} s"
        print(f"{number:3}  {'green' if green else 'RED  '}  {took:>7}  ORDER_SEED={seed:<6}  {last}", flush=True)
    print(f"{count - red} of {count} green")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
