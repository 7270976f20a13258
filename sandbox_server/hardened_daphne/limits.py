"""How much one connection may ask of the server. Every figure in one place."""

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

PINGS_PER_SECOND = 10.0
PING_BURST = 20
"""Pings that are answered; more of them close with 1008. Browsers send none, other clients one in some seconds."""

DRAIN_SECONDS = 8.0
"""At SIGTERM: how long the close handshakes and the consumers may take to end."""

EXIT_SECONDS = 9.0
"""At SIGTERM: when the process ends whatever still runs, such as a thread that nothing can interrupt."""
