"""`python -m sandbox_server` without its observer: what having one installed costs where nobody observes."""

from sandbox_server import __main__ as program  # isort: skip  (first: it chooses Twisted's reactor)

from typing import Any

from sandbox_server.hardened_daphne import server
from sandbox_server.observing import handlers, observer

without: list[tuple[Any, str, Any]] = [
    (program, "ObservedServer", server.Server),
    (handlers, "ObservedHandlers", type("NotObserved", (), {})),
    (observer, "Observer", lambda application: application),
]
for module, name, plain in without:
    setattr(module, name, plain)
program.main()
