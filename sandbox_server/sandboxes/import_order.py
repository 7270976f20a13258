"""Imports a small project's asgi.py as a server does, in a fresh Python, and answers with what came of it."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import re_path

from sandbox_server.limits import IMPORT_SECONDS

FOLDER = Path(__file__).parents[2]
FRAME = re.compile(r'^  File ".*[/\\]((?:sandbox_server|django)[/\\][^"]+)", line (\d+)', re.MULTILINE)

one_run_at_a_time = Lock()


@cache
def run(module: str) -> dict[str, Any]:
    """Import a module of `sandbox_server.import_order`. What comes of it is always the same, so once is enough."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-c", f"import sandbox_server.import_order.{module}"]
    python = subprocess.run(
        command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=IMPORT_SECONDS
    )
    traceback = python.stderr.strip()
    return {
        "exit_status": python.returncode,
        "last_line": traceback.rpartition("\n")[2],
        "by_way_of": [f"{file}, line {line}" for file, line in FRAME.findall(traceback)],
    }


def import_order(request: HttpRequest, module: str) -> JsonResponse:
    """A plain view: Django runs it in a thread of this request's own, so that only those wait who asked."""
    try:
        with one_run_at_a_time:
            return JsonResponse(run(module))
    except subprocess.TimeoutExpired:
        return JsonResponse({"error": f"no result within {IMPORT_SECONDS} seconds; try again"}, status=503)


urlpatterns = [re_path(r"^import-order/(?P<module>right|wrong|worse|as_runserver_does)/$", import_order)]
