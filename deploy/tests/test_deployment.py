"""What the files of `deploy/` promise together, shown on what runs from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import redis
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import InvalidStatus

from deploy.tests.clients import Load, ask, connect, handshake, visitor
from deploy.tests.deployment import Running
from deploy.tests.files import NAME, ORIGIN
from sandbox_server.tests.clients import dial, hear, hear_end
from sandbox_server.tests.test_rooms import Guest
from testing.program import Server, wait_until


@pytest.fixture
def connections() -> Iterator[ExitStack]:
    """Closes, at the end of a test, the connections that were entered into it."""
    with ExitStack() as stack:
        yield stack


def answer(url: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Of one GET: its status, its headers by their names in lower case, and its body."""
    request = Request(url + path, headers=headers)
    try:
        with urlopen(request) as response:
            return response.status, {name.lower(): value for name, value in response.headers.items()}, response.read()
    except HTTPError as error:
        with error:
            return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def test_the_site_comes_by_tls_and_by_nothing_else(deployment: Running) -> None:
    """Compressed, under its policy, kept for ever where a name says what is in it. Without TLS one is sent to it."""
    status, headers, body = answer(deployment.url, "/")
    assert (status, b"home" in body) == (200, True)
    assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self' ")
    assert headers["strict-transport-security"] == "max-age=31536000"
    status, headers, _ = answer(deployment.url, "/assets/site-ABCD2345.js", **{"Accept-Encoding": "br"})
    assert (status, headers["content-encoding"]) == (200, "br")
    assert "immutable" in headers["cache-control"]
    assert answer(deployment.url, "/no/such/page")[0] == 404
    plain = urlsplit(deployment.plain_url)
    connection = HTTPConnection(plain.netloc)
    connection.request("GET", "/learn/?a=b")
    with connection.getresponse() as redirect:
        assert (redirect.status, redirect.headers["Location"]) == (301, f"https://{NAME}/learn/?a=b")
    connection.close()


def test_who_logs_in_at_one_process_is_known_to_all(deployment: Running, connections: ExitStack) -> None:
    """By the session in PostgreSQL; and logged out at all of them, too."""
    alice = visitor(deployment.url)
    alice.become("alice")
    cookie = alice.cookie_header()
    for process in deployment.processes:
        socket = connections.enter_context(connect(process, "/ws/whoami/", cookie))
        assert hear(socket) == {"user": "alice", "is_authenticated": True}
    alice.become("anonymous")
    for process in deployment.processes:
        assert hear(connections.enter_context(connect(process, "/ws/whoami/", cookie)))["user"] != "alice"


def enter(connections: ExitStack, server: Server, room: str) -> Guest:
    guest = Guest(connections.enter_context(connect(server, f"/ws/rooms/{room}/")))
    guest.hears_until("you")
    return guest


def test_a_room_spans_the_processes(deployment: Running, connections: ExitStack) -> None:
    """It was made through nginx. Who is in it, at whichever process, hears all, and so does a guest of nginx's."""
    room = ask(deployment.url, "/rooms/", "POST")["room"]
    guests = [enter(connections, server, room) for server in (*deployment.processes, deployment.nginx)]
    for number, speaker in enumerate(guests):
        speaker.say(f"hello from {number}")
        for hearer in guests:
            assert hearer.hears_until("text")["text"] == f"hello from {number}"


def test_what_has_a_name_is_found_by_it(deployment: Running, connections: ExitStack) -> None:
    """A room is kept by one process, to which nginx brings whoever names it."""
    for _ in range(4):
        room = ask(deployment.url, "/rooms/", "POST")["room"]
        guests = [Guest(connections.enter_context(connect(deployment.nginx, f"/ws/rooms/{room}/"))) for _ in range(3)]
        assert [guest.hears()["you"] for guest in guests] == ["guest 1", "guest 2", "guest 3"]


