"""How a page asks for the server's half of its connections.

`/ws/observe/ID/` streams what happens on the connections of the same visitor whose query string carries
`observe=ID`, `observe=ID.CLIENT`, `observe=ID.CONNECTION` or `observe=ID.CLIENT.CONNECTION`. The connection's name is
its correlation id: every event carries it back, so that neither half has to count.
"""

import re

SERVER = "/server/"
"""Says who answers, in which versions, and gives the visitor the cookie by which their observations are told from
others. An address of its own: at `/` there may be a site.
"""

PARAMETER = "observe"
"""Of a WebSocket's query string; the application never sees it."""

OBSERVER_ID = r"[A-Za-z0-9_-]{22,64}"
"""An id that the page makes up: 16 random bytes in base64url, which nobody guesses."""

CLIENT_NAME = r"[a-z][a-z0-9_-]{0,30}"
"""A client of a transcript, as it is named in front of its lines."""

CONNECTION_NAME = r"[1-9][0-9]{0,8}"
"""Which of the page's connections it is: a number that the page gives to no other one of the same observation."""

ASKED = re.compile(rf"(?P<id>{OBSERVER_ID})(?:\.(?P<client>{CLIENT_NAME}))?(?:\.(?P<connection>{CONNECTION_NAME}))?")
"""The parameter's value."""

OVER = 4408
"""Close code of an observation whose time is up; a new one may be opened at once."""

STEP_PATIENCE_MS = 5_000
"""How long a step may take before it counts as not happening."""

HANDSHAKE_PATIENCE_MS = 15_000
"""How long a handshake may take: Daphne gives up after five to seven seconds, and a browser opens its WebSockets to one
host in turn, so that one waits for those before it."""
