"""A primary, its replica and a Sentinel that puts the replica in the primary's place within a second or two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import redis

from testing.own_redis import Redis
from testing.program import wait_until

WATCHED = """
sentinel monitor mymaster 127.0.0.1 {port} 1
sentinel down-after-milliseconds mymaster 500
sentinel failover-timeout mymaster 5000
"""


class Watched:
    """Redis as Sentinel has it."""

    def __init__(self, primary: Redis, replica: Redis, sentinel: Redis) -> None:
        self.primary, self.replica, self.sentinel = primary, replica, sentinel

    def fail_over(self) -> None:
        """The primary dies, and the replica takes its place."""
        self.primary.end()
        wait_until(lambda: self.primary_port() == self.replica.port, "the replica in the primary's place")

    def primary_port(self) -> int:
        port: int = state(self.sentinel)["port"]
        return port


@contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Three processes, each with a folder of its own."""
    with ExitStack() as ended:

        def begin(name: str, *options: str) -> Redis:
            (folder / name).mkdir()
            started = Redis(folder / name, *options)
            ended.callback(started.end)
            wait_until(started.answers, name)
            return started

        primary = begin("primary", "--repl-diskless-sync-delay", "0")
        replica = begin("replica", "--replicaof", "127.0.0.1", str(primary.port))
        # A Sentinel looks for replicas when it begins, and then once in ten seconds.
        with redis.Redis(port=primary.port) as client:
            wait_until(lambda: client.info("replication").get("slave0", {}).get("state") == "online", "it in step")
        configuration = folder / "sentinel.conf"  # which it rewrites
        configuration.write_text(WATCHED.format(port=primary.port))
        sentinel = begin("sentinel", str(configuration), "--sentinel")
        wait_until(lambda: state(sentinel)["num-slaves"] == 1, "a replica that is known")
        yield Watched(primary, replica, sentinel)


def state(sentinel: Redis) -> dict[str, Any]:
    """What it knows of the primary."""
    with redis.Redis(port=sentinel.port) as client:
        primary: dict[str, Any] = client.sentinel_masters()["mymaster"]
        return primary
