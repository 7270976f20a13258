"""One HTTP request of the page, and the cookies that a browser would keep."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from in_page.cookies import CookieJar
from in_page.http import Exchange
from in_page.tests.page import SECONDS


class Answer:
    """Keeps what the page is told of its request."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.parts: list[bytes] = []
        self.end: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def started(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, headers

    def part(self, data: bytes) -> None:
        self.parts.append(data)

    def finished(self, whole: bool) -> None:
        self.end.set_result(whole)


def ask(application: Any, url: str = "http://127.0.0.1:8000/notes/?a=1", body: bytes = b"") -> tuple[Answer, bool]:
    """The answer, and whether it came whole."""

    async def test() -> tuple[Answer, bool]:
        answer = Answer()
        Exchange(application, "POST", url, [("Host", "127.0.0.1:8000")], body, answer)
        return answer, await asyncio.wait_for(answer.end, SECONDS)

    return asyncio.run(test())


START = {"type": "http.response.start", "status": 201, "headers": [(b"x-one", b"1")]}


def test_a_response_comes_part_by_part() -> None:
    """With its status and its headers, and the scope was the request's."""
    seen: dict[str, Any] = {}

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope=scope, request=await receive())
        await send(START)
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await send({"type": "http.response.body", "body": b"b"})
        seen.update(then=await receive())

    answer, whole = ask(application, body=b"hello")
    assert (answer.status, answer.headers, answer.parts, whole) == (201, [("x-one", "1")], [b"a", b"b"], True)
    assert (seen["scope"]["method"], seen["scope"]["path"], seen["scope"]["query_string"]) == (
        "POST",
        "/notes/",
        b"a=1",
    )
    assert seen["request"] == {"type": "http.request", "body": b"hello", "more_body": False}


def test_an_exception_before_the_response_is_500() -> None:
    """As on Daphne."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise LookupError("early")

    answer, whole = ask(application)
    assert (answer.status, whole) == (500, True)


def test_an_exception_in_the_middle_breaks_the_response_off() -> None:
    """There is no second status."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise LookupError("late")

    answer, whole = ask(application)
    assert (answer.status, answer.parts, whole) == (201, [b"half"], False)


def test_a_body_without_a_start_is_an_error() -> None:
    """In Daphne's words."""
    raised: list[BaseException] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        with pytest.raises(ValueError, match="not yet been started") as error:
            await send({"type": "http.response.body", "body": b"a"})
        raised.append(error.value)
        await send(START)
        await send({"type": "http.response.body"})

    assert ask(application)[1]
    assert raised


def test_the_jar_keeps_and_forgets() -> None:
    """A cookie is kept until it is set anew or deleted; none, no header."""
    jar = CookieJar()
    assert jar.headers() == []
    jar.take("sessionid=abc; HttpOnly; Path=/; SameSite=Lax; Max-Age=1209600; expires=Fri, 11 Dec 2026 11:00:00 GMT")
    jar.take("observer=x-y_z; HttpOnly; Path=/; SameSite=Lax")
    assert jar.headers() == [("Cookie", "sessionid=abc; observer=x-y_z")]
    jar.take('sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax')
    assert jar.headers() == [("Cookie", "observer=x-y_z")]
