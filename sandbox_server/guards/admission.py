"""So many at once, in total and for each visitor: for what keeps a thread, a socket or memory busy for a while.

    races = Admission("races", total=8, per_visitor=4)

    try:
        with races.admit(visitor_of(scope)):
            ...  # one of eight, and one of this visitor's four
    except Full as full:
        error = f"{full} are running just now"

It counts in the memory of one process: where several serve a site, each admits as many. Whoever counts in a table asks
`check()`.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, IPv6Network
from threading import Lock
from typing import Any

from sandbox_server.tally import tally


class Full(Exception):
    """Nobody more is let in just now. Its text says what is full: `8 races`, or `4 races from your address`."""


class Admission:
    """A number of places, of which no visitor takes more than a share."""

    def __init__(self, what: str, *, total: int, per_visitor: int) -> None:
        self.what, self.total, self.per_visitor = what, total, per_visitor
        self.inside: Counter[str] = Counter()  # how often each visitor is in
        self.lock = Lock()  # sync handlers and WSGI applications run in threads

    @contextmanager
    def admit(self, visitor: str) -> Iterator[None]:
        """A place, until the block ends, in whatever way it ends; Full if there is none."""
        self.enter(visitor)
        try:
            yield
        finally:
            self.leave(visitor)

    def enter(self, visitor: str) -> None:
        """Take a place, for what does not end where it begins. Whoever takes one this way gives it back by leave()."""
        with self.lock:
            self.check(self.inside.total(), self.inside[visitor])
            self.inside[visitor] += 1

    def check(self, inside: int, of_visitor: int) -> None:
        """Full, if that is no less than there are places."""
        if inside >= self.total:
            raise self.full(f"{self.total} {self.what}")
        if of_visitor >= self.per_visitor:
            raise self.full(f"{self.per_visitor} {self.what} from your address")

    def full(self, words: str) -> Full:
        """It is counted, for whoever runs the server."""
        tally.limit_hit(self.what)
        return Full(words)

    def leave(self, visitor: str) -> None:
        with self.lock:
            self.inside -= Counter([visitor])  # which forgets a visitor who is no longer in


def visitor_of(scope: Any) -> str:
    """Who is asking: the client's address. In IPv6 its /64, which is what one household or one machine is given.

    Behind a proxy the server says whom the proxy speaks for, or all have the proxy's. A server may not know it (ASGI).
    """
    host, _ = scope.get("client") or ("", 0)
    if ":" not in host:
        return str(host)
    address = IPv6Address(host)
    return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
