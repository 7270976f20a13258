"""Sets the server up as `python -m sandbox_server` does, with a database in memory, and for one page.

In two steps, since between them a memory image may be made, which many pages begin from: nothing before the second is
one page's own, and nothing in it may be guessed.
"""

from __future__ import annotations

import os
import random
import secrets
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DATABASE = "database.sqlite3"
"""In the project's folder: what migrations have made of an empty database. It is read into memory."""

NOBODY_ELSE = ("127.0.0.1", "localhost")


@cache
def boot(project: Path) -> Any:
    """The application, for nobody yet, its demo users in the database. `project` is the folder of our modules."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "sandbox_server.settings", "DATABASE_URL": "sqlite://:memory:"}
    import django
    import django.conf
    from django.db import connection

    # Django reads its catalogue of English as a file, beside this module; which comes out of an archive here.
    django.conf.__file__ = str(project / "django" / "conf" / "__init__.py")
    django.setup()
    connection.ensure_connection()
    connection.connection.deserialize((project / DATABASE).read_bytes())
    return import_module("sandbox_server.asgi").application


def belong_to(origin: str) -> None:
    """From now on the server is that of one page: its origin alone may connect, its host is the server's, and what is
    random or secret is drawn anew. What was made of the settings holds the same lists.
    """
    from django.conf import settings

    random.seed()
    settings.SECRET_KEY = secrets.token_urlsafe(32)
    settings.SANDBOX_ORIGINS[:] = [origin]
    settings.ALLOWED_HOSTS[:] = [str(urlsplit(origin).hostname), *NOBODY_ELSE]
