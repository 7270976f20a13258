"""Orders in a database: who asks it, in which thread, over which connection, and when others hear of an order."""

from django.urls import path

from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>
from sandbox_server.sandboxes.orders.asking import AskingConsumer, SyncAskingConsumer, asking
from sandbox_server.sandboxes.orders.desk import DeskConsumer, order, order_too_early
from sandbox_server.sandboxes.orders.night import NightConsumer
from sandbox_server.sandboxes.orders.threads import ThreadsConsumer

urlpatterns = [
    path("orders/asking/", asking),
    path("orders/too-early/<signed:desk>/", order_too_early),
    path("orders/<signed:desk>/", order),
]
websocket_urlpatterns = [
    path("ws/orders/<signed:desk>/", DeskConsumer.as_asgi()),
    path("ws/orders/asking/", AskingConsumer.as_asgi()),
    path("ws/orders/asking/sync/", SyncAskingConsumer.as_asgi()),
    path("ws/orders/night/", NightConsumer.as_asgi()),
    path("ws/orders/threads/", ThreadsConsumer.as_asgi()),
]
