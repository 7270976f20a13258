"""What the server says when it has started: a line each for what it serves and uses, and for what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from sandbox_server.built_site.site import BuiltSite


def own_origins(port: int) -> list[str]:
    """Where pages are that this server itself serves, as browsers write it: under each of its names."""
    names = [name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))]
    return [f"http://{name}" + (f":{port}" if port != 80 else "") for name in names]


def start_lines(site: BuiltSite | None) -> Iterator[str]:
    """With the setting that would change it, which the environment has."""
    yield f"  site:      {said_of_site(site)}"
    yield f"  sandboxes: for pages of {', '.join(settings.SANDBOX_ORIGINS)} (SANDBOX_ORIGINS)"
    yield f"  names:     {', '.join(settings.ALLOWED_HOSTS)} (SANDBOX_HOSTS)"
    yield f"  database:  {said_of_database(connection.settings_dict)} (DATABASE_URL)"
    shared = "shared with other processes" if settings.REDIS_URL else "none, what is shared stays in this process"
    yield f"  Redis:     {shared} (REDIS_URL)"
    key = "the published one, so only this machine can connect"
    yield f"  key:       {key if settings.SECRET_KEY == settings.PUBLISHED_KEY else 'your own'} (SECRET_KEY)"
    proxies = ", ".join(map(str, settings.SANDBOX_PROXIES))
    yield f"  proxies:   {proxies or 'none, each client speaks for itself'} (SANDBOX_PROXIES)"


def said_of_site(site: BuiltSite | None) -> str:
    if site is not None:
        pages = sum(path.endswith("/") for path in site.files)
        packed = "compressed" if site.is_compressed else "not compressed: run `make site`"
        return f"{pages} pages in {site.folder}, {packed}"
    if settings.SANDBOX_SITE is None:
        return "none (SANDBOX_SITE)"
    return f"none in {settings.SANDBOX_SITE}: run `make site`, and start this again"


def said_of_database(database: dict[str, Any]) -> str:
    """Which it is, without its password."""
    kind = str(database["ENGINE"]).rpartition(".")[2]
    where = Path(database["NAME"]).name if kind == "sqlite3" else f"{database['NAME']} at {database['HOST']}"
    return f"{kind}, {where}"
