"""All that stands around the application of a server that others can reach, in its order.

`asgi.py` does without: it is what runs in a reader's page, too, where nobody else is.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from sandbox_server.guards.database_away import DatabaseAway
from sandbox_server.guards.files import Files
from sandbox_server.guards.handshakes import Handshakes
from sandbox_server.guards.headers import SecurityHeaders
from sandbox_server.guards.hosts import Hosts
from sandbox_server.guards.messages import Messages
from sandbox_server.guards.proxy import BehindProxy
from sandbox_server.guards.rates import Rates
from sandbox_server.guards.requests import Requests


def guard(
    application: Any,
    *,
    proxies: Sequence[IPv4Network | IPv6Network],
    hosts: Sequence[str],
    origins: Sequence[str],
    redis_url: str,
    site: Any = None,
) -> Any:
    """The application, guarded, and a built site beside it. What is refused never gets as far as the layers inside."""
    rates = Rates(redis_url)
    guarded: Any = Handshakes(Requests(Messages(DatabaseAway(application)), rates, origins), rates)
    if site is not None:
        guarded = Files(guarded, site, rates)
    guarded = Hosts(guarded, hosts)
    if site is not None:
        guarded = SecurityHeaders(guarded, site.policy)
    return BehindProxy(guarded, proxies)
