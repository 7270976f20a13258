"""What an attacker tries over a WebSocket, each time twice: at a consumer that lets them, and at one that does not."""

from django.urls import path

from sandbox_server.sandboxes.attacked.counted import CountedConsumer
from sandbox_server.sandboxes.attacked.deaf import DeafConsumer
from sandbox_server.sandboxes.attacked.hijack import knock
from sandbox_server.sandboxes.attacked.letters import CheckedLetterConsumer, LetterConsumer
from sandbox_server.sandboxes.attacked.paced import PacedConsumer
from sandbox_server.sandboxes.attacked.typed import ChosenTypeConsumer, TrustingConsumer

urlpatterns = [path("attacked/doors/<slug:door>/", knock)]
websocket_urlpatterns = [
    path("ws/attacked/letters/", LetterConsumer.as_asgi()),
    path("ws/attacked/letters/checked/", CheckedLetterConsumer.as_asgi()),
    path("ws/attacked/types/", TrustingConsumer.as_asgi()),
    path("ws/attacked/types/chosen/", ChosenTypeConsumer.as_asgi()),
    path("ws/attacked/paced/", PacedConsumer.as_asgi()),
    path("ws/attacked/counted/<signed:name>/", CountedConsumer.as_asgi()),
    path("ws/attacked/deaf/", DeafConsumer.as_asgi()),
]
