"""How much of visitors' doing may get into the log: of one record, and in a minute.

An exception's text can be what a visitor sent, and a traceback repeats it; a page raises on purpose, and anybody may
run it as often as they like. A log that anybody can fill is a disk that anybody can fill.
"""

from __future__ import annotations

import logging
import time
import traceback
from pathlib import Path

from sandbox_server.guards.database_away import is_away
from sandbox_server.limits import LOG_BYTES_PER_MINUTE, LOG_RECORD_CHARACTERS
from sandbox_server.tally import tally

OUTSIDE = "django.security"
"""Django's loggers of what clients send that cannot be meant: where in the server it was noticed says nothing."""

APPLICATIONS = "daphne.server"
"""The logger of exceptions that leave an application."""

REFUSED = (ValueError, Exception)
"""What Daphne, autobahn and hardened Daphne raise, and no subclass of it, where an application asks for what cannot be
sent: whoever asked has the mistake.
"""


class ShortFormatter(logging.Formatter):
    """One line for an exception that leaves a sandbox, and for what a client got wrong; all else with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and record.exc_info[1] and (place := place_of(record, record.exc_info[1])):
            error = record.exc_info[1]
            words = f"{record.levelname} {record.name}: {type(error).__name__}: {error} {place}"
            return cut(" ".join(words.splitlines()))
        return cut(super().format(record))


def place_of(record: logging.LogRecord, error: BaseException) -> str:
    """Where an exception left a sandbox, or Channels on its behalf; empty if it is a fault of the house."""
    if record.name.startswith(OUTSIDE):
        return "(from outside)"
    if is_away(error):
        return "(the database does not answer)"
    if record.name != APPLICATIONS:
        return ""
    frames = [(set(Path(frame.filename).parts), frame) for frame in traceback.extract_tb(error.__traceback__)]
    not_ours = {"sandboxes", "hardened_daphne"} if type(error) in REFUSED else {"sandboxes"}
    ours = [at for at, (parts, _) in enumerate(frames) if "sandbox_server" in parts and not parts & not_ours]
    further_in = frames[ours[-1] + 1 :] if ours else frames  # than what the house called last
    sandboxes = [frame for parts, frame in further_in if "sandboxes" in parts]
    channels = [frame for parts, frame in further_in if "channels" in parts]
    innermost = next((rooms[-1] for rooms in (sandboxes, channels) if rooms), None)
    return f"({Path(innermost.filename).name}, line {innermost.lineno})" if innermost else ""


def cut(text: str) -> str:
    """The beginning and the end of what is too long."""
    more = len(text) - LOG_RECORD_CHARACTERS
    half = LOG_RECORD_CHARACTERS // 2
    return text if more <= 0 else f"{text[:half]} [{more} characters left out] {text[-half:]}"


class BoundedHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes so much in a minute, and then, once, how much it has left out."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.written, self.left_out = time.monotonic(), 0, 0

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        self.written += len(text.encode(errors="replace")) + 1
        return text

    def emit(self, record: logging.LogRecord) -> None:
        """Called with the handler's lock held."""
        if time.monotonic() - self.began > 60:
            self.began, self.written = time.monotonic(), 0
            self.report()
        if self.written < LOG_BYTES_PER_MINUTE:
            super().emit(record)
        else:
            if not self.left_out:
                tally.limit_hit("log bytes a minute")
                words = "The log is full for this minute: %d bytes. What follows is counted."
                super().emit(logging.makeLogRecord(note(words, LOG_BYTES_PER_MINUTE)))
            self.left_out += 1

    def report(self) -> None:
        """Say how much was left out, in the next minute in which there is anything to say."""
        if self.left_out:
            super().emit(logging.makeLogRecord(note("%d records were left out of the log.", self.left_out)))
            self.left_out = 0


def note(words: str, figure: int) -> dict[str, object]:
    return {"name": __name__, "levelname": "WARNING", "levelno": logging.WARNING, "msg": words, "args": (figure,)}
