"""Django's settings for failures: what a new project has, and no channel layer."""

import os

SECRET_KEY = "not-secret"
DEBUG = False
ALLOWED_HOSTS = ["example.org", "testserver", "127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.messages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
MIDDLEWARE: list[str] = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "failures.urls"
ASGI_APPLICATION = "failures.app.application"
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("FAILURES_DATABASE", ":memory:")}
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING_CONFIG = None
