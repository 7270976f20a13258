import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.import_order.settings")
django.setup()  # every command of manage.py begins so, runserver too

from sandbox_server.import_order.wrong import application  # noqa: E402

__all__ = ["application"]
