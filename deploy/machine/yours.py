"""What is the reader's to put into the files of `deploy/`: their name for the server, a key and a password."""

from __future__ import annotations

from pathlib import Path

from deploy.tests.files import put_in
from testing.program import GENEROUS

PASSWORD = "of-this-machine-and-nothing-else"
KEY = f"{PASSWORD}-0123456789-0123456789"


def copy(file: Path, to: Path, name: str) -> None:
    to.write_text(file.read_text().replace("example.org", name))


def write_environment(project: Path, to: Path, name: str) -> None:
    """From the printed one, and what all tests have: they are one visitor."""
    text = (project / "deploy/sandbox.env.example").read_text()
    changes = {
        "example.org": name,
        "SECRET_KEY=\n": f"SECRET_KEY={KEY}\n",
        ":PASSWORD@": f":{PASSWORD}@",
        "# POSTGRES_PASSWORD=PASSWORD": f"POSTGRES_PASSWORD={PASSWORD}",
    }
    generous = "".join(f"{setting}={value}\n" for setting, value in GENEROUS.items() if setting not in text)
    to.write_text(put_in(text, changes) + generous)
    to.chmod(0o600)
