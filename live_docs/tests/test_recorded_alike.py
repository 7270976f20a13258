"""Two runs of one transcript: what moves nothing, what is said of what moved, and what stands for what is random."""

import base64
import hashlib

import pytest

from live_docs.recorded.compared import moved
from live_docs.recorded.normal import ACCEPT, KEY, normal
from live_docs.recorded.runs import Happening
from live_docs.tests.recorded_samples import frame, happening

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def changes(before: list[Happening], now: list[Happening]) -> list[str]:
    return [difference.words for difference in moved(before, now)]


def test_time_moves_nothing() -> None:
    """When it was, how long a handler took, until when something lasts, and with which version of the browser."""
    now, then = (
        [happening("open", at), happening(f"f() took {took} ms", at, "consumer", observed={"took": took}),
         happening("GET", at, "wire", observed={"text": f"User-Agent: Chrome/{version}.0.0"}),
         happening("scope", at, "asgi", observed={"python": f"Grant(user=<User: alice>, until=17958{version})"})]
        for at, took, version in ((1.0, 0.25, 156), (2.0, 3.5, 157))
    )  # fmt: skip
    assert changes(then, now) == []


def test_the_order_between_two_senders_moves_nothing() -> None:
    """Of two lanes, of two clients, and of two ways: nobody waits for the other. Of one sender it does."""
    one, other = happening("a", client="alice"), happening("b", client="bob")
    assert changes([one, other], [other, one]) == []
    response, message = happening("response 200", toward="page"), happening("message 'a'", toward="page")
    assert changes([response, message], [message, response]) == []
    first, second = happening("first"), happening("second")
    assert changes([first, second], [second, first]) == ["js: first has become second"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ([], ["wire: text \"a\": does not happen any more"]),
        ([happening('text "b"', lane="wire")], ['wire: text "a" has become text "b"']),
        ([happening('text "a"', lane="wire"), happening("ping", lane="wire")], ["wire: ping: is new"]),
        ([happening('text "a"', lane="asgi")], ['asgi: text "a": is new', 'wire: text "a": does not happen any more']),
    ],
)  # fmt: skip
def test_what_moved_is_said_in_a_line(now: list[Happening], said: list[str]) -> None:
    """The lane, what it was, and what it has become."""
    assert changes([happening('text "a"', lane="wire")], now) == said


def test_what_only_a_detail_shows_is_said_too() -> None:
    """Where two rows read alike, the place where what stands behind them parts."""
    one, other = (happening("scope", lane="asgi", observed={"python": f"{{'path': '/{path}'}}"}) for path in "ab")
    [said] = changes([one], [other])
    assert "'/a'" in said
    assert "'/b'" in said


def test_the_number_of_a_pool_of_threads_moves_nothing() -> None:
    """Python counts them, and how many there were before differs. The first of a process is always the same one."""
    one, other, first = (
        normal([happening(f'200 {{"thread": "ThreadPoolExecutor-{number}_0"}}')], 8000, 8001) for number in (7, 113, 0)
    )
    assert changes(one, other) == []
    assert changes(one, first) != []


def recorded(key: str, accept: str, name: str, port: int, server: int) -> list[Happening]:
    """A run whose drawn parts are these."""
    head = f"GET /ws/?observe={name} HTTP/1.1\r\nHost: 127.0.0.1:{server}\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    answer = f"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    text = f'{{"channel": "specific.inmemory!{name[:12]}"}}'
    return [
        happening(f"new WebSocket(ws://127.0.0.1:{server}/ws/)"),
        happening("GET", lane="wire", observed={"type": "handshake.request", "text": head}),
        happening("101", lane="wire", observed={"type": "handshake.response", "text": answer}),
        happening(
            "scope",
            lane="asgi",
            observed={"python": f"'client': ['127.0.0.1', {port}], [\\'127.0.0.1\\', {port}], b'{key}'"},
        ),
        happening("text", lane="wire", observed=frame(text.encode().hex(), f"{port:08x}")),
    ]


