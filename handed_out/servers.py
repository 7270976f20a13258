"""An environment with all that *Deploying* starts: a reader's own, or one that is made by the printed commands, once.

What is not in requirements*.txt has its version here, so that a test is red for a change of ours.
"""

from __future__ import annotations

import fcntl
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from handed_out.reader import Reader, printed
from testing.project import ROOT

INSTALLS = (
    "install.sh",
    "install-redis.sh",
    "deploying/install-uvicorn.sh",
    "deploying/install-gunicorn.sh",
    "deploying/install-hypercorn.sh",
)
PINNED = ("gunicorn==27.0.1", "hypercorn==0.18.0", "supervisor==4.3.0", "uvicorn-worker==0.4.0")
SUPERVISOR = "pip install supervisor\n"  # which readers have from their system

PROGRAMS = ("daphne", "uvicorn", "gunicorn", "hypercorn", "supervisord")


def programs_of(reader_programs: Path) -> Path:
    """The folder that has them: this one if it has all of them, else that of an environment made for it."""
    if all((reader_programs / program).exists() for program in PROGRAMS):
        return reader_programs
    constraints = sorted({*PINNED, *(f"{found.name}=={found.version}" for found in distributions())})
    commands = "".join(map(printed, INSTALLS)) + SUPERVISOR
    name = sha256("\n".join([commands, *constraints, str(reader_programs)]).encode()).hexdigest()[:12]
    return install(ROOT / ".cache" / f"servers-{name}", reader_programs, commands, constraints)


def install(folder: Path, reader_programs: Path, commands: str, constraints: list[str]) -> Path:
    """Run the printed commands in a folder, unless that has been done. Whoever comes meanwhile waits."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            (folder / "constraints.txt").write_text("\n".join(constraints), encoding="utf-8")
            reader = Reader(folder, reader_programs)
            pinned = f"export PIP_CONSTRAINT={folder / 'constraints.txt'}\n"
            reader.call(["bash", "-euo", "pipefail", "-c", pinned + commands])
            done.touch()
    return folder / ".venv" / "bin"
