"""The notation: what each line means, and what is said of a line that cannot be read."""

import pytest

from live_docs.notation.elsewhere import Nothing
from live_docs.notation.line_parser import read_step
from live_docs.notation.steps import (
    Accepted,
    AsgiEvent,
    Close,
    Closed,
    Connect,
    Raised,
    Receive,
    Refused,
    Request,
    Response,
    Send,
    Step,
    Unanswered,
    Wait,
)
from live_docs.notation.transcript import Problem, TranscriptError, parse


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("connect /ws/echo/", Connect("/ws/echo/")),
        ("connect /a/?b=c as=alice", Connect("/a/?b=c", user="alice")),
        ("connect /a/ origin=null subprotocol=a,b", Connect("/a/", "null", ("a", "b"))),
        ("accepted", Accepted()),
        ("accepted chat.v2", Accepted("chat.v2")),
        ("refused 403", Refused(403)),
        ("unanswered", Unanswered()),
        ("> hello", Send("hello")),
        (">", Send("")),
        (">  two spaces, one of them sent", Send(" two spaces, one of them sent")),
        (">x 00 fF", Send(b"\x00\xff")),
        ("< { }", Receive("{ }")),
        ("<x", Receive(b"")),
        ("close 1000", Close(1000)),
        ("close 4000 so long: bye", Close(4000, "so long: bye")),
        ("closed 4401", Closed(4401)),
        ("closed 1011 oh no", Closed(1011, "oh no")),
        ("GET /a/?b=c", Request("GET", "/a/?b=c")),
        ('POST /a/ {"b": 1}', Request("POST", "/a/", '{"b": 1}')),
        ("= 200", Response(200)),
        ("= 403 ...", Response(403, "...")),
        ("wait 300ms", Wait(300)),
        ("wait 2s", Wait(2000)),
        ("! ValueError: no: really", Raised("ValueError", "no: really")),
        ("~ websocket.connect", AsgiEvent("websocket.connect")),
        ('~ websocket.receive {"text": "hi"}', AsgiEvent("websocket.receive", '{"text": "hi"}')),
    ],
)
def test_a_line_is_read_as_its_step(text: str, step: Step) -> None:
    """Each form of line in the notation becomes the step that it stands for."""
    assert read_step(text) == step


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("hello", "is no step: a line begins with one of connect, accepted"),
        ("connect", "needs a path that starts with a slash"),
        ("connect ws/echo/", "needs a path that starts with a slash"),
        ("connect /a/ colour=red", "`colour=red` is no option of connect"),
        ("connect /a/ as=", "`as=` is no option of connect"),
        ("refused", "needs one HTTP status"),
        ("unanswered 403", "has nothing to add"),
        ("refused 101", "needs one HTTP status"),
        (">x 0", "`>x 0` is not hexadecimal"),
        ("<x xyz", "`<x xyz` is not hexadecimal"),
        ("close", "needs a close code"),
        ("close 1001", "a browser's close() takes 1000 or 3000 to 4999, not 1001"),
        ("closed 999", "needs a close code from 1000 to 4999"),
        ("close 1000 " + "é" * 62, "at most 123 bytes"),
        ("GET a", "needs a path that starts with a slash"),
        ("GET /a body", "a GET has no body"),
        ("= ok", "needs an HTTP status"),
        ("wait", "needs a time"),
        ("! ValueError", "needs an exception's name and message"),
        ("~ receive", "needs the type of an ASGI event"),
        ("~ websocket.receive hello", "the rest of the event as a JSON object"),
        ("wait 11s", "at most 10000 ms"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_to_write(text: str, part: str) -> None:
    """The message names what is wrong and shows a line that would do."""
    with pytest.raises(ValueError, match=r".") as caught:
        read_step(text)
    assert part in str(caught.value)


def problems_of(source: str, first_line: int = 1) -> list[Problem]:
    with pytest.raises(TranscriptError) as caught:
        parse(source, first_line)
    return caught.value.problems


def test_every_mistake_is_reported_with_its_line_number() -> None:
    """Nobody should have to mend one mistake to be told of the next."""
    problems = problems_of("connect /a/\nhello\n\n# note\nrefused\nwait 1s\nbye", first_line=10)
    assert [problem.line for problem in problems] == [11, 14, 16]


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ("> hello", 1, "comes before its `connect`"),
        ("connect /a/\nclose 1000\n> hello", 3, "comes before its `connect`"),
        ("connect /a/\nrefused 403\n< hello", 3, "comes before its `connect`"),
        ("connect /a/\nunanswered\n< hello", 3, "comes before its `connect`"),
        ("connect /a/\naccepted\nunanswered", 3, "must follow its `connect`"),
        ("connect /a/\n> hello\naccepted", 3, "must follow its `connect`"),
        ("connect /a/\nconnect /b/", 2, "comes while the client is still connected"),
        ("connect /a/\nGET /b/\n= 200", 2, "must follow `accepted`"),
        ("connect /a/\naccepted\nGET /b/\n> hi", 4, "stands where the HTTP answer belongs"),
        ("connect /a/\naccepted\nGET /b/\n= 200\n= 200", 5, "answers no request"),
        ("= 200", 1, "answers no request"),
        ("GET /a/\nconnect /b/", 2, "stands where the HTTP answer belongs"),
        ("GET /a/", 1, "has no answer"),
        ("~ websocket.connect", 1, "comes before its `connect`"),
        ("GET /a/\n> hi", 2, "stands where the HTTP answer belongs"),
        ("alice: connect /a/\nbob: > hello", 2, "comes before its `connect`"),
        ("alice: connect /a/\n> hello", 2, "names no client"),
    ],
)
def test_a_step_out_of_place_is_a_mistake(source: str, line: int, part: str) -> None:
    """A transcript must be possible: nothing is sent before its connect or after its close."""
    problem = problems_of(source)[0]
    assert problem.line == line
    assert part in problem.message


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("connect /${room}/", 1),
        ("connect /a/\n> ${x}\n< ${x}", 2),
        ("GET /${x}/\n= 200 ${x}", 1),
        ("alice: connect /a/\nalice: < ${a}\nalice: close 1000 ${b}", 3),
    ],
)
def test_a_name_that_nothing_has_captured_is_a_mistake(source: str, line: int) -> None:
    """It would go to the server as it is written, which nobody means."""
    problem = problems_of(source)[0]
    assert problem.line == line
    assert "stands for nothing yet" in problem.message


