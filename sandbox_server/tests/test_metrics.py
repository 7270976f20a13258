"""What Prometheus reads of the real server: what happened, under labels that no visitor can make many of."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer
from prometheus_client.parser import text_string_to_metric_families

from sandbox_server import shared_layer
from sandbox_server.shared_layer import SharedLayer
from sandbox_server.tally import Tally
from sandbox_server.tests.clients import dial, hear_end
from sandbox_server.tests.test_promises import Serve
from testing.ports import reserved_port
from testing.program import Program, wait_until
from testing.raw_client import PING, RawClient, close, frame, text


class Metrics:
    """Those of one server."""

    def __init__(self, serve_with: Serve, **settings: object) -> None:
        self.port = reserved_port()
        self.server: Program = serve_with(SANDBOX_METRICS_PORT=self.port, **settings)

    def read(self) -> dict[tuple[str, ...], float]:
        """Each value, by its name and the values of its labels."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics") as answer:
            families = text_string_to_metric_families(answer.read().decode())
            return {(it.name, *it.labels.values()): it.value for family in families for it in family.samples}

    def wait_for(self, value: float, *name: str) -> None:
        wait_until(lambda: self.read().get(name) == value, f"{name} = {value}", lambda: str(self.read()))


def test_what_happens_is_counted(serve_with: Serve) -> None:
    """Connections, handshakes, messages, ends, limits and exceptions; memory and descriptors, too."""
    metrics = Metrics(serve_with)
    url = metrics.server.url
    assert metrics.read()["sandbox_handshakes_total", "429"] == 0
    with RawClient(url, "/ws/echo/") as one, RawClient(url, "/ws/echo/") as two:
        for client in (one, two):
            client.send(text("hello"))
            client.receive()
        now = metrics.read()
        assert now["sandbox_websockets_open",] == 2
        assert now["sandbox_messages_total", "in"] == now["sandbox_messages_total", "out"] == 2
        assert now["sandbox_handshakes_total", "101"] == 2
        one.send(close(4001))
        two.send(frame(PING) * 50)
        metrics.wait_for(1, "sandbox_closes_total", "client", "other 4xxx")
        metrics.wait_for(1, "sandbox_limits_hit_total", "pings")
    metrics.wait_for(1, "sandbox_closes_total", "server", "1008")
    with RawClient(url, "/ws/echo/"):
        pass
    metrics.wait_for(1, "sandbox_closes_total", "nobody", "1006")
    with RawClient(url, "/nowhere/"), RawClient(url, "/ws/echo/", Origin="http://evil.example"):
        pass
    with RawClient(url, "/ws/life/raise/") as raising:
        raising.send(text("x"))
        assert raising.receive_close()[0] == 1011
    metrics.wait_for(0, "sandbox_websockets_open")
    now = metrics.read()
    assert now["sandbox_handshakes_total", "404"] == now["sandbox_handshakes_total", "403"] == 1
    assert now["sandbox_closes_total", "server", "1011"] == now["sandbox_exceptions_total",] == 1
    assert now["process_open_fds",] > 0


def test_no_visitor_makes_many_labels(serve_with: Serve) -> None:
    """Whatever codes and statuses they have sandboxes send."""
    metrics = Metrics(serve_with)
    for number in range(3000, 5000, 100):
        with dial(metrics.server, f"/ws/life/close/{number}/") as socket:
            assert hear_end(socket)[0] == number
    for status in range(400, 600, 10):
        with RawClient(metrics.server.url, f"/ws/life/refuse/{status}/") as client:
            assert client.response.status == status
    metrics.wait_for(10, "sandbox_closes_total", "server", "other 4xxx")
    now = metrics.read()
    assert now["sandbox_closes_total", "server", "other 3xxx"] == 10
    assert now["sandbox_handshakes_total", "other 5xx"] == 9
    assert sum(name == "sandbox_closes_total" for name, *_ in now) == 2


def test_limits_of_the_guards_are_counted(serve_with: Serve) -> None:
    """A visitor with too many sockets, and one with too many handshakes."""
    metrics = Metrics(serve_with, SANDBOX_SOCKETS_PER_VISITOR=1, SANDBOX_HANDSHAKES_PER_MINUTE=2)
    url = metrics.server.url
    with RawClient(url, "/ws/echo/"), RawClient(url, "/ws/echo/") as many, RawClient(url, "/ws/echo/") as often:
        assert many.response.status == often.response.status == 429
    now = metrics.read()
    assert now["sandbox_limits_hit_total", "open sockets"] == 1
    assert now["sandbox_limits_hit_total", "handshakes a minute"] == 1
    assert now["sandbox_handshakes_total", "429"] == 2


def test_the_visitors_port_tells_nothing(sandbox: Program) -> None:
    """And without a port for them there are none."""
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{sandbox.url}/metrics")
    assert "Metrics on" not in sandbox.said()


async def fill(layer: InMemoryChannelLayer, messages: int) -> None:
    """Send to a group whose only member takes nothing."""
    await layer.group_add("group", "specific.member")
    for _ in range(messages):
        await layer.group_send("group", {"type": "x"})


def test_what_a_full_channel_misses_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told of it otherwise: a layer promises nothing."""
    import asyncio

    mine: Any = Tally()
    monkeypatch.setattr(shared_layer, "tally", mine)
    asyncio.run(fill(SharedLayer(capacity=5), messages=8))
    assert mine.layer_messages_dropped == 3
