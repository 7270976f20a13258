"""Failures of users and sessions."""

from __future__ import annotations

from contextlib import suppress
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import urlopen

from asgiref.sync import sync_to_async
from channels.auth import AuthMiddleware, UserLazyObject, get_user, login, logout
from channels.middleware import BaseMiddleware
from channels.routing import URLRouter
from channels.sessions import InstanceSessionWrapper, SessionMiddleware
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends.cache import SessionStore
from django.test import Client, override_settings

from failures.kit import call
from failures.servers import address, connect, daphne, uvicorn

router = URLRouter([])


def _lazy(user):
    lazy = UserLazyObject()
    lazy._wrapped = user
    return lazy


def lazy_object_anonymous():
    LogEntry(user=_lazy(AnonymousUser()))


def lazy_object_as_key():
    User(id=_lazy(User(pk=1))).save()


async def anonymous_meta():
    await login({"session": SessionStore()}, AnonymousUser(), backend="django.contrib.auth.backends.ModelBackend")


def anonymous_attribute():
    print(AnonymousUser().profile)


def anonymous_in_query():
    User.objects.filter(pk=AnonymousUser())


def not_ready():
    print(UserLazyObject().is_authenticated)


async def get_user_without_session():
    await get_user({"type": "websocket"})


async def auth_without_session():
    await call(AuthMiddleware(router))


async def session_without_cookies():
    await call(SessionMiddleware(router))


async def logout_without_session():
    await logout({"type": "websocket"})


async def several_backends():
    backend = "django.contrib.auth.backends.ModelBackend"
    with override_settings(AUTHENTICATION_BACKENDS=[backend, backend]):
        await login({"session": SessionStore()}, User(pk=1))


async def login_nobody():
    await login({"session": SessionStore()}, None)


async def session_deleted():
    wrapper = InstanceSessionWrapper({"type": "websocket", "cookies": {"sessionid": "x" * 32}}, None)
    wrapper.scope["session"]._wrapped = session = SessionStore()
    session.create()
    await sync_to_async(SessionStore(session.session_key).delete)()
    await wrapper.save_session()


def csrf_origin():
    with override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"]):
        headers = {"host": "example.org", "origin": "https://example.org"}
        Client(enforce_csrf_checks=True).post("/plain/", headers=headers)


def token_logged():
    """By uvicorn; Daphne's access log has a WebSocket's path alone."""
    server = uvicorn()
    with connect(f"{address(server, 'echo')}?token=secret"):
        pass
    server.wait_until_it_says("[accepted]")
    return server.said()


def token_logged_over_http():
    """By Daphne, as of any request."""
    server = daphne()
    with connect(f"{address(server, 'echo')}?token=of-a-socket"):
        pass
    with suppress(HTTPError):
        urlopen(f"{server.url}?token=secret", timeout=60).close()
    server.wait_until_it_says("?token=secret")
    assert "token=of-a-socket" not in server.said()
    return server.said()


class FromQuery(BaseMiddleware):
    async def __call__(self, scope, receive, send):
        token = parse_qs(scope["query_string"].decode())["token"][0]
        return await super().__call__(scope | {"token": token}, receive, send)


async def no_token():
    await call(FromQuery(router))


class FromHeader(BaseMiddleware):
    async def __call__(self, scope, receive, send):
        token = dict(scope["headers"])[b"authorization"]
        return await super().__call__(scope | {"token": token}, receive, send)


async def no_authorization():
    await call(FromHeader(router))


def csrf_without_cookie():
    with override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"]):
        Client(enforce_csrf_checks=True).post("/plain/")


def csrf_without_token():
    with override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"]):
        client = Client(enforce_csrf_checks=True)
        client.cookies["csrftoken"] = "x" * 32
        client.post("/plain/")
