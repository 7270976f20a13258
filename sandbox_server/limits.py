"""How much may be asked of the server: every figure in one place, its unit in its name. It imports nothing of ours.

Each is a setting, too: `SANDBOX_` and its name in the environment, such as SANDBOX_ROOMS=50, is what holds instead.

Not here is what is no bound of ours: the close codes `stream.OVER`, `register.FULL` and `register.GONE`, RFC 6455's
`events.REASON_BYTES`, and the width of a printed line, `observer.WIDTH`. Nor what is itself the lesson of a printed
sandbox, where the reader must see figure and effect together:

- `chat.LETTERS`: the smallest chat is there to be copied, so it has to be whole.
- `tickets.SECONDS`: how short a ticket's life is, is what makes it safe to put into a URL.
- `trace.LETTERS`: the middleware that tells each event is there to be copied, as well.
- `messages.TOO_MANY` and `flooding.CONTINUATION` are a close code and an opcode.
- `proxy.QUIET_SECONDS`: how much silence a proxy bears that is played.
- `presence.SECONDS`: how soon a connection that says nothing is taken for gone.
- `signed_out.LOOK_SECONDS`: how late a socket hears of a log-out in another process.
- `one_at_a_time.MOST_TASKS`, `one_at_a_time.WORK_SECONDS`, `four_consumers.WORK_SECONDS`, `own_scope.PARTS` and
  `own_scope.PAUSE_SECONDS`: the work that the reader sees take its time.
- `threads.THREADS`: so many connections stay open, says the answer.
- `signed.ACCESS_SECONDS`, `signed.REFRESH_SECONDS`, `expiring.FIRST_SECONDS`, and the codes `expiring.EXPIRED` and
  `expiring.NO_GOOD`: how long a token and a silence last, and what is said then.
- `paced.MESSAGES` and `paced.SECONDS`: how soon its echo has enough.
- `counted.SOCKETS`: how many of a visitor's sockets its echo bears.
- `tests.PATIENCE`: how long a printed test waits; whoever copies the tests copies it with them.
- The length of what one message says to `typed`, `durable`, `vote`, `group_mistakes` and `wsgi`: it is part of the
  answer.

A test finds any other figure that a module keeps to itself.
"""

import os
import sys

# One connection: hardened Daphne.

# --8<-- [start:one-connection]
MESSAGE_BYTES = 64 * 1024
"""The largest message that a client may send; a larger one closes with 1009 as soon as it is announced."""

QUEUED_MESSAGES = 32
"""Events that wait for a consumer; then nothing more is read from its connection until half of them are taken."""

UNREAD_BYTES = 256 * 1024
"""Output that waits in this process for a client to read it; more cuts the connection."""

STALLED_SECONDS = 5.0
"""How long such output may wait before the connection is cut."""

KERNEL_BUFFER_BYTES = 64 * 1024
"""Output that the kernel keeps besides. Left to itself it takes 4 MiB, and a slow client looks like a stalled one."""

HEARTBEAT_SECONDS = 20
"""After so long a silence a client is asked, by a ping, whether it is still there."""

PONG_SECONDS = 15
"""How long it may take to answer; then the connection is cut. Shorter than a heartbeat."""

CLOSE_SECONDS = 5.0
"""How long a client may take to answer a close frame; then TCP ends, and the consumer's `disconnect()` is told 1006.
autobahn waits for one second, which a phone on a slow network needs for the way alone."""

LATE_BYTES = 512 * 1024
"""What is read, and thrown away, of a client that has been told that this is the end. After that nothing is read until
time is up: a client that goes on sending would cost the server as much as one that is heard."""

SPARE_MEMORY_SECONDS = 10.0
"""How often what has become free is given back to the system."""

PONGS_PER_SECOND = 10.0
"""Pongs that are read, asked for or not; more of them close with 1008."""

BURST_PONGS = 20
"""Pongs that are read at once, before that rate applies."""

