"""`make reference` writes with this the settings of channel layers and the options of Daphne, with the defaults that
installed packages have, to includes/settings.md: a section for each. What each means stands here. One that a package
has and this does not know of is an error, and so is one that is known here and gone there.
"""

from __future__ import annotations

import argparse
import inspect
import os
import sys
from collections.abc import Iterator
from typing import Any

from channels.layers import InMemoryChannelLayer
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from daphne.cli import CommandLineInterface

from testing.project import ROOT

FILE = ROOT / "includes/settings.md"
HEADER = "<!-- Written by `make reference` from the installed packages: change it there. -->\n"

Settings = dict[str, Any]
"""Each name and its default."""

LIMITS = {
    "expiry": "Seconds after which a message that nobody has taken is dropped.",
    "group_expiry": "Seconds after which a member that has not joined again is no longer in the group: a day.",
    "capacity": "Messages that a channel holds. When full, `group_send()` drops more; `send()` raises `ChannelFull`.",
    "channel_capacity": 'Other capacities by channel name, with wildcards: `{"http.*": 20}`.',
}
HOSTS = (
    "Where Redis is: a list of addresses or of dictionaries of connection arguments. None: `redis://localhost:6379`."
)
PREFIX = "What all keys in Redis begin with. Two projects that share a Redis need two."
KEYS = "Secrets, a list. Messages are encrypted with the first, and may be in any."
SERIALIZER = "How messages are written: `msgpack`, `json`, or one that you registered."

MEANINGS: dict[str, dict[str, str]] = {
    "in-memory": LIMITS,
    "redis": {
        "hosts": HOSTS,
        "prefix": PREFIX,
        **LIMITS,
        "symmetric_encryption_keys": KEYS,
        "random_prefix_length": "Bytes drawn for each message, so that two alike are two in Redis.",
        "serializer_format": SERIALIZER,
    },
    "redis-pubsub": {
        "hosts": HOSTS,
        "prefix": PREFIX,
        "on_disconnect": "Is taken, and in this version never called.",
        "on_reconnect": "Is taken, and in this version never called.",
        "symmetric_encryption_keys": KEYS,
        "serializer_format": SERIALIZER,
    },
    "daphne": {
        "--port": "The port. None, with no other place to listen named: 8000.",
        "--bind": "The address. None: 127.0.0.1, so nobody reaches it from outside.",
        "--unix-socket": "Listen on a Unix socket.",
        "--fd": "Listen on a socket that somebody else has opened.",
        "--endpoint": "Where to listen, as Twisted writes it: `ssl:443:privateKey=key.pem:certKey=crt.pem`.",
        "--verbosity": "0 says little, 1 has an access log, 2 tells of each connection.",
        "--access-log": "The file of the access log, `-` for the terminal. None: the terminal, from verbosity 1 on.",
        "--log-fmt": "The format of the log.",
        "--websocket_timeout": "Seconds after which a WebSocket is closed, however busy: a day. -1: never.",
        "--websocket_connect_timeout": "Seconds that the application has for its answer to a handshake. -1: for ever.",
        "--http-timeout": "Seconds that the application has for a response. None: for ever.",
        "--ping-interval": "Seconds of silence after which a WebSocket is pinged.",
        "--ping-timeout": "Seconds within which the answer to a ping has to come.",
        "--websocket-max-message-size": "Bytes of a message that comes in; 0 for any number.",
        "--websocket-max-frame-size": "Bytes of a frame that comes in; 0 for any number.",
        "--application-close-timeout": "Seconds that the application has to end when the client has gone.",
        "--root-path": "ASGI's `root_path`: where the application is mounted.",
        "--proxy-headers": "Believe `X-Forwarded-For` and `X-Forwarded-Port`: only behind a proxy that sets them.",
        "--proxy-headers-host": "The header that names the client's address, in place of `X-Forwarded-For`.",
        "--proxy-headers-port": "The header that names the client's port, in place of `X-Forwarded-Port`.",
        "--server-name": "The response header `Server`.",
        "--no-server-name": "No such header.",
    },
    "runserver": {
        "--noasgi": "Django's own `runserver`, which speaks WSGI: no WebSocket opens.",
        "--http_timeout": "Daphne's `--http-timeout`.",
        "--websocket_handshake_timeout": "Daphne's `--websocket_connect_timeout`.",
        "--websocket-max-message-size": "The same of Daphne. None: Daphne's default.",
        "--websocket-max-frame-size": "The same of Daphne. None: Daphne's default.",
    },
}


def of_call(*calls: Any) -> Settings:
    """The arguments that have a default. What a package hands to itself is no setting."""
    parameters = [each for call in calls for each in inspect.signature(call).parameters.values()]
    return {
        each.name: each.default
        for each in parameters
        if each.default is not inspect.Parameter.empty and each.name != "channel_layer"
    }


def of_parser(parser: argparse.ArgumentParser) -> Settings:
    """The options, each by its longest name."""
    return {
        max(action.option_strings, key=len): action.default
        for action in parser._actions
        if action.option_strings and action.dest != "help"
    }


def of_runserver() -> Settings:
    """What Daphne's `runserver` has and Django's has not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
    import django

    django.setup()
    from daphne.management.commands.runserver import Command
    from django.contrib.staticfiles.management.commands.runserver import Command as DjangosCommand

    ours, djangos = (
        of_parser(command().create_parser("manage.py", "runserver")) for command in (Command, DjangosCommand)
    )
    return {name: default for name, default in ours.items() if name not in djangos}


def installed() -> dict[str, Settings]:
    """All of them, as they are in this environment."""
    return {
        "in-memory": of_call(InMemoryChannelLayer),
        "redis": of_call(RedisChannelLayer),
        "redis-pubsub": of_call(RedisPubSubLoopLayer, RedisPubSubChannelLayer),
        "daphne": of_parser(CommandLineInterface().parser),
        "runserver": of_runserver(),
    }


def written() -> str:
    """The sections. Raises ValueError where what is known here is not what is installed."""
    there = installed()
    for name, settings in there.items():
        if odd := set(settings) ^ set(MEANINGS[name]):
            raise ValueError(f"{name}: say in testing/settings_tables.py what is so no more: {', '.join(sorted(odd))}")
    return HEADER + "".join(f"\n{section}" for name in MEANINGS for section in sections(name, there[name]))


def sections(name: str, settings: Settings) -> Iterator[str]:
    rows = "".join(f"| `{key}` | `{settings[key]!r}` | {meaning} |\n" for key, meaning in MEANINGS[name].items())
    table = f"| Name | Default | What it does |\n|---|---|---|\n{rows}"
    yield f"<!-- --8<-- [start:{name}] -->\n{table}<!-- --8<-- [end:{name}] -->\n"


def main() -> int:
    FILE.write_text(written(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