def test_what_is_drawn_is_written_the_same_way_in_each_run() -> None:
    """Keys, answers, masks, ports, names: two runs that share none of them are written alike."""
    one = recorded("AAAAAAAAAAAAAAAAAAAAAA==", "a" * 27 + "=", "Abcdefghijkl0123456789", 50123, 8801)
    other = recorded("BBBBBBBBBBBBBBBBBBBBBB==", "b" * 27 + "=", "Zyxwvutsrqpo9876543210", 50987, 8901)
    assert normal(one, 8800, 8801) == normal(other, 8900, 8901)


def test_a_name_that_was_signed_is_drawn_whatever_letters_it_has() -> None:
    """One in forty has no digit; with the time of the signature and without."""
    signature = "PuXLPKWtjaHYzDgElADH-rmm3-yZmLg5LNLKAb0a-4I"
    runs = [
        normal(
            [happening(f'response 200 {{"name": "{name}.{signature}", "room": "{name}:1wAbCd:{signature}"}}')],
            8000,
            8001,
        )
        for name in ("HCrKn__GfEGDvxjHaxW-vg", "7N92uw1Jn4Qv3c6b5s8d0A")
    ]
    assert changes(*runs) == []


def test_what_python_breaks_in_two_is_found_all_the_same() -> None:
    """A name that JavaScript saw whole, and a scope has in parts; what Django signs is one name with its time."""
    signature = "Zd_1" * 10 + "abc"
    for drawn, time in ((f"{signature}", "1xWube"), (signature[::-1], "1xWugA")):
        whole = f"/ws/rooms/933305f987bcf5fb.{time}.{drawn}/"
        broken = f"b'{whole[:40]}'\n             b'{whole[40:]}'"
        js, scope = normal([happening(whole), happening("scope", lane="asgi", observed={"python": broken})], 8800, 8801)
        assert drawn not in js["what"]
        assert scope["observed"]["python"].replace("'\n             b'", "") == f"b'{js['what']}'"
        assert scope["observed"]["python"].index("\n") == broken.index("\n")


def test_two_handlers_that_work_beside_each_other_move_nothing() -> None:
    """Which of them is at work first, and so whose message brought it, is not settled."""
    one, other = (
        happening(f"{name}()", lane="consumer", toward=toward, observed={"type": "handler", "handler": name})
        for name, toward in (("work", ""), ("receive", "server"))
    )
    assert changes([one, other], [{**other, "toward": ""}, {**one, "toward": "server"}]) == []


def test_what_a_sandbox_says_of_its_clock_moves_nothing() -> None:
    """In a message, in its frame, and in an event where Python breaks it in two."""
    slow, quick = (
        [
            happening(text, lane="asgi", observed={"python": f"{{'text': '{text[:20]}'\n {' ' * pad}'{text[20:]}'}}"}),
            happening("text", lane="wire", observed=frame(text.encode().hex())),
        ]
        for text, pad in (
            ('{"took_ms": 409, "sent_kib": 12, "at": [[7, 207], [9, 19]]}', 3),
            ('{"took_ms": 9, "sent_kib": 5000, "at": [[1, 2], [3, 45]]}', 9),
        )
    )
    assert changes(slow, quick) == []


def test_the_sums_with_what_is_written_come_out() -> None:
    """The answer to a handshake's key is what a server would answer, and a payload is as long as it says."""
    assert base64.b64encode(hashlib.sha1((KEY + GUID).encode()).digest()).decode() == ACCEPT
    [*_, text] = normal(recorded(KEY, ACCEPT, "Abcdefghijkl0123456789", 50123, 8801), 8800, 8801)
    assert len(bytes.fromhex(text["observed"]["payload"])) == text["observed"]["length"]


def test_what_is_no_text_stays() -> None:
    """The bytes of a binary frame, and of a text that was cut within a character."""
    for each in (frame("00ff31", opcode=2), frame("61c3", cut=True)):
        [again] = normal([happening("frame", lane="wire", observed=each)], 1, 2)
        assert again["observed"]["payload"] == each["payload"]
