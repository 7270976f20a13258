"""Where the project is, and the origin for which the tests speak."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
ORIGIN = "http://127.0.0.1:8000"
