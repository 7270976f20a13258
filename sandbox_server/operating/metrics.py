"""What the process has counted, as Prometheus reads it: http://HOST:PORT/metrics, in a thread of its own.

The port is not the visitors', and nobody listens there unless SANDBOX_METRICS_PORT names one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from sandbox_server.tally import Tally


def serve_metrics(host: str, port: int, tally: Tally, redis_is_away: Callable[[], bool]) -> None:
    """From now on, until the process ends; OSError if nobody can listen there."""
    registry = CollectorRegistry(auto_describe=True)
    registry.register(TallyCollector(tally, redis_is_away))
    ProcessCollector(registry=registry)  # memory, descriptors and processor time
    start_http_server(port, host, registry)


class TallyCollector(Collector):
    """The tally, when somebody asks."""

    def __init__(self, tally: Tally, redis_is_away: Callable[[], bool]) -> None:
        self.tally, self.redis_is_away = tally, redis_is_away

    def collect(self) -> Iterator[Metric]:
        """Copies of what the event loop goes on to change."""
        tally = self.tally
        yield GaugeMetricFamily("sandbox_websockets_open", "WebSockets that are open", tally.websockets_open)
        yield GaugeMetricFamily(
            "sandbox_redis_away", "1 while rooms reach this process only", float(self.redis_is_away())
        )
        handshakes = CounterMetricFamily("sandbox_handshakes", "Handshakes, by status", labels=["status"])
        for status, count in tally.handshakes.copy().items():
            handshakes.add_metric([status], count)
        closes = CounterMetricFamily("sandbox_closes", "Ends, by who closed and with what", labels=["by", "code"])
        for (by, code), count in tally.closes.copy().items():
            closes.add_metric([by, code], count)
        messages = CounterMetricFamily("sandbox_messages", "WebSocket messages", labels=["way"])
        messages.add_metric(["in"], tally.messages_in)
        messages.add_metric(["out"], tally.messages_out)
        limits = CounterMetricFamily("sandbox_limits_hit", "What was refused or cut for its number", labels=["limit"])
        for limit, count in tally.limits_hit.copy().items():
            limits.add_metric([limit], count)
        yield from (handshakes, closes, messages, limits)
        yield CounterMetricFamily(
            "sandbox_layer_messages_dropped", "Not delivered: a channel was full", tally.layer_messages_dropped
        )
        yield CounterMetricFamily("sandbox_exceptions", "Exceptions that left the application", tally.exceptions)
