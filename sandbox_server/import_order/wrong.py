import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.import_order.settings")

from sandbox_server.import_order.consumers import CountUsersConsumer

django_application = get_asgi_application()

application = ProtocolTypeRouter({"http": django_application, "websocket": CountUsersConsumer.as_asgi()})
