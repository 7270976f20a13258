"""A consumer that takes each message once, whatever becomes of its connection or of its process."""

from django.urls import path

from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>
from sandbox_server.sandboxes.durable.consumer import DurableConsumer, taken

websocket_urlpatterns = [path("ws/durable/<signed:client>/", DurableConsumer.as_asgi())]
urlpatterns = [path("durable/<signed:client>/", taken)]