def test_what_is_good_once_is_good_at_one_process(deployment: Running, connections: ExitStack) -> None:
    """A ticket; and a refresh token, whose second use ends the log-in at all of them."""
    first, *others = deployment.processes
    alice = visitor(deployment.url)
    alice.become("alice")
    ticket = json.loads(alice.ask("POST", "/tickets/")[1])["ticket"]
    assert hear(connections.enter_context(connect(first, f"/ws/ticket/?ticket={ticket}"))) == {"user": "alice"}
    for process in others:
        assert hear_end(connections.enter_context(connect(process, f"/ws/ticket/?ticket={ticket}")))[0] == 4401

    def refresh(process: Server, pair: dict[str, str]) -> tuple[int, dict[str, str]]:
        status, body = visitor(process.url).ask("POST", "/tokens/refresh/", json.dumps({"refresh": pair["refresh"]}))
        return status, json.loads(body)

    stolen = json.loads(alice.ask("POST", "/tokens/", json.dumps({"username": "alice", "password": "demo"}))[1])
    status, owned = refresh(first, stolen)
    assert status == 200
    assert [refresh(process, stolen)[0] for process in others] == [401, 401]
    assert [refresh(process, owned)[0] for process in deployment.processes] == [401, 401, 401]


def test_a_message_is_taken_once_by_all_processes(deployment: Running, connections: ExitStack) -> None:
    """Also where the same one comes to each of them at the same moment: it is acknowledged three times, and in the
    table once, as each of them tells.
    """
    name = ask(deployment.url, "/names/")["name"]
    sockets = [connections.enter_context(connect(process, f"/ws/durable/{name}/")) for process in deployment.processes]
    for number in range(20):
        for socket in sockets:
            socket.send(json.dumps({"kind": "say", "id": f"m{number}", "text": str(number)}))
    for number in range(20):
        for socket in sockets:
            assert hear(socket) == {"kind": "ack", "id": f"m{number}"}
    for process in deployment.processes:
        told = ask(process.url, f"/durable/{name}/")
        assert (told["taken"], told["repeats"]) == (20, 40)
        assert sorted(map(int, told["texts"])) == list(range(20))
    assert "Traceback" not in deployment.said()


def test_what_plays_the_server_does_so_under_the_servers_name(deployment: Running) -> None:
    """Also where localhost is none of the names."""
    assert ask(deployment.url, "/streaming/async/")[0] == "made b'1'"


def test_what_a_visitor_says_of_its_address_changes_nothing(deployment: Running, connections: ExitStack) -> None:
    """Neither through nginx nor past it: it is counted, in Redis and for all processes together, by where it is."""
    forged = dict.fromkeys(("X-Real-IP", "X-Forwarded-For", "True-Client-IP"), "203.0.113.7")
    forged |= {"Forwarded": "for=203.0.113.7"}

    def counted(address: str) -> int:
        store = redis.Redis.from_url(deployment.redis_url)
        with store:
            return sum(int(store.get(key) or 0) for key in store.keys("*handshakes*") if f"/{address}/".encode() in key)

    through, past = f"{deployment.addresses}9", f"{deployment.addresses}8"
    for _ in range(6):
        connections.enter_context(connect(deployment.nginx, "/ws/echo/", forged, source_address=(through, 0)))
    for process in (*deployment.processes, *deployment.processes):
        connections.enter_context(connect(process, "/ws/echo/", forged, source_address=(past, 0)))
    assert (counted(through), counted(past), counted("203.0.113.7")) == (6, 6, 0)


def test_another_name_and_another_origin_get_nothing(deployment: Running) -> None:
    """What the processes check, nginx passes on."""
    assert answer(deployment.url, "/", Host="elsewhere.example")[0] == 400
    with pytest.raises(InvalidStatus, match="403"):
        dial(deployment.nginx, "/ws/echo/", origin="https://elsewhere.example")


def test_a_body_that_is_too_large_ends_at_nginx(deployment: Running) -> None:
    """No process hears of it."""
    before = deployment.said()
    request = Request(deployment.url + "/notes/", bytes(65 * 1024), {"Origin": ORIGIN}, method="POST")
    with pytest.raises(HTTPError) as refused:
        urlopen(request)
    with refused.value as error:
        assert (error.code, b"nginx" in error.read()) == (413, True)
    assert deployment.said() == before


