"""The page *Redis beyond localhost*: its settings in a reader's project, with a Redis that does what the page says."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from redis import Redis as Client
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import NoPermissionError, RedisError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from handed_out.reader import REDIS, Reader, printed
from handed_out.sentinel import watched
from handed_out.tests.clients import PATIENCE_SECONDS, dial, enter
from handed_out.tests.test_project import assert_they_hear_each_other
from testing.certificates import write_certificate
from testing.own_redis import Redis
from testing.program import Program, wait_until

pytestmark = pytest.mark.long

FOLDER, HOST, SECRET = "/etc/ssl/redis", "redis.example.com:6379", "a-long-password"
"""What is printed, and stands for what a test has."""

T = TypeVar("T")

EVENT = {"type": "chat.message", "text": "hello"}


def settings(layer: str, **instead: str) -> str:
    """Printed settings, with a test's own in place of some words, all of which must be there."""
    text = printed(f"mysite/layers/{layer}.py")
    for words, own in instead.items():
        assert words in text
        text = text.replace(words, own)
    return text


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: a browser that another test has left open keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def assert_closed(socket: ClientConnection, code: int) -> None:
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(PATIENCE_SECONDS)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


@pytest.fixture
def far_redis(tmp_path: Path) -> Iterator[Redis]:
    """With the printed configuration: TLS, and one user."""
    write_certificate(tmp_path, "127.0.0.1", "redis.pem", "redis.key")
    configuration = tmp_path / "redis.conf"
    configuration.write_text(printed("redis/redis.conf").replace(FOLDER, str(tmp_path)), encoding="utf-8")
    server = Redis(tmp_path, str(configuration), port_option="--tls-port")
    yield server
    server.end()


