"""How the sigils of the notation are said: to a reader who hears a transcript."""

from __future__ import annotations

SPOKEN = {
    ">": "client sends:",
    ">x": "client sends, in hexadecimal:",
    "<": "server sends:",
    "<x": "server sends, in hexadecimal:",
    "=": "server answers:",
    "!": "leaves the application:",
    "~": "ASGI event:",
}
"""What a sigil says instead of itself."""
