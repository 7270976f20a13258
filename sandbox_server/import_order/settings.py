"""The settings of the small project: enough for one model to exist."""

SECRET_KEY = "nothing is signed here"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
