"""Clients that bring no cookie: how a token comes, what ends it, and what copied middleware makes of it."""

from django.urls import path

from sandbox_server.sandboxes.tokens.bearer import BearerMiddleware
from sandbox_server.sandboxes.tokens.copied import FromAnOldPost, QuietLookup, Trusting, TypeBlind, WhoConsumer
from sandbox_server.sandboxes.tokens.doors import knock
from sandbox_server.sandboxes.tokens.expiring import BearerConsumer, FirstMessageConsumer
from sandbox_server.sandboxes.tokens.signed_jwt import JwtMiddleware, issue_jwt
from sandbox_server.sandboxes.tokens.views import log_in, refresh

urlpatterns = [
    path("tokens/", log_in),
    path("tokens/refresh/", refresh),
    path("tokens/doors/<slug:door>/", knock),
    path("tokens/jwt/", issue_jwt),
]
websocket_urlpatterns = [
    path("ws/tokens/bearer/", BearerMiddleware(BearerConsumer.as_asgi())),
    path("ws/tokens/first/", FirstMessageConsumer.as_asgi()),
    path("ws/tokens/jwt/", JwtMiddleware(WhoConsumer.as_asgi())),
    path("ws/tokens/copied/old-post/", FromAnOldPost(WhoConsumer.as_asgi())),
    path("ws/tokens/copied/quiet/", QuietLookup(WhoConsumer.as_asgi())),
    path("ws/tokens/copied/trusting/", Trusting(WhoConsumer.as_asgi())),
    path("ws/tokens/copied/type-blind/", TypeBlind(WhoConsumer.as_asgi())),
]
