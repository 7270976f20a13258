"""The page *Testing*: its files in a reader's project, by both runners; and what comes of mistakes."""

from __future__ import annotations

import pytest

from handed_out.reader import Reader, printed
from testing.project import ROOT

CLUB = ROOT / "sandbox_server/sandboxes/club"
PLACES = {"testing/conftest.py": "conftest.py", "testing/test_application.py": "chat/test_application.py"}
"""Where a file goes in the project, if not into the app `club`."""

OWN_LAYER = '    channel_layer_alias = "this_process"'
"""How the line begins that the page has its reader leave out."""

NOBODY = "redis://127.0.0.1:1"
"""Where no Redis is."""

IN_A_TRANSACTION = ("django_db(transaction=True)", "django_db")
"""What the page warns of."""


def printed_of_the_site(name: str) -> str:
    lines = (CLUB / name).read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(OWN_LAYER))


def copy(reader: Reader, *names: str) -> None:
    for name in names:
        reader.write(PLACES.get(name, name.replace("testing/", "club/")), printed(name))


pytestmark = pytest.mark.long


@pytest.fixture
def tester(reader: Reader) -> Reader:
    """A project with the club and its tests in it."""
    reader.choose_layer("in_memory")
    reader.run("testing/begin.sh")
    for name in ("consumers.py", "routing.py", "tests.py"):
        reader.write(f"club/{name}", printed_of_the_site(name))
    reader.copy("pytest.ini")
    copy(reader, "testing/conftest.py")
    return reader


def fails(reader: Reader, *files: str) -> str:
    """What is said by tests that must not pass."""
    with pytest.raises(RuntimeError) as failed:
        reader.call(["pytest", *files])
    return str(failed.value)


def test_the_tests_pass_with_pytest(tester: Reader) -> None:
    """Those of the club, those of the whole application, and those that ask the database."""
    copy(tester, "testing/test_application.py", "testing/guests.py", "testing/test_guests.py")
    assert "7 passed" in tester.run("test.sh")


def test_djangos_own_runner_finds_the_methods_and_no_functions(tester: Reader) -> None:
    """Of all these files it runs one test, and says nothing of the others."""
    copy(tester, "testing/guests.py", "testing/test_guests.py", "testing/test_django.py")
    assert "Ran 1 test" in tester.run("testing/django.sh")


def test_without_redis_the_tests_need_a_layer_of_their_own(tester: Reader) -> None:
    """Which the printed fixture gives them."""
    tester.choose_layer("redis", NOBODY)
    assert "3 passed" in tester.run("test.sh")
    (tester.folder / "conftest.py").unlink()
    assert "redis.exceptions.ConnectionError" in fails(tester)


def test_a_test_that_asks_no_database_needs_it_all_the_same(tester: Reader) -> None:
    """Once another test has asked it: Channels looks whether that connection is to be closed."""
    copy(tester, "testing/guests.py", "testing/test_guests.py")
    (tester.folder / "conftest.py").unlink()
    said = fails(tester)
    assert "3 failed, 2 passed" in said
    assert "Database access not allowed" in said


def test_in_a_transaction_what_an_async_test_saves_is_there_in_the_next(tester: Reader) -> None:
    """Nobody takes it back: pytest's transaction is one of another connection."""
    copy(tester, "testing/guests.py", "testing/test_guests.py")
    (tester.folder / "conftest.py").unlink()
    tester.write("club/test_guests.py", printed("testing/test_guests.py").replace(*IN_A_TRANSACTION))
    said = fails(tester, "club/test_guests.py")
    assert "1 failed, 1 passed" in said
    assert "UNIQUE constraint failed: auth_user.username" in said


def test_a_live_server_is_talked_to_by_a_real_client(tester: Reader) -> None:
    """With a database in a file; without, it says what is missing."""
    copy(tester, "testing/test_live.py")
    assert "ChannelLiveServerTestCase can not be used with in memory databases" in fails(tester)
    tester.add("mysite/settings.py", printed("testing/settings.py"))
    assert "4 passed" in tester.run("test.sh")
