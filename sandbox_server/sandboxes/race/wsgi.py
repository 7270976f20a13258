"""A WSGI application that takes its time, and a server that calls it with as many workers as it is told."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    time.sleep(int(environ["QUERY_STRING"]) / 1000)  # stands for a query, a file, another service
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done\n"]


def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
    """A server would keep these for the response; nobody reads the responses of a race."""
    return lambda chunk: None


def serve(requests: int, wait_ms: int, workers: int, watch: Callable[[int, str], AbstractContextManager[None]]) -> None:
    """Have all requests answered, each by whichever worker is free; `watch` reports one call while it runs."""

    def call(number: int) -> None:
        environ: WSGIEnvironment = {"QUERY_STRING": str(wait_ms)}
        setup_testing_defaults(environ)
        with watch(number, threading.current_thread().name):
            for _chunk in application(environ, start_response):
                pass

    with ThreadPoolExecutor(workers, thread_name_prefix="worker") as pool:
        for number in range(1, requests + 1):
            pool.submit(call, number)