@pytest.mark.parametrize(
    "source",
    [
        'POST /rooms/\n= 200 {"room": "${room}"}\nconnect /ws/${room}/',
        "alice: connect /a/\nalice: < ${a}\nbob: connect /b/${a}/",
        'connect /a/\n~ websocket.connect {"a": "${a}"}\n> ${a}',
        "connect /a/\naccepted\nGET /b/\n= 200\n> still open\nclose 1000",
    ],
)
def test_what_an_answer_captured_may_be_said_by_any_client(source: str) -> None:
    """A capture holds for the rest of the transcript; an HTTP exchange may go on beside an open socket."""
    assert parse(source).lines


def test_a_blank_is_part_of_the_line_that_is_played() -> None:
    """What the reader is asked and what the tests play are one text."""
    (connect, received, closed) = parse('connect /a/\n< {"id": [?42?], "x": [?1?]}\nclosed [?4401?]').lines
    assert connect.blanks == ()
    assert received.text == '< {"id": 42, "x": 1}'
    assert [received.text[start:end] for start, end in received.blanks] == ["42", "1"]
    assert closed.step == Closed(4401)
    assert closed.text[slice(*closed.blanks[0])] == "4401"


@pytest.mark.parametrize("source", ["[?connect?] /a/", "connect /a/\nclosed [?4401", "connect /a/\n< [??]"])
def test_a_blank_that_cannot_be_filled_in_is_a_mistake(source: str) -> None:
    """It has an answer, a beginning and an end, and leaves the line's first word alone."""
    assert "a blank stands after" in problems_of(source)[0].message


def test_a_transcript_without_steps_is_a_mistake() -> None:
    """An empty fence shows nothing, so it was not meant."""
    assert "needs at least one step" in problems_of("\n# only a note\n")[0].message


def test_notes_belong_to_the_step_that_follows() -> None:
    """A note is kept, in order, beside the step that it explains."""
    transcript = parse("# one\n# two\nconnect /a/\n\n> hi\n# last words")
    assert [line.notes for line in transcript.lines] == [("one", "two"), ()]


def test_clients_are_listed_in_the_order_in_which_they_speak() -> None:
    """The order decides which lane of the timeline is whose."""
    transcript = parse("bob: connect /a/\nalice: connect /a/\nbob: > hi")
    assert transcript.clients == ("bob", "alice")
    assert transcript.lines[2].text == "> hi"


