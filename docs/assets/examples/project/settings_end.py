INSTALLED_APPS = ["daphne", "chat", *INSTALLED_APPS]  # "daphne" first: it brings the runserver that speaks ASGI
ASGI_APPLICATION = "mysite.asgi.application"
