"""One WebSocket in the page: the page is told what a browser would tell it, the application what Daphne would."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from in_page import server_end
from in_page.tests.page import SECONDS, Application, accept, connect
from sandbox_server.limits import MESSAGE_BYTES


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, SECONDS))


@pytest.mark.parametrize("data", ["hello", "ü", "", b"\x00\xff", b""])
def test_a_message_comes_back_as_it_was_sent(data: str | bytes) -> None:
    """Text as text and bytes as bytes, also of no length."""

    async def echo(receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        event = await receive()
        await send({"type": "websocket.send", "text": event.get("text"), "bytes": event.get("bytes")})

    async def test() -> None:
        connection, page = connect(Application(echo))
        assert await page.next() == ("opened", "")
        connection.send(data)
        assert await page.next() == ("message", data)

    run(test())


def test_the_scope_is_that_of_a_server_without_addresses() -> None:
    """Path and query as the page wrote them, the headers of a browser, and this site's two extensions."""

    async def test() -> None:
        application = Application(accept)
        url = "ws://127.0.0.1:8000/ws/a%2Fb/?x=1&y=%20"
        _, page = connect(application, url, subprotocols=["a", "b"], headers=[("Cookie", "c=1")])
        await page.next()
        scope = application.scope
        assert scope["path"] == "/ws/a/b/"
        assert scope["raw_path"] == b"/ws/a%2Fb/"
        assert scope["query_string"] == b"x=1&y=%20"
        assert scope["subprotocols"] == ["a", "b"]
        assert (scope["client"], scope["server"]) == (None, None)
        assert scope["extensions"] == {"websocket.http.response": {}, "websocket.drop": {}}
        headers = dict(scope["headers"])
        assert headers[b"host"] == b"127.0.0.1:8000"
        assert headers[b"origin"] == b"http://127.0.0.1:8000"
        assert headers[b"cookie"] == b"c=1"

    run(test())


