"""The smallest chat, the names of its rooms, and how far the layers reach that its page tells readers to set."""

import asyncio
import json
import runpy
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial
from testing.program import Program
from testing.project import ORIGIN


def new_room(sandbox: Program) -> str:
    """The path of a chat that nobody else has."""
    name = json.loads(Visitor(sandbox.url, ORIGIN).ask("GET", "/names/", None)[1])["name"]
    return f"/ws/chat/{name}/"


def test_who_has_the_name_hears_the_chat_and_nobody_else_does(sandbox: Program) -> None:
    """An empty message and bytes go to nobody, a long one is cut, and the chat goes on."""
    path = new_room(sandbox)
    with dial(sandbox, path) as alice, dial(sandbox, path) as bob, dial(sandbox, new_room(sandbox)) as stranger:
        alice.send("")
        alice.send(b"bytes")
        alice.send("x" * 501)
        assert alice.recv(PATIENCE_SECONDS) == bob.recv(PATIENCE_SECONDS) == "x" * 500
        stranger.send("mine")
        assert stranger.recv(PATIENCE_SECONDS) == "mine"


def layer_of(file: Path, **config: Any) -> Any:
    """The default layer of a settings file, as Channels makes it, with some of its CONFIG replaced."""
    default = runpy.run_path(str(file))["CHANNEL_LAYERS"]["default"]
    return import_string(default["BACKEND"])(**{**default.get("CONFIG", {}), **config})


async def first_heard(sender: Any, receiver: Any) -> Any:
    """What a member of a group of one layer object hears first: the other object's message, or its own, sent later."""
    channel = await receiver.new_channel()
    await receiver.group_add("news", channel)
    await sender.group_send("news", {"type": "news", "from": "the sender"})
    await receiver.group_send("news", {"type": "news", "from": "the receiver"})
    message = await asyncio.wait_for(receiver.receive(channel), PATIENCE_SECONDS)
    for layer in {sender, receiver}:
        if hasattr(layer, "close_pools"):
            await layer.close_pools()
    return message["from"]


def test_the_printed_settings_for_memory_reach_one_process_only(root: Path) -> None:
    """Within it all is well; another process has another object, and hears nothing."""
    file = root / "handed_out/project/mysite/layers/in_memory.py"
    one, another = layer_of(file), layer_of(file)
    assert asyncio.run(first_heard(one, one)) == "the sender"
    assert asyncio.run(first_heard(another, one)) == "the receiver"


def test_the_printed_settings_for_redis_reach_every_process(root: Path, redis: str) -> None:
    """With the address of the Redis that is there."""
    file = root / "handed_out/project/mysite/layers/redis.py"
    assert asyncio.run(first_heard(layer_of(file, hosts=[redis]), layer_of(file, hosts=[redis]))) == "the sender"
