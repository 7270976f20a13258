"""`make fuzz-guided`: inputs that reach code which none before them has reached, found by libFuzzer (atheris).

The server runs in this process, as `python -m sandbox_server` runs it, so that it is seen which of its code, Daphne's,
autobahn's and Twisted's an input reaches. Each input is a head, the bytes behind a handshake, or messages to one of the
sandboxes, by its first byte; the pages' own transcripts are what it begins from. An input that has the server log what
nobody knows, answer with 500 or fall silent ends the run, and is kept: the same command, with its file, sends it again.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from shutil import rmtree

from sandbox_server.tests.fuzzing.conftest import WIDE
from testing.ports import reserved_port
from testing.program import GENEROUS
from testing.project import ORIGIN, ROOT

KEPT = ROOT / ".cache" / "fuzz-guided"
CORPUS = KEPT / "corpus"
"""What has reached something new, for the next run."""

INSTRUMENTED = ["autobahn.websocket", "daphne", "sandbox_server", "twisted.web.http"]
SILENT_SECONDS = 60


def main() -> None:
    """Read the command line: for how many seconds, or the files of inputs."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: it is to be had for Linux on x86-64 and Python 3.11 to 3.13.")
    given = sys.argv[1:] or ["60"]
    seconds, files = (int(given[0]), []) if given[0].isdecimal() else (0, given)
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    os.environ |= GENEROUS | {name: str(it) for name, it in WIDE.items()}
    os.environ |= {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "SANDBOX_ORIGINS": ORIGIN}
    with atheris.instrument_imports(include=INSTRUMENTED):
        from sandbox_server.tests.fuzzing.guided_inputs import Inputs, serve

    CORPUS.mkdir(parents=True, exist_ok=True)

    def fuzz(url: str) -> None:
        inputs = Inputs(url)
        seeds = folder / "seeds"
        inputs.write_seeds(seeds)
        bounds = [f"-max_total_time={seconds}", "-max_len=4096", f"-timeout={SILENT_SECONDS}", "-rss_limit_mb=4096"]
        arguments = [*bounds, f"-artifact_prefix={KEPT}/", *(files or [str(CORPUS), str(seeds)])]
        atheris.Setup([sys.argv[0], *arguments], inputs.send)
        signal.signal = lambda *_: None  # by which it would have Ctrl+C, and may not here
        try:
            atheris.Fuzz()
        finally:
            rmtree(folder)

    serve(reserved_port(), fuzz)


if __name__ == "__main__":
    main()