def test_a_subprotocol_that_was_offered_is_taken() -> None:
    """And the page learns which."""

    async def choose(receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept", "subprotocol": "b"})

    async def test() -> None:
        _, page = connect(Application(choose), subprotocols=["a", "b"])
        assert await page.next() == ("opened", "b")

    run(test())


def test_a_page_that_offers_subprotocols_takes_no_server_that_chooses_none() -> None:
    """The browser fails the connection; the server had accepted it."""

    async def test() -> None:
        application = Application(accept)
        _, page = connect(application, subprotocols=["a"])
        assert await page.next() == ("closed", 1006, "", False)
        assert (await application.last_given())["code"] == 1006

    run(test())


@pytest.mark.parametrize(
    "refusal",
    [
        [{"type": "websocket.close", "code": 4001}],
        [
            {"type": "websocket.http.response.start", "status": 418, "headers": [(b"x-tea", b"pot")]},
            {"type": "websocket.http.response.body", "body": b"short", "more_body": True},
            {"type": "websocket.http.response.body", "body": b" and stout"},
        ],
    ],
)
def test_a_refusal_is_1006_to_the_page(refusal: list[dict[str, Any]]) -> None:
    """Whatever its status. The application is told 1006, too."""

    async def refuse(receive: Any, send: Any) -> None:
        for event in refusal:
            await send(event)

    async def test() -> None:
        application = Application(refuse)
        _, page = connect(application)
        assert await page.next() == ("closed", 1006, "", False)
        assert (await application.last_given())["code"] == 1006

    run(test())


@pytest.mark.parametrize(("code", "reason"), [(1000, "bye"), (4001, ""), (None, "")])
def test_the_page_closes(code: int | None, reason: str) -> None:
    """Its own code and reason come back to it; the application is told the code. Without one, the page's is 1005."""

    async def test() -> None:
        application = Application(accept)
        connection, page = connect(application)
        await page.next()
        connection.close(code, reason)
        assert await page.next() == ("closed", code or 1005, reason, True)
        assert (await application.last_given())["code"] == code

    run(test())


@pytest.mark.parametrize("code", [1000, 1001, 1011, 1013, 3000, 4999])
def test_the_application_closes(code: int) -> None:
    """With a code that is an application's to send; a reason that is too long is cut where a character ends."""

    async def close(receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": code, "reason": "ü" * 70})
        await send({"type": "websocket.send", "text": "too late"})

    async def test() -> None:
        application = Application(close)
        _, page = connect(application)
        await page.next()
        assert await page.next() == ("closed", code, "ü" * 61, True)
        assert (await application.last_given())["code"] == code

    run(test())


@pytest.mark.parametrize("code", [1005, 1006, 2500, 5000])
def test_a_code_that_is_not_the_applications_to_send_ends_it(code: int) -> None:
    """It raises where it is sent, and the page sees 1011."""

    async def close(receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        with pytest.raises(Exception, match=f"invalid close code {code}"):
            await send({"type": "websocket.close", "code": code})
        raise LookupError

    async def test() -> None:
        _, page = connect(Application(close))
        await page.next()
        assert await page.next() == ("closed", 1011, "", True)

    run(test())


def test_an_exception_before_the_answer_refuses() -> None:
    """With 500; and nobody is told of the disconnect."""

    async def fail(receive: Any, send: Any) -> None:
        raise LookupError("early")

    async def test() -> None:
        application = Application(fail)
        _, page = connect(application)
        assert await page.next() == ("closed", 1006, "", False)
        assert application.given.qsize() == 1

    run(test())


def test_a_send_before_the_answer_is_an_error() -> None:
    """As on Daphne, in its words."""

    async def send_first(receive: Any, send: Any) -> None:
        with pytest.raises(ValueError, match="Socket has not been accepted"):
            await send({"type": "websocket.send", "text": "too early"})
        await send({"type": "websocket.accept"})

    async def test() -> None:
        _, page = connect(Application(send_first))
        assert await page.next() == ("opened", "")

    run(test())


def test_a_handshake_that_nobody_answers_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """In time, without a word; the application is told 1006."""

    async def forget(receive: Any, send: Any) -> None:
        pass

    async def test() -> None:
        monkeypatch.setattr(server_end, "HANDSHAKE_SECONDS", 0.01)
        application = Application(forget)
        _, page = connect(application)
        assert await page.next() == ("closed", 1006, "", False)
        assert (await application.last_given())["code"] == 1006

    run(test())


def test_the_application_may_end_tcp() -> None:
    """Without a close frame: `websocket.drop`."""

    async def drop(receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.drop"})

    async def test() -> None:
        application = Application(drop)
        _, page = connect(application)
        await page.next()
        assert await page.next() == ("closed", 1006, "", False)
        assert (await application.last_given())["code"] == 1006

    run(test())


def test_an_application_that_returns_leaves_the_connection_open() -> None:
    """Until the page closes it."""

    async def leave(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})

    async def test() -> None:
        connection, page = connect(leave)
        await page.next()
        connection.close(1000, "")
        assert await page.next() == ("closed", 1000, "", True)

    run(test())


def test_a_message_that_is_too_large_closes_with_1009() -> None:
    """In this site's words; the application is told 1006, since it was no clean end."""

    async def test() -> None:
        application = Application(accept)
        connection, page = connect(application)
        await page.next()
        connection.send("x" * (MESSAGE_BYTES + 1))
        assert await page.next() == ("closed", 1009, f"a message may have {MESSAGE_BYTES} bytes", True)
        assert (await application.last_given())["code"] == 1006

    run(test())


def test_a_page_may_give_up_before_there_is_an_answer() -> None:
    """It is told at once, the application with 1006."""

    async def forget(receive: Any, send: Any) -> None:
        pass

    async def test() -> None:
        application = Application(forget)
        connection, page = connect(application)
        assert (await application.given.get())["type"] == "websocket.connect"
        connection.close(None, "")
        assert await page.next() == ("closed", 1006, "", False)
        assert (await application.last_given())["code"] == 1006

    run(test())
