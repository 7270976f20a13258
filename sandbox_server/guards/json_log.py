"""The log as JSON, a record a line, for programs that read it: `SANDBOX_LOG=json`.

What a visitor has sent is not in it: an exception's text may repeat a message or a cookie, so of an exception there is
its kind, and where it was raised.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox_server.guards.database_away import AWAY
from sandbox_server.guards.log import cut, place_of
from sandbox_server.limits import LOG_CALLS


class JsonFormatter(logging.Formatter):
    """`time` (UTC), `level`, `logger` and `message`; of an exception `error` and `where`, or, of a fault of the house,
    which no sandbox raises on purpose, the `calls` that led there.
    """

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": cut(message_of(record)),
        }
        if record.exc_info and (error := record.exc_info[1]):
            told["error"] = words_of(error)
            if place := place_of(record, error):
                told["where"] = place.strip("()")
            else:
                told["calls"] = [call(frame) for frame in traceback.extract_tb(error.__traceback__)[-LOG_CALLS:]]
        return json.dumps(told)


def message_of(record: logging.LogRecord) -> str:
    """As always, but with an exception's kind in the place of its text."""
    if not isinstance(record.args, tuple):
        return record.getMessage()
    words = tuple(words_of(it) if isinstance(it, BaseException) else it for it in record.args)
    return str(record.msg) % words if words else str(record.msg)


def words_of(error: BaseException) -> str:
    """Its kind; and what a database says of itself, which no visitor has a part in."""
    return f"{type(error).__name__}: {error}" if isinstance(error, AWAY) else type(error).__name__


def call(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name}"
