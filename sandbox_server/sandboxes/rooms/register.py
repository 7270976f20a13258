"""Which rooms there are, who is in them, and who may come in.

The id of a room is signed, so any process knows one that was made here, and nothing is kept of a room that nobody
entered. Who is in a room is kept in the memory of one process. Where several serve the site, the layer carries
messages between them, but each numbers and counts its own members: let the proxy choose the process by the room's
path, or keep the members in Redis.
"""

from dataclasses import dataclass, field
from secrets import token_hex
from time import monotonic

from django.core.signing import BadSignature, TimestampSigner

from sandbox_server.guards.admission import Admission, Full
from sandbox_server.limits import (
    ROOM_MEMBERS,
    ROOM_SECONDS,
    ROOMS,
    ROOMS_PER_VISITOR,
    ROOMS_REMEMBERED,
    ROOMS_REMEMBERED_PER_VISITOR,
)

FULL, GONE = 4003, 4504  # 4000 to 4399: a client may try again; from 4400 on it is in vain by itself


@dataclass
class Room:
    opened_by: str
    members: set[str] = field(default_factory=set)
    have_come: int = 0


rooms: dict[str, Room] = {}
opened = Admission("rooms", total=ROOMS, per_visitor=ROOMS_PER_VISITOR)
lately = Admission("rooms of late", total=ROOMS_REMEMBERED, per_visitor=ROOMS_REMEMBERED_PER_VISITOR)
gone: dict[str, tuple[float, str]] = {}  # until when each is remembered, and whose it was; in the order of the times


class Refused(Exception):
    """A newcomer is kept out: the words for them, and a close code."""


def signer() -> TimestampSigner:
    return TimestampSigner(salt="rooms", sep=".")


def new_room() -> str:
    """An id that nobody can guess: 16 random bytes, the time, and a signature. Hexadecimal never begins with a hyphen,
    which a command line would take for an option.
    """
    return signer().sign(token_hex(16))


def open_room(room: str, visitor: str) -> Room:
    """For the first who enters, or Refused."""
    try:
        signer().unsign(room, max_age=ROOM_SECONDS)
    except BadSignature as error:
        raise Refused("there is no such room, or no longer", GONE) from error
    if room in gone:
        raise Refused("this room is gone: its last member has left", GONE)
    forget_old()
    try:
        opened.enter(visitor)  # until its last member leaves
        try:
            lately.enter(visitor)  # until it is forgotten
        except Full:
            opened.leave(visitor)
            raise
    except Full as full:
        raise Refused(f"all {full} are taken: try again later", FULL) from full
    rooms[room] = Room(visitor)
    return rooms[room]


def forget_old() -> None:
    """Of a room that is gone nothing need be kept once its id is too old to open it; and nothing goes before."""
    while gone and (first := next(iter(gone.items())))[1][0] < monotonic():
        lately.leave(first[1][1])
        del gone[first[0]]


def enter(room: str, visitor: str) -> str:
    """Let a newcomer in, under a name that nobody else in the room has had; or Refused."""
    entered = rooms.get(room) or open_room(room, visitor)
    if len(entered.members) >= ROOM_MEMBERS:
        raise Refused(f"the room is full: {ROOM_MEMBERS} are in it", FULL)
    entered.have_come += 1
    name = f"guest {entered.have_come}"
    entered.members.add(name)
    return name


def leave(room: str, name: str) -> int:
    """Make room for another. Returns how many are left; the last one to leave takes the room along."""
    if (left := rooms.get(room)) is None or name not in left.members:
        return 0
    left.members.remove(name)
    if not left.members:
        del rooms[room]
        gone[room] = (monotonic() + ROOM_SECONDS, left.opened_by)
        opened.leave(left.opened_by)
    return len(left.members)
