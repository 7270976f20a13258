INSTALLED_APPS = ["daphne", *INSTALLED_APPS, "hello"]
ASGI_APPLICATION = "mysite.asgi.application"
