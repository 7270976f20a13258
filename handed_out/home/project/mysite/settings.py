"""What `startproject` writes, cut down to what this project uses, and what Channels needs."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "django-insecure-SECRET"
DEBUG = False  # True shows Django's own pages for errors, which are not what the transcript expects
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

INSTALLED_APPS = [
    "daphne",  # first, so that runserver is Daphne's
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
ROOT_URLCONF = "mysite.urls"
ASGI_APPLICATION = "mysite.asgi.application"

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

# Each consumer that needs a layer names it. None is named "default", so the others have none.
IN_MEMORY = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
CHANNEL_LAYERS = {
    "sign_out": IN_MEMORY,
    "rooms": IN_MEMORY,
    "small": {**IN_MEMORY, "CONFIG": {"capacity": 5}},
    "this_process": IN_MEMORY,
    "another_process": IN_MEMORY,
}
