"""What an application sees of whoever asks, by itself and behind a proxy, which these modules play."""

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
from django.urls import path

from .health import HealthCheck
from .proxy import Impatient, Proxy, asked_by_address, from_afar
from .seen import application

CDN, PROXY = "192.0.2.10", "10.0.0.2"

django_application = get_asgi_application()
project = ProtocolTypeRouter({"http": django_application, "websocket": application})

behind_two = from_afar(Proxy(Proxy(application, PROXY), CDN))
forgetful = from_afar(Proxy(project, PROXY, passes_upgrade=False))
impatient = from_afar(Impatient(Proxy(project, PROXY)))
checked = asked_by_address(HealthCheck(django_application, "/behind/healthz"))

http_applications = [
    path("behind/nothing/", application),
    path("behind/stranger/", from_afar(application)),
    path("behind/proxy/", from_afar(Proxy(application, PROXY))),
    path("behind/two/", behind_two),
    path("behind/home/", checked),
    path("behind/healthz", checked),
]
websocket_urlpatterns = [
    path("ws/behind/nothing/", application),
    path("ws/behind/proxy/", from_afar(Proxy(project, PROXY))),
    path("ws/behind/forgetful/", forgetful),
    path("ws/behind/impatient/", impatient),
]
