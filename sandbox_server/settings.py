"""Django's settings for the sandbox server. Everything that differs between machines comes from the environment.

What cannot be meant there raises ImproperlyConfigured, whose text says what is wrong and what to set.
"""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from sandbox_server.guards.json_log import JsonFormatter
from sandbox_server.guards.log import BoundedHandler, ShortFormatter
from sandbox_server.limits import TICKETS_USED

ROOT = Path(__file__).resolve().parent.parent


def from_environment(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def choice(name: str, default: str, other: str) -> str:
    """One of two words."""
    value = os.environ.get(name, default)
    if value not in (default, other):
        raise ImproperlyConfigured(f"{name} is {value!r} in the environment: set it to {default} or {other}.")
    return value


def port(name: str) -> int | None:
    """A port, or none if the environment names none."""
    value = os.environ.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 0 < int(value) < 65536):
        raise ImproperlyConfigured(f"{name} is {value!r} in the environment: set it to a port from 1 to 65535.")
    return int(value)


PUBLISHED_KEY = "insecure-and-published: for a server that only this machine can reach"
SECRET_KEY = os.environ.get("SECRET_KEY", PUBLISHED_KEY)
if not SECRET_KEY.strip():
    raise ImproperlyConfigured(
        "SECRET_KEY is empty in the environment: set it to 50 random characters, or leave it out."
    )
DEBUG = False
ALLOWED_HOSTS = from_environment("SANDBOX_HOSTS", "127.0.0.1,localhost,[::1]")

SANDBOX_ORIGINS = from_environment("SANDBOX_ORIGINS", "http://127.0.0.1:8000,http://localhost:8000")
"""Where the pages are served from: whole origins (scheme, host and port), and nobody else may connect."""

for origin in SANDBOX_ORIGINS:
    if not re.fullmatch(r"https?://[^/?#\s@]+", origin):
        raise ImproperlyConfigured(f"SANDBOX_ORIGINS has {origin!r}: an origin is like https://example.org or …:8000.")

try:
    SANDBOX_PROXIES = [ip_network(proxy) for proxy in from_environment("SANDBOX_PROXIES", "")]
    """The addresses of proxies: what comes from them has the client that X-Real-IP names. Nobody else's is read."""
except ValueError as error:
    raise ImproperlyConfigured(f"SANDBOX_PROXIES: {error}. Set it to addresses, such as 127.0.0.1.") from None

named = os.environ.get("SANDBOX_SITE", "")
SANDBOX_SITE = None if named == "off" else Path(named or ROOT / "site").resolve()
"""The folder of the built site, served beside the sandboxes. None: it is not."""

if named and SANDBOX_SITE and not (SANDBOX_SITE / "index.html").is_file():
    raise ImproperlyConfigured(f"SANDBOX_SITE is {named!r}: no index.html is in it. Run `make site`, or set it to off.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "sandbox_server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "sandbox_server.urls"
ASGI_APPLICATION = "sandbox_server.asgi.application"

try:
    database = dj_database_url.config(default=f"sqlite:///{ROOT / 'sandbox.sqlite3'}")
except ValueError as error:  # its text may hold a password
    raise ImproperlyConfigured(
        f"DATABASE_URL cannot be read ({type(error).__name__}): set it to sqlite:///PATH, or to postgres://…."
    ) from None
if database.get("ENGINE", "").endswith("sqlite3"):
    # A writer takes its turn from its first word. In SQLite's own way two that have read cannot both write: one fails
    # at once, "database is locked", however long it would be willing to wait.
    database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, **database.get("OPTIONS", {})}
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

PASSWORD_HASHERS = [
    # The only passwords here are printed on the pages. A slow hash would guard nothing, and let anybody keep the
    # server busy by logging in.
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

REDIS_URL = os.environ.get("REDIS_URL", "")
"""With several processes, observations need a channel layer that they share."""

if REDIS_URL and not (urlsplit(REDIS_URL).scheme in ("redis", "rediss") and urlsplit(REDIS_URL).hostname):
    raise ImproperlyConfigured("REDIS_URL is no address of a Redis: set it to redis://HOST:PORT, or leave it out.")

# --8<-- [start:layers]
IN_MEMORY = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
SHARED = {"BACKEND": "sandbox_server.shared_layer.SharedLayer", "CONFIG": {"url": REDIS_URL}}

# No layer is named "default": the sandboxes' consumers then have none, and depend on none.
CHANNEL_LAYERS = {
    "observation": SHARED,
    "sign_out": IN_MEMORY,  # tells open sockets of a log-out; those of another process see it by themselves
    "rooms": SHARED,  # what one member of a room says goes to all of them
    # What the page about groups shows of layers in memory is the same with Redis and without.
    "small": {**IN_MEMORY, "CONFIG": {"capacity": 5}},
    "this_process": IN_MEMORY,
    "another_process": IN_MEMORY,
}
# --8<-- [end:layers]

# Which tickets and tokens are used up. Where there is Redis there are several processes, which must agree on it.
USED_UP = {
    False: {"BACKEND": "sandbox_server.guards.lasting_cache.LastingCache"},
    True: {
        "BACKEND": "sandbox_server.guards.shared_lasting_cache.SharedLastingCache",
        "LOCATION": "sandbox_server_used_up",
    },
}
CACHES = {"default": {**USED_UP[bool(REDIS_URL)], "OPTIONS": {"MAX_ENTRIES": TICKETS_USED}}}

SANDBOX_METRICS_HOST = os.environ.get("SANDBOX_METRICS_HOST", "127.0.0.1")
SANDBOX_METRICS_PORT = port("SANDBOX_METRICS_PORT")
"""Where Prometheus may read what is counted: nowhere, unless a port is named. See operating/metrics.py."""

LEAN_DISPATCH = choice("LEAN_DISPATCH", "on", "off") == "on"
"""Messages wait for less than in Channels: see consumer_mixins/lean_dispatch.py. Off: Channels' own dispatch."""

# --8<-- [start:cookies]
ALL_BY_TLS = all(origin.startswith("https://") for origin in SANDBOX_ORIGINS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ALL_BY_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = SANDBOX_ORIGINS
# --8<-- [end:cookies]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": ShortFormatter,
            "format": "{levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": JsonFormatter},
    },
    "handlers": {"console": {"()": BoundedHandler, "formatter": choice("SANDBOX_LOG", "text", "json")}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
