INSTALLED_APPS = ["daphne", *INSTALLED_APPS, "chat"]
ASGI_APPLICATION = "mysite.asgi.application"
