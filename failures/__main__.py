"""`python -m failures AREA`: every failure of a module, in one process, and what each of them said, as JSON."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import io
import json
import logging
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from failures import kit


def main(area: str, *names: str) -> None:
    kit.configure(area)
    module = importlib.import_module(f"failures.{area}")
    said = {
        name: heard(failure)
        for name, failure in inspect.getmembers(module, inspect.isfunction)
        if failure.__module__ == module.__name__ and not name.startswith("_") and (not names or name in names)
    }
    kit.end_all()
    print(json.dumps(said), flush=True)
    os._exit(0)  # whatever a failure has left behind is no reason to wait


def heard(failure: Callable[[], Any]) -> str:
    """All that one failure says: to the terminal, to the log, as its result, and as its traceback."""
    out = io.StringIO()
    began = time.monotonic()
    handler = logging.StreamHandler(out)
    logging.getLogger().addHandler(handler)
    with redirect_stdout(out), redirect_stderr(out), warnings.catch_warnings():
        warnings.simplefilter("always")
        try:
            result = asyncio.run(failure()) if inspect.iscoroutinefunction(failure) else failure()
            print(result or "")
        except BaseException:
            print(traceback.format_exc())
    logging.getLogger().removeHandler(handler)
    print(f"{time.monotonic() - began:6.2f} s  {failure.__name__}", file=sys.stderr)
    return out.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:])
