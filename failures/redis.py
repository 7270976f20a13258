"""Failures of channel layers, with a real Redis where one is needed."""

from __future__ import annotations

import asyncio
import datetime
import uuid
from contextlib import closing
from functools import cache

from channels.layers import ChannelLayerManager
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.test import override_settings
from redis import Redis

from failures.kit import FOLDER, kill, running
from failures.servers import answering
from testing.certificates import write_certificate
from testing.machine import find
from testing.ports import reserved_port
from testing.program import Program, wait_until


def _redis(*options: str) -> int:
    """A Redis of its own; its port."""
    import subprocess

    port, log = reserved_port(), FOLDER / "redis.log"
    command = [str(find("redis-server")), "--port", str(port), "--bind", "127.0.0.1", "--save", "", *options]
    with log.open("ab") as out:
        process = subprocess.Popen([*command, "--dir", str(FOLDER)], stdout=out, stderr=out)
    running.callback(kill, Program(process, log))

    def answers() -> bool:
        import socket

        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            return False
        return True

    wait_until(answers, "a Redis")
    return port


@cache
def _shared() -> int:
    return _redis("--requirepass", "secret")


def _layer(port: int, path: str = "", **options) -> RedisChannelLayer:
    """A layer that may be used in one event loop."""
    return RedisChannelLayer(hosts=[{"address": f"redis://:secret@127.0.0.1:{port}{path}", **options}])


def _admin(port: int) -> Redis:
    return Redis(port=port, password="secret")


async def no_redis():
    """Nobody listens at 6379 of that address."""
    await RedisChannelLayer(hosts=["redis://127.9.9.9:6379"]).group_add("lobby", "specific.abc!def")


async def no_such_host():
    await RedisChannelLayer(hosts=["redis://redis.invalid:6379"]).group_add("lobby", "specific.abc!def")


async def address_for_host():
    """A tuple is a host and a port, and this host is an address."""
    await RedisChannelLayer(hosts=[("redis://127.0.0.1", 6379)]).group_add("lobby", "specific.abc!def")


async def http_for_redis():
    """At Redis' port there is a server for HTTP."""
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        await RedisChannelLayer(hosts=[f"redis://127.0.0.1:{port}"]).group_add("lobby", "specific.abc!def")


async def timeout_reading():
    layer = _layer(_shared(), socket_timeout=0.2)
    await layer.receive(await layer.new_channel())


async def gone():
    port = _redis("--requirepass", "secret")
    layer = _layer(port)
    receiving = asyncio.create_task(layer.receive(await layer.new_channel()))
    with closing(_admin(port)) as admin:
        while not [client for client in admin.client_list() if client["cmd"] == "bzpopmin"]:
            await asyncio.sleep(0.02)
        admin.client_kill_filter(_type="normal", skipme=True)
    await receiving


async def no_bzpopmin():
    layer = _layer(_redis("--requirepass", "secret", "--rename-command", "BZPOPMIN", ""))
    await layer.receive(await layer.new_channel())


async def no_password():
    await RedisChannelLayer(hosts=[f"redis://127.0.0.1:{_shared()}"]).group_add("lobby", "specific.abc!def")


async def wrong_password():
    await RedisChannelLayer(hosts=[f"redis://:guess@127.0.0.1:{_shared()}"]).group_add("lobby", "specific.abc!def")


async def tls_to_plain():
    await RedisChannelLayer(
        hosts=[{"address": f"rediss://127.0.0.1:{_shared()}", "socket_connect_timeout": 0.3}]
    ).group_add("lobby", "specific.abc!def")


@cache
def _by_an_authority() -> int:
    """A Redis that speaks TLS alone, and its authority's certificate is in FOLDER."""
    write_certificate(FOLDER, "127.0.0.1", "redis.pem", "redis.key")
    port = reserved_port()
    names = {"cert": "redis.pem", "key": "redis.key", "ca-cert": "ca.pem"}
    files = [word for name, file in names.items() for word in (f"--tls-{name}-file", str(FOLDER / file))]
    _redis("--tls-port", str(port), "--tls-auth-clients", "no", *files)
    return port


