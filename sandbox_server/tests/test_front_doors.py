"""The front doors that let in half, and the small project whose asgi.py is run in a fresh Python."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server.sandboxes import import_order
from testing.program import Program
from testing.project import ORIGIN, ROOT

MODULES = ["right", "wrong", "worse", "as_runserver_does"]


@pytest.fixture
def visitor(sandbox: Program) -> Visitor:
    return Visitor(sandbox.url, ORIGIN)


def test_a_door_that_raises_over_http_says_why_and_logs_nothing(sandbox: Program, visitor: Visitor) -> None:
    """The exception is in the response, where a page from another origin can read it too."""
    before = sandbox.said()
    status, body = visitor.ask("GET", "/doors/websocket-only/")
    assert (status, json.loads(body)) == (500, {"ValueError": "No application configured for scope type 'http'"})
    assert "Exception" not in sandbox.said().removeprefix(before)


@pytest.mark.parametrize("module", MODULES)
def test_an_import_tells_nothing_of_the_machine(visitor: Visitor, module: str) -> None:
    """Files are named from their package on: neither the project's folder nor Python's is in the answer."""
    status, body = visitor.ask("GET", f"/import-order/{module}/")
    assert status == 200
    for secret in (str(ROOT), sys.prefix, sys.base_prefix, "site-packages", ".."):
        assert secret not in body


@pytest.mark.parametrize("module", ["settings", "consumers", "os", "right;import os", "right%0Aimport os", ""])
def test_nothing_but_the_printed_modules_is_imported(visitor: Visitor, module: str) -> None:
    """What a reader types never becomes part of the program."""
    status, _ = visitor.ask("GET", f"/import-order/{module.replace(' ', '%20')}/")
    assert status == 404


def test_visitors_who_come_at_the_same_time_share_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """And those who come later have its result."""
    runs: list[list[str]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        runs.append(command)
        time.sleep(0.05)
        return subprocess.CompletedProcess(command, 0, stdout="", stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(import_order, "JsonResponse", dict)
    view: Any = import_order.import_order
    import_order.run.cache_clear()
    try:
        with ThreadPoolExecutor(8) as visitors:
            answers = list(visitors.map(view, [None] * 8, ["right"] * 8))
    finally:
        import_order.run.cache_clear()
    assert len(runs) == 1
    assert [answer["exit_status"] for answer in answers] == [0] * 8