FRAGMENTS_PER_SECOND = 256.0
"""Frames that a message may have after its first, counted over all messages; more of them close with 1008."""

BURST_FRAGMENTS = 1024
"""Such frames at once, before that rate applies: a message as large as it may be, in pieces of 64 bytes."""

PINGS_PER_SECOND = 10.0
"""Pings that are answered; more of them close with 1008. Browsers send none, other clients one in some seconds."""

BURST_PINGS = 20
"""Pings that are answered at once, before that rate applies."""

MESSAGES_PER_SECOND = 20.0
"""Messages of one connection. Whoever sends more is warned, and heard out for a few more; then 4429."""

BURST_MESSAGES = 100
"""Messages at once, before that rate applies."""

MESSAGES_AFTER_WARNING = 20
"""Messages that are heard after the warning."""

MESSAGES_RETRY_SECONDS = 5
"""When to come back, says the reason of that close."""

JSON_LEVELS = 20
"""How deep JSON may be nested that Channels reads; what is deeper is answered with an error message."""
# --8<-- [end:one-connection]

# One request over HTTP: hardened Daphne.

HEAD_SECONDS = 10.0
"""How long the head of a request may take, from the first byte of a connection or of a further request; then 408."""

BODY_SECONDS = 10.0
"""How long a body may take after its head; then 408."""

BODY_BYTES = 64 * 1024
"""The largest body; one that is announced, or that grows, beyond it is answered with 413, and nothing of it is kept."""

LINGER_SECONDS = 2.0
"""After such an answer: how long what still comes is thrown away, so that the client can read it."""

ANSWER_STALLED_SECONDS = 30.0
"""How long a client may take to read what waits for it of an answer, some 100 KiB; then the connection is cut."""

# One visitor, which is an address (in IPv6 a /64): the guards around the application. In memory, or in Redis.

# --8<-- [start:one-visitor]
HANDSHAKES_PER_MINUTE = 1200
"""Handshakes of one visitor; more are told 429."""

HANDSHAKES_PER_MINUTE_OF_ALL = 12_000
"""Handshakes of all of them together."""

CONNECTION_WAIT_SECONDS = 10.0
"""How long a connection may wait for its turn, where a visitor makes more of them than handshakes and requests allow;
those that would wait longer end at once."""

SOCKETS_PER_VISITOR = 200
"""Open WebSockets of one visitor, a class behind one address among them; more are told 429."""

SOCKETS = 5000
"""Open WebSockets of all of them."""

SOCKETS_RETRY_SECONDS = 10
"""When to try again, says that answer."""

MESSAGES_PER_SECOND_OF_VISITOR = 200.0
"""Messages on all connections of one visitor; more are answered as those on one connection are."""

BURST_MESSAGES_OF_VISITOR = 1000
"""Messages at once, before that rate applies."""

REQUESTS_PER_MINUTE = 3000
"""HTTP requests of one visitor; more are told 429."""

REQUESTS_PER_VISITOR = 50
"""Requests of one visitor that run at the same time. Each has a thread; more are told 429."""

REQUESTS = 200
"""Requests of all of them that run at the same time."""

REQUESTS_RETRY_SECONDS = 1
"""When to try again, says that answer."""

FILES_PER_MINUTE = 12_000
"""Files of the built site that one visitor asks for; more are told 429. A first visit asks for some 300."""

FILE_PIECE_BYTES = 64 * 1024
"""Of such a file, what is read at a time, once the client has taken what came before."""

WRITES_PER_MINUTE = 600
"""Requests of one visitor that write, such as a log-in: each may leave a session in the database."""
# --8<-- [end:one-visitor]

# The process, from its first connection to its last.

BACKLOG_CONNECTIONS = 128
"""Connections that the kernel accepts and keeps for the server until it takes them."""

REDIS_GREETING_SECONDS = 1.0
"""At the start: how long Redis may take to answer, before it is said that it does not."""