def test_one_address_has_so_many_open_over_all_processes(deployment: Running, connections: ExitStack) -> None:
    """300, by nginx, which alone sees them all. Another address does not notice."""
    told = [handshake(connections, deployment.url, f"{deployment.addresses}7") for _ in range(301)]
    assert (told[:300], told[300]) == ([101] * 300, 429)
    assert handshake(connections, deployment.url, f"{deployment.addresses}6") == 101


def metrics(deployment: Running, number: int) -> dict[tuple[str, ...], float]:
    _, _, body = answer(deployment.metrics_urls[number], "/metrics")
    families = text_string_to_metric_families(body.decode())
    return {(it.name, *it.labels.values()): it.value for family in families for it in family.samples}


def test_each_process_says_how_it_does(deployment: Running) -> None:
    """Health and readiness on its port, what it counts on another, which nginx knows nothing of; its log is JSON."""
    for number, process in enumerate(deployment.processes):
        assert json.loads(answer(process.url, "/healthz")[2]) == {"alive": True}
        status, _, body = answer(process.url, "/readyz")
        ready = {"ready": True, "stopping": False, "database": "answers", "channel_layer": "answers"}
        assert (status, json.loads(body)) == (200, ready)
        with connect(process, "/ws/echo/") as echo:
            echo.send("here")
            assert echo.recv(60) == "here"  # a handshake is answered before it is counted
            assert metrics(deployment, number)["sandbox_websockets_open",] >= 1
        assert "database:  postgresql, " in process.said()
    assert answer(deployment.url, "/metrics")[0] == 404


def test_what_was_acknowledged_is_there_whatever_becomes_of_a_process(
    deployment: Running, connections: ExitStack
) -> None:
    """One is killed under load and started again, then all are rolled. No note that was acknowledged is lost, no
    handshake is refused, and two members of a room, at the processes that stay, hear each other all the while.
    """
    load = Load(deployment.nginx, 9)
    try:
        load.goes_on()
        room = ask(deployment.url, "/rooms/", "POST")["room"]
        staying = [enter(connections, process, room) for process in deployment.processes[1:]]

        def talk(words: str) -> None:
            for speaker in staying:
                speaker.say(words)
                for hearer in staying:
                    assert hearer.hears_until("text")["text"] == words

        talk("before")
        deployment.kill(0)
        talk("without the first")
        load.goes_on()
        assert load.came_back(1006) > 0
        deployment.start(0)
        talk("with the first again")
        load.goes_on()
        deployment.roll()
        load.goes_on()
        assert load.came_back(1012) > 0
    finally:
        load.end()
    assert [writer.lost() for writer in load.writers] == [[]] * 9
    assert [writer.refused for writer in load.writers] == [[]] * 9
    assert "Traceback" not in deployment.said()
    assert '"calls"' not in deployment.said()  # a fault of the house


def test_while_postgres_is_away_who_needs_it_is_told_and_others_do_not_notice(
    deployment: Running, connections: ExitStack
) -> None:
    """Afterwards all processes use it again by themselves."""
    echo: Any = connections.enter_context(connect(deployment.nginx, "/ws/echo/"))
    alice = visitor(deployment.url)
    alice.become("alice")
    deployment.end_postgres()
    echo.send("still here")
    assert echo.recv(60) == "still here"
    assert answer(deployment.url, "/")[0] == 200
    status, headers, _ = answer(deployment.url, "/demo/session/", **alice.cookie_header())
    assert (status, headers["retry-after"]) == (503, "5")
    assert answer(deployment.processes[0].url, "/healthz")[0] == 200
    wait_until(lambda: answer(deployment.processes[0].url, "/readyz")[0] == 503, "the word of it")
    deployment.begin_postgres()
    for number, process in enumerate(deployment.processes):
        deployment.wait_until_ready(number)
        socket = connections.enter_context(connect(process, "/ws/whoami/", alice.cookie_header()))
        assert hear(socket) == {"user": "alice", "is_authenticated": True}
