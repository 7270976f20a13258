"""Sets the server up as `python -m sandbox_server` does, with a database in memory, and for one page."""

from __future__ import annotations

import os
import random
import secrets
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DATABASE = "database.sqlite3"
"""In the project's folder: what migrations have made of an empty database. It is read into memory."""

NOBODY_ELSE = "127.0.0.1,localhost"


def boot(origin: str, project: Path) -> Any:
    """The application, ready, its demo users in the database.

    `origin` is the page's: it alone may connect, and its host is the server's. `project` is the folder of our modules.
    """
    random.seed()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "sandbox_server.settings",
        "DATABASE_URL": "sqlite://:memory:",
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SANDBOX_ORIGINS": origin,
        "SANDBOX_HOSTS": f"{urlsplit(origin).hostname},{NOBODY_ELSE}",
    }
    import django
    import django.conf
    from django.db import connection

    # Django reads its catalogue of English as a file, beside this module; which comes out of an archive here.
    django.conf.__file__ = str(project / "django" / "conf" / "__init__.py")
    django.setup()
    connection.ensure_connection()
    connection.connection.deserialize((project / DATABASE).read_bytes())
    return import_module("sandbox_server.asgi").application
