"""What has happened since the process began, counted where it happens. It imports nothing of ours: so all may count.

`operating/metrics.py` tells it, if anybody wants to know. What a count is divided by, no visitor can make many of: a
status or a close code that is none of those named here counts with its kind.
"""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock

STATUSES = (101, 400, 403, 404, 429, 500, 503)
"""What handshakes are answered with here. A sandbox refuses with any other that a visitor names."""

CODES = (*range(1000, 1004), *range(1005, 1016), 4003, 4401, 4408, 4429, 4504)
"""The protocol's own, and this server's: see docs/reference/close-codes.md. A page closes with any other it likes."""


@dataclass
class Tally:
    """Plain numbers. All but `limits_hit` are changed by the thread of the event loop alone."""

    websockets_open: int = 0
    messages_in: int = 0
    messages_out: int = 0
    layer_messages_dropped: int = 0
    exceptions: int = 0
    handshakes: Counter[str] = field(default_factory=lambda: Counter({str(status): 0 for status in STATUSES}))
    closes: Counter[tuple[str, str]] = field(default_factory=Counter)
    limits_hit: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def handshake_refused(self, status: int) -> None:
        self.handshakes[str(status) if status in STATUSES else f"other {status // 100}xx"] += 1

    def closed(self, by: str, code: int) -> None:
        self.closes[by, str(code) if code in CODES else f"other {code // 1000}xxx"] += 1

    def limit_hit(self, limit: str) -> None:
        """`limit` is a name of the code's own, never a word of a visitor's. From any thread."""
        with self.lock:
            self.limits_hit[limit] += 1


tally = Tally()
"""Of this process."""