def test_over_tls_a_user_of_its_own_talks(reader: Reader, far_redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the printed settings, in each of two processes. What else an address does wrong, failures/redis.py has."""
    monkeypatch.setenv("REDIS_PASSWORD", SECRET)
    folder, before = str(far_redis.folder), (reader.folder / "mysite/settings.py").read_text(encoding="utf-8")
    own = {HOST: f"127.0.0.1:{far_redis.port}", FOLDER: folder}
    authority = f'"ssl_ca_certs": "{folder}/ca.pem"'
    reader.copy("chat/management/commands/announce.py")

    def announce(**other: str) -> str:
        reader.write("mysite/settings.py", f"{before}\n{settings('redis_tls', **own | other)}")
        return reader.call(["python", "manage.py", "announce", "lobby", "dinner"])

    assert announce(**{authority: '"ssl_cert_reqs": None'}) == ""
    with pytest.raises(RuntimeError, match=r"Connection closed by server|Connection reset by peer"):
        announce(**{authority: '"db": 0', "rediss:": "redis:"})
    assert announce() == ""
    with reader.serve() as one, reader.serve() as another:
        assert_they_hear_each_other(one, another)


def test_the_printed_user_may_do_no_more_than_a_layer_needs(far_redis: Redis) -> None:
    """Neither look at keys of others nor end Redis."""
    authority = str(far_redis.folder / "ca.pem")
    with Client(
        "127.0.0.1", far_redis.port, username="mysite", password=SECRET, ssl=True, ssl_ca_certs=authority
    ) as it:
        wait_until(lambda: it.set("mysite:x", "mine") is True, "Redis")
        for command in (("GET", "other"), ("PUBLISH", "other", "x"), ("KEYS", "*"), ("SHUTDOWN",)):
            with pytest.raises(NoPermissionError):
                it.execute_command(*command)


def test_what_each_layer_keeps_in_redis(own_redis: Redis) -> None:
    """The first two keys, each with its end; the second none, and two names to which it listens."""
    wait_until(own_redis.answers, "Redis")

    async def talk(layer: RedisChannelLayer | RedisPubSubChannelLayer) -> None:
        channel = await layer.new_channel()
        await layer.group_add("chat.lobby", channel)
        await layer.group_send("chat.lobby", EVENT)
        with closing(Client(port=own_redis.port, decode_responses=True)) as it:
            keys = {key: it.ttl(key) for key in it.scan_iter()}
            if isinstance(layer, RedisChannelLayer):
                assert keys == {"asgi:group:chat.lobby": 86400, f"asgi{channel.partition('!')[0]}!": 60}
            else:
                assert keys == {}
                assert set(it.pubsub_channels()) == {"asgi__group__chat.lobby", channel}
        own_redis.flush()

    for kind in (RedisChannelLayer, RedisPubSubChannelLayer):
        run(talk(kind(hosts=[own_redis.url])))


@pytest.mark.parametrize(("kind", "heard"), [(RedisChannelLayer, 0), (RedisPubSubChannelLayer, 1)])
def test_databases_separate_the_one_layer_and_prefixes_both(own_redis: Redis, kind: type, heard: int) -> None:
    """What each says to one group is heard by itself last, so what the other said would have come before."""
    wait_until(own_redis.answers, "Redis")

    async def hears(one: RedisChannelLayer, other: RedisChannelLayer) -> int:
        channel = await one.new_channel()
        await one.group_add("chat.lobby", channel)
        await other.group_send("chat.lobby", {"type": "other"})
        await one.group_send("chat.lobby", {"type": "own"})
        came = [await one.receive(channel)]
        while came[-1]["type"] != "own":
            came.append(await one.receive(channel))
        return len(came) - 1

    databases = [kind(hosts=[f"{own_redis.url}/{number}"]) for number in (0, 1)]
    assert run(hears(*databases)) == heard
    prefixes = [kind(hosts=[own_redis.url], prefix=name) for name in ("one", "other")]
    assert run(hears(*prefixes)) == 0


def test_a_longer_time_out_outlives_silence_and_ends_with_a_redis_that_hangs(own_redis: Redis) -> None:
    """Longer than five seconds: nothing is raised for as long as Redis runs; and then it is, soon."""
    wait_until(own_redis.answers, "Redis")

    async def wait_for_news() -> None:
        layer = RedisChannelLayer(hosts=[{"address": own_redis.url, "socket_timeout": 6.5}])
        receiving = asyncio.create_task(layer.receive(await layer.new_channel()))
        await asyncio.wait([receiving], timeout=8)
        assert not receiving.done()
        own_redis.process.send_signal(signal.SIGSTOP)
        await asyncio.wait([receiving], timeout=PATIENCE_SECONDS)
        own_redis.process.send_signal(signal.SIGCONT)
        with pytest.raises(RedisError, match="Timeout reading from"):
            await receiving

    run(wait_for_news())


def newcomers_are_refused(server: Program) -> None:
    with pytest.raises(InvalidStatus, match="500"), dial(server, "/ws/chat/lobby/", server.url):
        pass


def test_without_redis_the_one_layer_closes_everybody(reader: Reader, own_redis: Redis) -> None:
    """And once it is back, whoever comes back is in the group."""
    reader.choose_layer("redis", own_redis.url)
    with reader.serve() as server:
        with enter(server) as alice:
            own_redis.end()
            assert_closed(alice, 1011)
            newcomers_are_refused(server)
        own_redis.begin()
        wait_until(own_redis.answers, "Redis")
        assert_they_hear_each_other(server, server)


def test_without_redis_who_listens_stays_with_the_other_layer(reader: Reader, own_redis: Redis) -> None:
    """Only who speaks is closed; and once it is back all hear again, without having done anything."""
    reader.choose_layer("redis_pubsub", own_redis.url)
    with reader.serve() as server, enter(server) as alice:
        with enter(server) as bob:
            own_redis.end()
            bob.send("hello")
            assert_closed(bob, 1011)
        newcomers_are_refused(server)
        own_redis.begin()
        wait_until(own_redis.answers, "Redis")
        with enter(server) as carol:
            heard = []

            def hears() -> bool:
                carol.send("back again")
                try:
                    heard.append(alice.recv(0.3))
                except TimeoutError:
                    return False
                return True

            wait_until(hears, "a message")
            assert heard == ["back again"]


def test_with_retries_nobody_is_closed_for_a_restart(reader: Reader, own_redis: Redis) -> None:
    """Who says something while Redis is away waits, and goes on. Fifty tries here: a busy machine takes its time."""
    reader.add("mysite/settings.py", settings("redis_retry", **{REDIS: own_redis.url, ", 5)": ", 50)"}))
    with reader.serve() as server, enter(server) as alice, enter(server) as bob:
        own_redis.end()
        alice.send("hello")
        with pytest.raises(TimeoutError):
            alice.recv(0.5)
        own_redis.begin()

        def hears() -> bool:
            alice.send("back again")
            try:
                return "again" in str(bob.recv(0.3))
            except TimeoutError:
                return False

        wait_until(hears, "a message")
        assert alice.recv(PATIENCE_SECONDS)


def test_with_retries_the_one_layer_is_deaf_after_a_restart(own_redis: Redis) -> None:
    """Its wait goes on, and its group is gone."""
    wait_until(own_redis.answers, "Redis")

    async def restart() -> None:
        retry = Retry(ExponentialBackoff(cap=1, base=0.1), 20)
        layer = RedisChannelLayer(hosts=[{"address": own_redis.url, "socket_timeout": None, "retry": retry}])
        channel = await layer.new_channel()
        await layer.group_add("chat.lobby", channel)
        receiving = asyncio.create_task(layer.receive(channel))
        with closing(Client(port=own_redis.port)) as it:

            def waits() -> bool:
                return "bzpopmin" in [client["cmd"] for client in it.client_list()]

            await asyncio.to_thread(wait_until, waits, "a consumer that waits")
        own_redis.end()
        own_redis.begin()
        await layer.group_send("chat.lobby", EVENT)  # to nobody
        await layer.send(channel, {"type": "directly"})
        assert await asyncio.wait_for(receiving, PATIENCE_SECONDS) == {"type": "directly"}

    run(restart())


def test_sentinel_names_the_next_primary(reader: Reader, tmp_path: Path) -> None:
    """The printed settings, one of whose Sentinels is away. Sockets close, and clients are in their rooms again."""
    with watched(tmp_path) as redis:
        away, there = '"127.0.0.1", 1)', f'"127.0.0.1", {redis.sentinel.port})'
        sentinels = [f'"sentinel-{number}.example.com", 26379)' for number in (1, 2, 3)]
        reader.add(
            "mysite/settings.py", settings("redis_sentinel", **dict(zip(sentinels, [away, there, there], strict=True)))
        )
        with reader.serve() as server:
            assert_they_hear_each_other(server, server)
            with enter(server) as alice:
                redis.fail_over()
                assert_closed(alice, 1011)
            assert_they_hear_each_other(server, server)


def test_who_was_in_a_process_that_was_killed_is_gone_in_time(reader: Reader, own_redis: Redis) -> None:
    """At another server it is told; and of a room that all have left nothing stays in Redis."""
    reader.choose_layer("in_memory")
    text = printed("presence/presence.py").replace(REDIS, own_redis.url)
    assert "SECONDS = 30" in text
    reader.write("chat/presence.py", text.replace("SECONDS = 30", "SECONDS = 3"))
    reader.write("chat/routing.py", printed("presence/routing.py"))
    with reader.serve() as one, enter(one, "/ws/presence/lobby/alice/") as alice:
        assert alice.recv(PATIENCE_SECONDS) == '{"present": ["alice"]}'
        with reader.serve() as another:
            with enter(another, "/ws/presence/lobby/bob/") as bob:
                assert '"bob"' in str(bob.recv(PATIENCE_SECONDS))
                another.process.kill()
                another.process.wait()

            def is_alone() -> bool:
                alice.send("beat")
                return alice.recv(PATIENCE_SECONDS) == '{"present": ["alice"]}'

            wait_until(is_alone, "alice alone")
        alice.close()
        with closing(Client(port=own_redis.port)) as it:
            wait_until(lambda: it.dbsize() == 0, "an empty Redis")