REDIS_AGAIN_SECONDS = 1.0
"""While Redis is away: how often it is looked for."""

REDIS_ANSWER_SECONDS = 1.0
"""How long it may take to answer the channel layer; then it is away."""

REDIS_QUIET_SECONDS = 1.0
"""After so long a silence the channel layer sees by a word to itself whether Redis is still there."""

REDIS_SUBSCRIBE_SECONDS = 1.0
"""How long whoever joins a group waits to be heard of in other processes."""

REDIS_COUNT_SECONDS = 0.5
"""How long Redis may take to count a handshake or a request; then this process counts by itself."""

DATABASE_RETRY_SECONDS = 5
"""When to try again, says whoever needs the database while it does not answer."""

NO_DESCRIPTORS_SECONDS = 60.0
"""While there are no file descriptors for new connections: how often the log says so."""

READINESS_SECONDS = 1.0
"""How old an answer of `/readyz` may be: nothing is looked at more often, however often it is asked."""

READINESS_ANSWER_SECONDS = 2.0
"""How long the database and the channel layer may take to answer; then the process is not ready."""

SHUTDOWN_GRACE_SECONDS = 8.0
"""At SIGTERM: how long the close handshakes and the consumers may take to end."""

SHUTDOWN_EXIT_SECONDS = 9.0
"""At SIGTERM: when the process ends whatever still runs, such as a thread that nothing can interrupt."""

RESTART_RETRY_SECONDS = 5
"""What a handshake is told meanwhile: come back after so long (`Retry-After`)."""

CONSUMER_TURN_SECONDS = 0.001
"""Work on messages that had all arrived already, after which the other connections have their turn."""

LOG_RECORD_CHARACTERS = 4000
"""Of one record of the log; what is longer is cut in its middle. A traceback of Django's has 3,000."""

LOG_CALLS = 20
"""Of the calls that led to a fault of the house, those that a log in JSON has: the innermost."""

LOG_BYTES_PER_MINUTE = 256 * 1024
"""What goes into the log in a minute; what follows is counted, and the count is written."""

# One observation.

OBSERVATIONS = 1000
"""Observations at the same time."""

OBSERVATIONS_PER_VISITOR = 100
"""Those of one visitor among them. A page has one for each sandbox that has run."""

OBSERVATIONS_RETRY_SECONDS = 10
"""When to try again, says the reason of the close of one too many."""

OBSERVERS = 4
"""Sockets to which one observation is streamed: a page that was lost, and comes back, among them."""

OBSERVED_CHARACTERS = 4096
"""Of a text or of bytes in an ASGI event, what is passed on; what follows is cut, and the event says so."""

OBSERVATION_SECONDS = 600
"""How long one may last; then it closes with 4408, and a new one may be opened at once."""

OBSERVED_QUEUE_EVENTS = 256
"""Events of one connection that wait to be passed on; further ones are dropped and counted."""

OBSERVED_PAYLOAD_BYTES = 1024
"""Of a frame's payload, what is passed on; what follows is cut, and the event says so."""

SUBPROTOCOL_CHARACTERS = 30
"""A longer subprotocol is taken for a credential, and hidden."""

# The sandboxes. A section is printed beside the module that it bounds.

# --8<-- [start:race]
RACES = 8
"""Races that run at the same time. Each has threads of its own."""

RACES_PER_VISITOR = 4
"""Those of one visitor among them."""

RACE_LOAD = {"requests": (1, 50), "wait_ms": (10, 500), "workers": (1, 8)}
"""Least and most of what a race may be asked for; `wait_ms` in milliseconds, the others are counted."""

RACE_MILLISECONDS = 5000
"""How long a race may take altogether, as far as its load says."""
# --8<-- [end:race]

# --8<-- [start:four-consumers]
MEASUREMENTS = 20
"""Visitors who measure consumers at the same time."""

MEASUREMENTS_PER_VISITOR = 10
"""From one address among them: a class may sit behind it."""

