"""Whether lean dispatch still does what Channels does, with the newest of what it stands on, and what moved there.

`make canary` installs the newest Channels, Django, asgiref and Daphne into an environment that it throws away, prints
how the source of whatever lean dispatch does again, goes past or relies on differs from the pinned one's, and runs
lean dispatch's tests there. The tests alone decide the exit status: what moved is for somebody to read. A newer
Python may get newer versions: `make canary PYTHON=python3.14`.
"""

from __future__ import annotations

import difflib
import inspect
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from pkgutil import resolve_name

from testing.project import ROOT

NEWEST = ("channels", "Django", "asgiref", "daphne")
AS_PINNED = ("dj-database-url", "pytest", "pytest-playwright", "redis", "websockets")
"""What the tests need besides; pytest-playwright for its command-line options only: no browser is started."""

TESTS = [f"sandbox_server/tests/test_{name}.py" for name in ("lean_dispatch", "strangers", "subclassing")]

WATCHED = (
    "channels.auth:AuthMiddleware.resolve_scope",
    "channels.auth:get_user",
    "channels.consumer:AsyncConsumer.__call__",
    "channels.consumer:AsyncConsumer.dispatch",
    "channels.consumer:SyncConsumer.dispatch",
    "channels.consumer:get_handler_name",
    "channels.db:DatabaseSyncToAsync",
    "channels.db:aclose_old_connections",
    "channels.layers:get_channel_layer",
    "channels.sessions:InstanceSessionWrapper",
    "channels.sessions:SessionMiddleware",
    "channels.utils:await_many_dispatch",
    "asgiref.sync:SyncToAsync.__call__",
    "django.db:close_old_connections",
    "django.db.backends.base.base:BaseDatabaseWrapper.close_if_unusable_or_obsolete",
    "django.utils.connection:BaseConnectionHandler.all",
)
"""What lean dispatch, and for strangers strangers.py, does again, goes past or relies on."""


def seen_here() -> dict[str, str]:
    """The versions and the watched sources of the environment that this runs in; "" for what is not there."""
    return {name: version(name) for name in NEWEST} | {name: source(name) for name in WATCHED}


def source(name: str) -> str:
    try:
        return inspect.getsource(resolve_name(name))
    except (ImportError, AttributeError):
        return ""


def moved(pinned: dict[str, str], newest: dict[str, str]) -> Iterator[str]:
    """For each watched name whose source differs, a unified diff from the pinned one to the newest."""
    for name in WATCHED:
        if pinned[name] != newest[name]:
            lines = pinned[name].splitlines(), newest[name].splitlines()
            what = name if newest[name] else f"{name} is no more"
            yield "\n".join(difflib.unified_diff(*lines, f"pinned  {name}", f"newest  {what}", lineterm=""))


def main(python: str) -> int:
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        newer = str(Path(folder) / "bin" / "python")
        wanted = [*NEWEST, *(f"{name}=={version(name)}" for name in AS_PINNED)]
        subprocess.run([newer, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *wanted], check=True)
        tell = "import json; from testing.canary import seen_here; print(json.dumps(seen_here()))"
        told = subprocess.run([newer, "-c", tell], cwd=ROOT, check=True, stdout=subprocess.PIPE)
        pinned, newest = seen_here(), json.loads(told.stdout)
        for name in NEWEST:
            print(f"{name:10} pinned {pinned[name]:10} newest {newest[name]}")
        differences = list(moved(pinned, newest))
        print(f"\n{len(differences)} of {len(WATCHED)} watched sources moved\n", *differences, sep="\n\n", flush=True)
        return subprocess.run([newer, "-m", "pytest", "-q", *TESTS], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