def test_text_that_looks_like_a_client_is_text_once_it_is_sent() -> None:
    """`> alice: hi` sends those words."""
    transcript = parse("connect /a/\n> alice: hi")
    assert transcript.lines[1].step == Send("alice: hi")


def test_what_the_server_did_may_be_told_after_the_client_has_gone() -> None:
    """An exception or a disconnect event comes when the connection is over."""
    transcript = parse("connect /a/\n~ websocket.connect\naccepted\nclose 1000\n~ websocket.disconnect\n! A: b")
    assert transcript.needs_observing


def test_a_line_may_say_how_it_goes_on_other_servers() -> None:
    """Each in the notation, with the number of its own line."""
    (_, received) = parse("connect /a/\n< a\n@daphne nothing\n\n@uvicorn < b").lines
    assert received.step == Receive("a")
    assert [(there.number, there.server, there.came) for there in received.elsewhere] == [
        (3, "daphne", Nothing()),
        (5, "uvicorn", Receive("b")),
    ]


@pytest.mark.parametrize(
    ("source", "ends"),
    [
        ("connect /a/\nrefused 404\n@daphne refused 500\nconnect /b/", False),
        ("connect /a/\nrefused 404\n@daphne unanswered\nconnect /b/", False),
        ("connect /a/\nclosed 1001\n@daphne closed 1011\nconnect /b/", False),
        ("connect /a/\n< a\n@daphne nothing\n< b", False),
        ("connect /a/\nclose 4000\n@daphne closed 1000\nconnect /b/", False),
        ("GET /a/\n= 200\n@daphne = 404\nGET /b/\n= 200", False),
        ("connect /a/\naccepted\n@daphne accepted x\n> a", False),
        ("connect /a/\naccepted\n@daphne refused 500\n> a", True),
        ("connect /a/\nrefused 403\n@daphne nothing\nconnect /b/", True),
        ("connect /a/\n< a\n@daphne closed 1011\n< b", True),
        ("connect /a/\n> a\n@daphne closed 1006\n> b", True),
        ("connect /a/\nclosed 1000\n@daphne nothing\nconnect /b/", True),
        ("connect /a/\naccepted\n@daphne refused 500", False),
    ],
)
def test_elsewhere_a_conversation_goes_on_as_long_as_it_can(source: str, ends: bool) -> None:
    """It ends where what came leads to another state than the line, if there is more to play."""
    [there] = [there for line in parse(source).lines for there in line.elsewhere]
    assert there.ends == ends


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ("@daphne refused 500\nconnect /a/", 1, "stands under no step: write it right below"),
        ("connect /a/\nrefused 404\n# note\n@daphne refused 500", 4, "stands under no step"),
        (
            "connect /a/\nrefused 404\n@hypercorn refused 500",
            3,
            "names no server that the pages are played on: write `@d",
        ),
        ("connect /a/\nrefused 404\n@daphne", 3, "is no step"),
        ("connect /a/\nrefused 404\n@daphne refused", 3, "needs one HTTP status"),
        ("connect /a/\nrefused 404\n@daphne refused 404", 3, "says what the line above it says"),
        ("connect /a/\nrefused 404\n@daphne refused 500\n@daphne refused 403", 4, "is the second for plain Daphne"),
        ("connect /a/\nrefused 404\n@daphne < a", 3, "cannot come in that line's place: write `accepted` or `ref"),
        ("connect /a/\n< a\n@daphne > a", 3, "cannot come in that line's place: write `< TEXT` or `closed 1011`"),
        ("connect /a/\n@daphne refused 500\naccepted", 2, "write `accepted` below it, and this below that"),
        ("connect /a/\naccepted\nwait 1s\n@daphne closed 1000", 4, "stands under what a client does"),
        ("connect /a/\n! A: b\n@daphne closed 1000", 3, "nobody observes other servers"),
        ("connect /a/\n< ${id}\n@daphne < no ${id}", 3, "captures nothing"),
    ],
)
def test_what_cannot_be_said_of_elsewhere_is_a_mistake(source: str, line: int, part: str) -> None:
    """The author learns what the line names, where it stands, and what could come there."""
    [problem] = problems_of(source)
    assert problem.line == line
    assert part in problem.message


def test_under_a_line_that_cannot_be_read_only_that_line_is_a_mistake() -> None:
    """What stands below it is not taken for a line about the one before."""
    assert [problem.line for problem in problems_of("connect /a/\nrefuse 404\n@daphne refused 500")] == [2]