async def unknown_authority():
    await RedisChannelLayer(hosts=[f"rediss://127.0.0.1:{_by_an_authority()}"]).group_add("lobby", "specific.abc!def")


async def name_of_another():
    host = {"address": f"rediss://localhost:{_by_an_authority()}", "ssl_ca_certs": str(FOLDER / "ca.pem")}
    await RedisChannelLayer(hosts=[host]).group_add("lobby", "specific.abc!def")


async def tls_option_without_tls():
    await _layer(_shared(), ssl_cert_reqs=None).group_add("lobby", "specific.abc!def")


async def ssl_as_option():
    host = {"host": "127.0.0.1", "port": _shared(), "password": "secret", "ssl": True}
    await RedisChannelLayer(hosts=[host]).group_add("lobby", "specific.abc!def")


@cache
def _with_a_user() -> str:
    """The address of a Redis by a user who may use names that begin with `mysite`."""
    port = _shared()
    with closing(_admin(port)) as admin:
        admin.execute_command("ACL", "SETUSER", "mysite", "on", ">own", "~mysite*", "&mysite*", "+@all")
    return f"redis://mysite:own@127.0.0.1:{port}"


async def key_of_another():
    await RedisChannelLayer(hosts=[_with_a_user()]).group_add("lobby", "specific.abc!def")


async def channel_of_another():
    await RedisPubSubChannelLayer(hosts=[_with_a_user()]).group_send("lobby", {"type": "work"})


async def url_without_scheme():
    await RedisChannelLayer(hosts=["127.0.0.1:6379"]).group_add("lobby", "specific.abc!def")


async def password_in_address():
    await RedisChannelLayer(hosts=["redis://:pass#word@127.0.0.1:6379/0"]).group_add("lobby", "specific.abc!def")


def hosts_a_text():
    RedisChannelLayer(hosts="redis://127.0.0.1:6379")


def _configured(**config):
    with override_settings(CHANNEL_LAYERS={"default": config}):
        ChannelLayerManager()["default"]


def unknown_config():
    _configured(BACKEND="channels_redis.core.RedisChannelLayer", CONFIG={"host": "127.0.0.1"})


def hosts_in_memory():
    _configured(BACKEND="channels.layers.InMemoryChannelLayer", CONFIG={"hosts": [("127.0.0.1", 6379)]})


def backend_import():
    _configured(BACKEND="channels_redis.core.RedisLayer")


def backend_missing():
    _configured(CONFIG={})


def routing_key():
    _configured(ROUTING="mysite.routing.routes")


def layer_alias():
    with override_settings(CHANNEL_LAYERS={}):
        ChannelLayerManager()["default"]


def encryption_keys():
    RedisChannelLayer(symmetric_encryption_keys="secret")


async def cannot_serialize():
    said = []
    for value in (uuid.uuid4(), datetime.datetime.now()):
        try:
            await _layer(_shared()).send("tasks", {"type": "work", "value": value})
        except TypeError as error:
            said.append(str(error))
    return "\n".join(said)


async def integer_key():
    layer = _layer(_shared())
    await layer.send("integer-key", {"type": "work", "counts": {1: 2}})
    await layer.receive("integer-key")


async def max_clients():
    port = _redis("--requirepass", "secret", "--maxclients", "1")
    with closing(_admin(port)) as admin:
        admin.ping()
        await _layer(port).group_add("lobby", "specific.abc!def")


async def out_of_memory():
    port = _redis("--requirepass", "secret", "--maxmemory", "1")
    await _layer(port).group_add("lobby", "specific.abc!def")


async def read_only():
    port = _redis("--requirepass", "secret", "--replicaof", "127.0.0.1", str(reserved_port()))
    await _layer(port).group_add("lobby", "specific.abc!def")


async def wrong_type():
    with closing(_admin(_shared())) as admin:
        admin.set("asgi:group:taken", "by another project")
    await _layer(_shared()).group_add("taken", "specific.abc!def")


