"""A recorded run as HTML that reads well on its own: what paper has, and a browser without JavaScript.

A happening is one item, which says whose lane it is in; where there is room, a style sheet puts it into its column.
The widget shows the same in its diagram, and hides this.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from live_docs.recorded.runs import Happening, Run

LANES = {"js": "JavaScript", "wire": "The wire", "asgi": "ASGI", "consumer": "Consumer"}
"""In the order of the widget's columns (docs/assets/live/timeline/lanes.js)."""

ARROWS = {"server": "→", "page": "←"}
LONGEST_LINE = 200
MOST_BYTES = 24


def to_html(run: Run) -> str:
    """What happened, under words that say what it is."""
    heads = "".join(f"<span>{name}</span>" for name in LANES.values())
    items = "".join(map(item, run.happened))
    return (
        f'<div class="live-recorded" data-search-exclude><p>{escape(words(run))}</p>'
        f'<p class="live-then-heads" aria-hidden="true">{heads}</p>'
        f'<ol class="live-then" role="list">{items}</ol></div>'
    )


def words(run: Run) -> str:
    """The day, and who took part. The widget says the same: docs/assets/live/recorded/recorded-run.js."""
    day = date.fromisoformat(run.on)
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    return f"As it went on {day.day} {day:%B} {day.year} with {versions}."


def item(happening: Happening) -> str:
    """One happening: when, its lane, its client, what it was and, of a frame, the bytes."""
    lane, client = happening["lane"], happening.get("client", "")
    at = f"{happening['at']:.0f} ms {ARROWS.get(happening.get('toward', ''), '')}".strip()
    what = happening["what"]
    line = what if len(what) <= LONGEST_LINE else what[:LONGEST_LINE] + "…"
    whose = f", {client}" if client else ""
    frame = happening.get("observed", {})
    raw = f" <small>{frame_bytes(frame)}</small>" if frame.get("type") == "frame" else ""
    return f'<li data-lane="{lane}" data-at="{at}"><span>{LANES[lane]}{escape(whose)}:</span> {escape(line)}{raw}</li>'


def frame_bytes(frame: dict[str, Any]) -> str:
    """A frame as it crossed, in hexadecimal (RFC 6455, section 5.2); of a long one, its beginning."""
    length, mask = frame["length"], bytes.fromhex(frame["mask"] or "")
    flag = 0x80 if mask else 0
    sent = bytes([(0x80 if frame["fin"] else 0) | frame["rsv"] << 4 | frame["opcode"]])
    if length < 126:
        sent += bytes([flag | length])
    elif length < 65536:
        sent += bytes([flag | 126]) + length.to_bytes(2)
    else:
        sent += bytes([flag | 127]) + length.to_bytes(8)
    payload = bytes.fromhex(frame["payload"])
    sent += mask + (bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload)) if mask else payload)
    cut = len(sent) > MOST_BYTES or frame["cut"]
    return sent[:MOST_BYTES].hex(" ") + (" …" if cut else "")
