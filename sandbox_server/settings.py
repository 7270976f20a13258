"""Django's settings for the sandbox server. Everything that differs between machines comes from the environment."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from sandbox_server.limits import TICKETS_USED

ROOT = Path(__file__).resolve().parent.parent


def from_environment(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def switch(name: str) -> bool:
    """What is on unless the environment says `off`."""
    value = os.environ.get(name, "on")
    if value not in ("on", "off"):
        raise ImproperlyConfigured(f"{name} is {value!r} in the environment: set it to on or off.")
    return value == "on"


SECRET_KEY = os.environ.get("SECRET_KEY", "insecure-and-published: for a server that only this machine can reach")
DEBUG = False
ALLOWED_HOSTS = from_environment("SANDBOX_HOSTS", "127.0.0.1,localhost")

SANDBOX_ORIGINS = from_environment("SANDBOX_ORIGINS", "http://127.0.0.1:8000,http://localhost:8000")
"""Where the pages are served from: whole origins (scheme, host and port), and nobody else may connect."""

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

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{ROOT / 'sandbox.sqlite3'}")}
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

# --8<-- [start:layers]
IN_MEMORY = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
REDIS = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
SHARED = REDIS if REDIS_URL else IN_MEMORY

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

CACHES = {
    "default": {
        "BACKEND": "sandbox_server.guards.lasting_cache.LastingCache",
        "OPTIONS": {"MAX_ENTRIES": TICKETS_USED},
    }
}

LEAN_DISPATCH = switch("LEAN_DISPATCH")
"""Messages wait for less than in Channels: see consumer_mixins/lean_dispatch.py. Off: Channels' own dispatch."""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = SANDBOX_ORIGINS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