async def database_number():
    await _layer(_shared(), path="/99").group_add("lobby", "specific.abc!def")


async def over_capacity():
    layer = RedisChannelLayer(hosts=[f"redis://:secret@127.0.0.1:{_shared()}"], capacity=1)
    await layer.group_add("full", await layer.new_channel())
    for _ in range(3):
        await layer.group_send("full", {"type": "chat.message"})


async def pool_full():
    layer = _layer(_shared(), max_connections=1, socket_timeout=None)
    receiving = asyncio.create_task(layer.receive(await layer.new_channel()))
    await asyncio.sleep(0.1)
    try:
        await layer.group_add("lobby", "specific.abc!def")
    finally:
        receiving.cancel()


async def _receiving(layer: RedisChannelLayer, channel: str) -> asyncio.Task:
    """A task that waits for a message of a layer."""
    task = asyncio.create_task(layer.receive(channel))
    await asyncio.sleep(0.1)
    return task


async def two_loops():
    """One layer, and two event loops in which somebody waits for it."""
    layer = _layer(_shared(), socket_timeout=None)
    receiving = await _receiving(layer, await layer.new_channel())

    async def receive():
        await asyncio.wait_for(layer.receive(await layer.new_channel()), 5)

    try:
        await asyncio.to_thread(asyncio.run, receive())
    finally:
        receiving.cancel()


async def several_hosts():
    """Of ten channels, those that `send()` and `receive()` look for at two hosts. Raises RuntimeError if it is none."""
    one, other = _shared(), _redis("--requirepass", "secret")
    hosts = [{"address": f"redis://:secret@127.0.0.1:{port}", "socket_timeout": None} for port in (one, other)]
    layer = RedisChannelLayer(hosts=hosts)
    layer.brpop_timeout = 0.1
    lost = 0
    for _ in range(10):
        channel = await layer.new_channel()
        receiving = await _receiving(layer, channel)
        await layer.send(channel, {"type": "work"})
        done, _ = await asyncio.wait([receiving], timeout=0.5)
        lost += not done
        receiving.cancel()
    if not lost:
        raise RuntimeError("not within ten channels")
    return f"{lost} of 10 did not arrive"


async def cluster():
    """Two nodes, each with one half of the slots."""
    bus = reserved_port()
    nodes = {"a": reserved_port(), "b": bus}
    ports = [
        _redis("--cluster-enabled", "yes", "--cluster-config-file", f"{name}.conf", "--cluster-port", str(port))
        for name, port in nodes.items()
    ]
    first, second = (Redis(port=port) for port in ports)
    with closing(first), closing(second):
        first.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 8191)
        second.execute_command("CLUSTER", "ADDSLOTSRANGE", 8192, 16383)
        first.execute_command("CLUSTER", "MEET", "127.0.0.1", ports[1], bus)
        while any(b"cluster_state:ok" not in node.execute_command("CLUSTER", "INFO") for node in (first, second)):
            await asyncio.sleep(0.1)
    layer = RedisChannelLayer(hosts=[f"redis://127.0.0.1:{ports[0]}"])
    for number in range(20):
        await layer.group_add(f"lobby-{number}", "specific.abc!def")


async def no_master():
    host = {"sentinels": [("127.0.0.1", reserved_port())], "master_name": "mymaster"}
    await RedisChannelLayer(hosts=[host]).group_add("lobby", "specific.abc!def")


async def _sent_with(keys: list[str], name: str) -> None:
    """A message in a channel, encrypted."""
    await RedisChannelLayer(hosts=[f"redis://:secret@127.0.0.1:{_shared()}"], symmetric_encryption_keys=keys).send(
        name, {"type": "work"}
    )


async def other_key():
    await _sent_with(["one"], "other-key")
    layer = RedisChannelLayer(hosts=[f"redis://:secret@127.0.0.1:{_shared()}"], symmetric_encryption_keys=["another"])
    await layer.receive("other-key")


async def no_key():
    await _sent_with(["one"], "no-key")
    await _layer(_shared()).receive("no-key")
