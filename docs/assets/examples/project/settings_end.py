# "daphne" comes first: it brings the runserver that speaks ASGI.
INSTALLED_APPS = ["daphne", "chat", *INSTALLED_APPS]
ASGI_APPLICATION = "mysite.asgi.application"
