"""Failures of threads, tasks and the database."""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
import socket
import sqlite3
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import InMemoryChannelLayer
from django.contrib.auth.models import User
from django.core.handlers.asgi import ASGIHandler
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import AsyncClient, Client, override_settings

from failures.kit import FOLDER, python, started, write
from failures.over_http import get
from failures.servers import address, connect, daphne, uvicorn
from failures.urls import Mixed
from testing.program import wait_until


async def sync_to_async_of_async():
    sync_to_async(_coroutine)


async def _coroutine():
    return {"text": "hello"}


def async_to_sync_of_call():
    async_to_sync(InMemoryChannelLayer().group_send("lobby", {"type": "chat.message"}))


async def run_in_run():
    asyncio.run(_coroutine())


async def run_until_in_run():
    asyncio.get_running_loop().run_until_complete(_coroutine())


def _in_thread(act):
    raised = []

    def run():
        try:
            act()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run, name="ThreadPoolExecutor-0_0")
    thread.start()
    thread.join()
    raise raised[0]


def no_loop_in_thread():
    _in_thread(asyncio.get_event_loop)


def no_running_loop():
    asyncio.create_task(_coroutine())


async def await_queryset():
    await User.objects.all()


async def async_for_list():
    async for user in [1, 2]:
        print(user)


async def coroutine_attribute():
    print(User.objects.aget(pk=1).username)


async def coroutine_subscript():
    print(_coroutine()["text"])


async def coroutine_iterated():
    for key in _coroutine():
        print(key)


async def async_atomic():
    async with transaction.atomic():
        pass


async def view_coroutine():
    await AsyncClient().get("/coroutine/")


async def atomic_async_view():
    settings = connections.settings["default"]
    settings["ATOMIC_REQUESTS"] = True
    try:
        await AsyncClient().get("/plain/")
    finally:
        settings["ATOMIC_REQUESTS"] = False


async def _behind(*middleware):
    with override_settings(MIDDLEWARE=middleware):
        await AsyncClient().get("/plain/")


async def unmarked_middleware():
    await _behind("failures.urls.Unmarked")


async def unmarked_inside():
    await _behind("django.middleware.common.CommonMiddleware", "failures.urls.Unmarked")


async def half_marked_inside():
    await _behind("django.middleware.common.CommonMiddleware", "failures.urls.HalfMarked")


def view_cancelled_on_daphne():
    return _leave(daphne())


def view_cancelled_on_uvicorn():
    return _leave(uvicorn())


def _leave(server):
    _hang_up(server)
    server.wait_until_it_says("CancelledError")
    return server.said()


def _hang_up(server):
    """Ask, and hang up while the view waits."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port)) as visitor:
        visitor.sendall(b"GET /waits/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        server.wait_until_it_says("the view waits")


SLOW = """
import time
from django.conf import settings
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF="slow", DEBUG=True)
from django.core.asgi import get_asgi_application
application = get_asgi_application()
from django.http import HttpResponse
from django.urls import path

def slow(request):
    print("the view waits", flush=True)
    time.sleep(8)
    return HttpResponse("too late")

urlpatterns = [path("waits/", slow)]
"""


def view_killed():
    """A sync view, in its thread, for longer than Daphne has patience."""
    write("slow.py", SLOW)
    server = started("daphne", "-p", "{port}", "--application-close-timeout", "1", "slow:application")
    _hang_up(server)
    server.wait_until_it_says("was killed.")
    return server.said()


def middleware_adapted():
    """Django says so when it puts its handlers together."""
    told = logging.getLogger("django.request")
    told.setLevel(logging.DEBUG)
    try:
        with override_settings(DEBUG=True, MIDDLEWARE=["failures.load.SyncOnly"]):
            ASGIHandler()
    finally:
        told.setLevel(logging.NOTSET)


class SyncOnly:
    """Middleware that says nothing of what it can."""

    def __init__(self, get_response):
        pass


READY = """
INSTALLED_APPS = ["asks.apps.Asks", "django.contrib.contenttypes"]
SECRET_KEY = "x"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
ASKS = """
from django.apps import AppConfig

class Asks(AppConfig):
    name = "asks"

    def ready(self):
        from django.contrib.contenttypes.models import ContentType
        ContentType.objects.exists()
"""
ASKS_ASGI = """
from django.core.asgi import get_asgi_application
application = get_asgi_application()
"""


SERVE = """
import asyncio, uvicorn
asyncio.run(uvicorn.Server(uvicorn.Config("asks_asgi:application", port=0)).serve())
"""


def query_in_ready():
    """As a worker of uvicorn does, it imports the application within the event loop."""
    write("settings_asks.py", READY)
    write("asks/__init__.py", "")
    write("asks/apps.py", ASKS)
    write("asks_asgi.py", ASKS_ASGI)
    return python(SERVE, DJANGO_SETTINGS_MODULE="settings_asks")


AT_THE_END = """
import threading, time
from asgiref.sync import async_to_sync

async def send():
    pass

def late():
    threading.main_thread().join()
    async_to_sync(send)()

threading.Thread(target=late).start()
"""


def after_shutdown():
    return python(AT_THE_END)


async def request_twice():
    """A server that goes on with a body which has ended."""

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(event):
        pass

    headers = [(b"host", b"testserver")]
    scope = {"type": "http", "method": "GET", "path": "/waits/", "query_string": b"", "headers": headers}
    await ASGIHandler()(scope, receive, send)


def mixed_view():
    Mixed.as_view()


async def sync_iterator():
    """As the server's handler takes it: Django's test client has another."""
    from django.core.asgi import get_asgi_application

    await get(get_asgi_application(), "/sync/")


def async_iterator():
    for part in Client().get("/async/"):
        print(part)


def database_locked():
    call_command("migrate", verbosity=0)
    connection.connect()
    connection.cursor().execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(FOLDER / "db.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        User.objects.create(username="bob")
    finally:
        other.execute("ROLLBACK")
        other.close()


def other_thread():
    mine = connections["default"]
    _in_thread(lambda: mine.cursor())


def checker_stopped():
    """A Daphne of its own: from then on it says nothing of any exception, and closes no WebSocket for one."""
    server = started("daphne", "-v", "2", "-p", "{port}", "failures.app:application")
    visited = urlsplit(server.url)
    with socket.create_connection((visited.hostname, visited.port)) as visitor:
        visitor.sendall(b"GET /torn/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        server.wait_until_it_says("HTTP response has already been started")
    with connect(address(server, "raise")) as client, suppress(TimeoutError):
        raise AssertionError(f"it says {client.recv(3)!r} of a consumer that raised")
    assert "this is the last line" not in server.said()
    return server.said()


def sigterm():
    """Daphne's event loop ends first; then the thread of a consumer asks it for something."""
    server = started("daphne", "-p", "{port}", "failures.app:application")
    with connect(address(server, "leave-late")):
        pass
    server.wait_until_it_says("leaving")
    server.process.terminate()
    _wait_until_it_is_in(server, "in _python_exit")
    write("go", "")
    _wait_until_it_is_in(server, "in run_until_future")
    return server.said()


def _wait_until_it_is_in(server, function):
    def is_there():
        server.process.send_signal(signal.SIGUSR1)
        return function in server.said()

    wait_until(is_there, function, server.said)


def open_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
    try:
        while True:
            held.append(open("/dev/null"))
    finally:
        for file in held:
            file.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