MEASURED_CONSUMERS = 8
"""Consumers of one measurement. The pool has a thread for each of all measurements."""
# --8<-- [end:four-consumers]

# --8<-- [start:raw-bytes]
RAW_CLIENTS = 20
"""Small clients at work at the same time."""

RAW_CLIENTS_PER_VISITOR = 10
"""Those of one visitor among them."""

RAW_BYTES = 1024
"""Bytes that one of them sends, and most that it reads at a time."""

RAW_KEY_CHARACTERS = 100
"""Length of a key for the handshake."""

RAW_ORDER_CHARACTERS = 4 * RAW_BYTES
"""Length of what a reader sends to say all this."""

RAW_FIRST_SECONDS = 1.5
"""How long the small client waits for the first answer."""

RAW_QUIET_SECONDS = 0.3
"""How long it waits for more; then what came is taken to be all."""

RAW_SECONDS = 3.0
"""How long it is at work altogether."""
# --8<-- [end:raw-bytes]

# --8<-- [start:deaf]
DEAF_CLIENTS = 4
"""Clients of *Security* that do not read, at the same time. Each may have some megabytes wait in the kernel."""

DEAF_CLIENTS_PER_VISITOR = 2
"""Those of one visitor among them."""

DEAF_MESSAGES = 90
"""Messages that one of them sends: enough for what the kernel takes off the server, and not too many for the echo."""

DEAF_BYTES = 60_000
"""Bytes of each."""

DEAF_SECONDS = 8
"""How long one waits for the server to end it; that takes STALLED_SECONDS here, and on others for ever."""

DEAF_LOOK_SECONDS = 0.2
"""How soon it looks again whether the server has ended it."""
# --8<-- [end:deaf]

# --8<-- [start:wsgi-witness]
WITNESSED_CALLS = 20
"""Calls that are witnessed at the same time. Each has a thread of its own."""

WITNESSED_CALLS_PER_VISITOR = 10
"""Those of one visitor among them."""
# --8<-- [end:wsgi-witness]

# --8<-- [start:rooms]
ROOMS = 500
"""Rooms that somebody is in."""

ROOMS_PER_VISITOR = 50
"""Those among them whose first member was the same visitor."""

ROOM_MEMBERS = 20
"""Members of one room."""

ROOM_CHARACTERS = 500
"""Length of what a member says."""

ROOM_TEXTS_PER_SECOND = 10
"""What one member may say in a second; each message more is refused with an error."""

ROOM_SECONDS = 600
"""How long a room that nobody has entered can be entered."""

ROOMS_REMEMBERED = 20_000
"""Rooms that somebody is in, or was: remembered for as long as their ids could open them again."""

ROOMS_REMEMBERED_PER_VISITOR = 1000
"""Those among them whose first member was the same visitor."""
# --8<-- [end:rooms]

# --8<-- [start:chat]
CHAT_MEMBERS = 20
"""Members of one chat."""
# --8<-- [end:chat]

# --8<-- [start:presence]
PRESENCE_MEMBERS = 20
"""Connections to one register, and names in its set; one more is told that it is full."""

PRESENCE_CHARACTERS = 20
"""Length of a name; what follows is cut."""
# --8<-- [end:presence]

# --8<-- [start:components]
COMPONENT_SOCKETS = 20
"""Sockets of one room; one more is told that it is full."""

COMPONENT_MESSAGES = 50
"""Messages of a room that are kept for whoever comes, and known again if they come a second time."""

COMPONENT_CHARACTERS = 200
"""Length of a message, and of its id; a longer one is an error."""
# --8<-- [end:components]

# --8<-- [start:club]
TEST_RUNS = 20
"""Visitors whose tests are run or wait for their turn."""

TEST_RUNS_PER_VISITOR = 10
"""Runs of one visitor among them."""
# --8<-- [end:club]

# --8<-- [start:durable]
DURABLE_CLIENTS = 1000
"""Clients that are remembered. One more is told to come back later: nobody is forgotten for it."""

