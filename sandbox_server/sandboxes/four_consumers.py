"""Some consumers at work at the same time, each of them measured: who waits for whom?"""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import get_ident
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer, WebsocketConsumer
from django.urls import path

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import MEASURED_CONSUMERS, MEASUREMENTS, MEASUREMENTS_PER_VISITOR

WORK_SECONDS = 0.2
visitors = Admission("visitors", total=MEASUREMENTS, per_visitor=MEASUREMENTS_PER_VISITOR)
pool = ThreadPoolExecutor(MEASURED_CONSUMERS * MEASUREMENTS)


# --8<-- [start:workers]
def report(began: float) -> str:
    return json.dumps({"began": began, "ended": time.monotonic(), "thread": get_ident()})


def blocking_work() -> str:
    began = time.monotonic()
    time.sleep(WORK_SECONDS)
    return report(began)


class SyncWorker(WebsocketConsumer):
    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.send(blocking_work())


class AsyncWorker(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        began = time.monotonic()
        await asyncio.sleep(WORK_SECONDS)
        await self.send(report(began))


class PoolWorker(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        in_the_pool = sync_to_async(blocking_work, thread_sensitive=False, executor=pool)
        await self.send(await in_the_pool())


class Bystander(AsyncWebsocketConsumer):
    """Has nothing to do but answer."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(report(time.monotonic()))


# --8<-- [end:workers]


async def measure(consumer: Any) -> Any:
    """Play the server to one consumer: connect, one message, disconnect. Its report."""
    types = ["websocket.connect", "websocket.receive", "websocket.disconnect"]
    events = [{"type": type_, "text": "work", "code": 1000} for type_ in types]
    sent: list[Any] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(event: Any) -> None:
        sent.append(event)

    await consumer.as_asgi()({"type": "websocket"}, receive, send)
    return json.loads(sent[-1]["text"])


async def measure_together(worker: Any, count: int) -> Any:
    start = time.monotonic()
    # Sync handlers take turns in one thread of the process. In this context they take turns in one thread of
    # the context, so that only this demonstration waits, and nobody else on this server.
    async with ThreadSensitiveContext():
        *reports, bystander = await asyncio.gather(*map(measure, [worker] * count + [Bystander]))
    times = sorted((report["began"] - start, report["ended"] - start) for report in reports)
    return {
        "threads": len({report["thread"] for report in reports}),
        "one_after_the_other": all(first[1] <= second[0] for first, second in pairwise(times)),
        "took_ms": round(max(ended for _, ended in times) * 1000),
        "handlers_ms": [[round(began * 1000), round(ended * 1000)] for began, ended in times],
        "bystander_ms": round((bystander["ended"] - start) * 1000),
    }


class FourConsumersConsumer(AsyncJsonWebsocketConsumer):
    """Asked with `{"handlers": "sync", "consumers": 4}`, it measures four of that kind together."""

    workers = {"sync": SyncWorker, "async": AsyncWorker, "pool": PoolWorker}

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        match content:
            case {"handlers": "sync" | "async" | "pool" as kind, "consumers": int(n)} if 0 < n <= MEASURED_CONSUMERS:
                await self.send_json(await self.measure(self.workers[kind], n))
            case _:
                error = f"send handlers (sync, async or pool) and consumers (1 to {MEASURED_CONSUMERS})"
                await self.send_json({"error": error})

    async def measure(self, worker: Any, count: int) -> Any:
        try:
            with visitors.admit(visitor_of(self.scope)):
                return await measure_together(worker, count)
        except Full as full:
            return {"error": f"{full} are measuring just now: try again in a second"}
        finally:
            end_threads_that_nobody_needs()


def end_threads_that_nobody_needs() -> None:
    """A pool keeps its threads until it is shut down. When nobody measures, a new one, without any, takes its place."""
    global pool
    if not visitors.inside:
        pool.shutdown(wait=False)
        pool = ThreadPoolExecutor(MEASURED_CONSUMERS * MEASUREMENTS)


websocket_urlpatterns = [path("ws/four-consumers/", FourConsumersConsumer.as_asgi())]