DURABLE_CLIENTS_PER_VISITOR = 200
"""Those of one visitor among them. Each page that is opened has one."""

DURABLE_MESSAGES = 100
"""Messages of one client that are remembered, so that a repeat is known."""

DURABLE_SECONDS = 120
"""How long a message is remembered, and a client after its last word or its last connection."""
# --8<-- [end:durable]

TICKETS_USED = 20_000
"""Used tickets, and refresh tokens, that are remembered for as long as they would be good. Beyond that none is good."""

# --8<-- [start:capacity]
CAPACITY_MESSAGES = 100
"""Messages that one order sends to the group."""
# --8<-- [end:capacity]

# --8<-- [start:notes]
NOTE_CHARACTERS = 200
"""Length of a note; what follows is cut."""
# --8<-- [end:notes]

# --8<-- [start:news]
NEWS_STREAMS = 100
"""Streams of server-sent events that are open. Each is a request that runs, too: see REQUESTS."""

NEWS_STREAMS_PER_VISITOR = 30
"""Those of one visitor among them; one more is told that it is, and ends."""

NEWS_STREAM_SECONDS = 60
"""How long a stream lasts. Then it ends, and the browser comes back for what follows."""

NEWS_KEEP_ALIVE_SECONDS = 15
"""After so long a silence a comment is sent."""

NEWS_CHARACTERS = 200
"""Length of an item; what follows is cut."""

NEWS_KEPT = 10
"""Items that a session keeps, for those who come back."""
# --8<-- [end:news]

# --8<-- [start:orders]
ORDER_CHARACTERS = 50
"""Length of what is ordered; what follows is cut."""

ORDER_SECONDS = 60
"""How long an order is kept: with the next one, whoever's, it goes. How many that can be, WRITES_PER_MINUTE says."""

ORDER_WAIT_SECONDS = 2
"""How long a transaction, or one of several threads, waits for who it waits for. It never comes to that."""

ORDER_POOLS = 10
"""Pools of threads that ask the database at the same time. Each has four."""

ORDER_POOLS_PER_VISITOR = 5
"""Those of one visitor among them."""
# --8<-- [end:orders]

# --8<-- [start:async-views]
ASYNC_VIEWS = 20
"""Calls of a view that are witnessed at the same time. Each may have a thread; a crowd counts as one."""

ASYNC_VIEWS_PER_VISITOR = 10
"""Those of one visitor among them."""

ASYNC_VIEWS_CROWD = 5
"""Requests that come at once where a crowd is asked for."""

ASYNC_VIEW_SECONDS = 5
"""How long a call may take, with the task that it has started. It never comes to that."""
# --8<-- [end:async-views]

# --8<-- [start:own-scope]
VALUE_CHARACTERS = 80
"""Of each value of an event, what is told."""
# --8<-- [end:own-scope]

# --8<-- [start:explain-routes]
PATH_CHARACTERS = 200
"""Length of a path that is explained."""
# --8<-- [end:explain-routes]

# --8<-- [start:import-order]
IMPORT_SECONDS = 10
"""How long a fresh Python may take to import a module."""
# --8<-- [end:import-order]


def read_environment() -> None:
    """Put in place of a figure what the environment says, or end the process with one line that says what is wrong."""
    for name, figure in list(globals().items()):
        said = os.environ.get(f"SANDBOX_{name}") if name.isupper() and isinstance(figure, int | float) else None
        if said is not None:
            kind = "a whole number" if isinstance(figure, int) else "a number"
            try:
                globals()[name] = type(figure)(said)
            except ValueError:
                sys.exit(f"SANDBOX_{name} is {said!r} in the environment: set it to {kind}, such as {figure}.")
            if not 0 < globals()[name] < float("inf"):
                sys.exit(f"SANDBOX_{name} is {said!r} in the environment: set it to {kind} above 0.")


read_environment()
