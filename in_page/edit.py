"""Edited modules: their new text takes the old one's place, and everything made of them is made anew, nothing else.

New connections get the new code; those that are open go on with what they began with. If the new code fails, nothing
has changed: the last good version goes on running.
"""

from __future__ import annotations

import importlib
import json
import linecache
import sys
import traceback
from collections.abc import Collection, Iterable, Mapping
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import cache_from_source, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from django.apps import apps
from django.db.models import signals
from django.dispatch import Signal
from django.urls import clear_url_caches

from in_page.imports import FILE, importers, imports_of
from in_page.runaway import Watch

APPLICATION = "sandbox_server.asgi"
COLLECTING = (APPLICATION, "sandbox_server.urls")
"""They find the sandboxes by themselves: no import names them all."""

HOUSE = ("sandbox_server", "contract", "in_page", "live_docs")
"""Our packages. Others whose modules are edited are a reader's own, and made anew whole."""

HANDED_OUT = "handed_out"

MADE_ANEW = (
    "sandbox_server.asgi",
    "sandbox_server.urls",
    "sandbox_server.sandboxes",
    "sandbox_server.import_order",
    "sandbox_server.limits",
    "sandbox_server.guards",
    "sandbox_server.route_mismatch",
    HANDED_OUT,
)
"""Modules that an edit may change, with those below them: all that a page prints, and what puts it together."""


class Failed(Exception):
    """What became of edited code, as a traceback; or why a module cannot be edited here."""


class Edited(MetaPathFinder):
    """Finds the modules that were edited, and has their code watched."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.files: dict[str, Path] = {}

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        file = self.files.get(name)
        return spec_from_file_location(name, file, loader=Watched(name, str(file), self.watch)) if file else None


class Watched(SourceFileLoader):
    """Loads a module from its text; no loop in it goes on for ever."""

    def __init__(self, name: str, path: str, watch: Watch) -> None:
        super().__init__(name, path)
        self.watch = watch

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = compile(self.get_data(path), path, "exec", dont_inherit=True)
        self.watch.over(code)
        return code


class Editor:
    """The project's modules in the worker's file system, below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.watch = Watch()
        self.edited = Edited(self.watch)
        self.imports: dict[str, Collection[str]] = json.loads((root / FILE).read_bytes())
        self.booted = set(sys.modules)

    def start(self) -> None:
        self.watch.start()
        sys.meta_path.insert(0, self.edited)

    def edit(self, files: Mapping[str, str]) -> Any:
        """Replace the text of modules, by their paths in the project, and make the application anew.

        Returns the application. Raises Failed, with a traceback; then text and modules are as they were.
        """
        changed = {module_name(path) for path in files}
        before = {path: self.read(path) for path in files}
        found = dict(self.edited.files)
        modules = dict(sys.modules)
        heard = {signal: list(signal.receivers) for signal in signals_of_models()}
        tables = {label: dict(models) for label, models in apps.all_models.items()}
        try:
            for path, text in files.items():
                self.write(path, text)
            self.forget(self.made_of(changed))
            application = importlib.import_module(APPLICATION).application
            self.bind_all()
            return application
        except BaseException as error:
            failed = Failed(self.told(error, files))  # while its lines are still those of the text
            for path, old in before.items():
                self.write(path, old)
            self.forget({name for name in self.mine() if sys.modules[name] is not modules.get(name)})
            self.edited.files = found
            sys.modules.update(modules)
            self.bind_all()
            for signal, receivers in heard.items():
                signal.receivers = receivers
            for label, models in tables.items():
                apps.all_models[label].update(models)
            apps.clear_cache()  # in which one model knows those that refer to it
            raise failed from error

    def told(self, error: BaseException, files: Iterable[str]) -> str:
        """The traceback, from where the edited code begins; of code that cannot be compiled, its last lines."""
        edited = {str(self.root / path) for path in files}
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename not in edited:
            frames = frames.tb_next
        lines = traceback.format_exception(type(error), error, frames, chain=False)
        return "".join(lines).replace(f"{self.root}/", "")

    def read(self, path: str) -> str | None:
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None

    def write(self, path: str, text: str | None) -> None:
        """Put a module's text in its place; none takes the module away."""
        file = self.root / path
        name = module_name(path)
        Path(cache_from_source(str(file))).unlink(missing_ok=True)
        linecache.cache.pop(str(file), None)
        if text is None:
            file.unlink(missing_ok=True)
            self.edited.files.pop(name, None)
            self.imports.pop(name, None)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            self.edited.files[name] = file
            self.imports[name] = imports_of(text, name, file.name == "__init__.py")

    def mine(self) -> list[str]:
        """The modules that an edit may make anew, those that are there now."""
        prefixes = (*MADE_ANEW, *self.own())
        return [name for name in sys.modules if name.startswith(prefixes) and is_below(name, prefixes)]

    def own(self) -> set[str]:
        """The packages of a reader's own that were edited."""
        return {name.partition(".")[0] for name in self.edited.files} - set(HOUSE)

    def made_of(self, changed: set[str]) -> set[str]:
        """Those of mine that are made of changed modules, and those that only an edit has imported. What a reader takes
        home, and what is a reader's own, is made anew whole: its modules may find each other in ways of their own.
        """
        whole = (*self.own(), *(HANDED_OUT for name in changed if is_below(name, (HANDED_OUT,))))
        mine = set(self.mine())
        changed = changed | (mine - self.booted) | {name for name in mine if is_below(name, whole)}
        return mine & (importers(self.imports, changed) | set(COLLECTING))

    def bind_all(self) -> None:
        """Have each package know its modules, whichever of the two is the older."""
        for name in self.mine():
            bind(name, sys.modules[name])

    def forget(self, names: set[str]) -> None:
        """Forget modules, and who listens to Django's signals for them."""
        for signal in signals_of_models():
            signal.receivers = [entry for entry in signal.receivers if module_of(entry) not in names]
            signal.sender_receivers_cache.clear()
        for name in names:
            bind(name, None)
        for name in names:
            del sys.modules[name]
        importlib.invalidate_caches()
        clear_url_caches()


def bind(name: str, module: ModuleType | None) -> None:
    """Have the package that a module is in know it, as an import does; none: not any more, or it would be found."""
    package, _, own = name.rpartition(".")
    if package not in sys.modules:
        return
    if module is None:
        vars(sys.modules[package]).pop(own, None)
    else:
        setattr(sys.modules[package], own, module)


def signals_of_models() -> list[Any]:
    """Those that the project's modules listen to."""
    return [signal for signal in vars(signals).values() if isinstance(signal, Signal)]


def is_below(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def module_of(entry: Any) -> str:
    """Where the receiver of a signal was defined. Django keeps most of them by a weak reference."""
    receiver = entry[1]
    receiver = (
        receiver() if callable(receiver) and type(receiver).__name__ in ("ReferenceType", "WeakMethod") else receiver
    )
    return str(getattr(receiver, "__module__", ""))


def module_name(path: str) -> str:
    """`sandbox_server/sandboxes/echo.py` is `sandbox_server.sandboxes.echo`."""
    parts = path.split("/")
    if not path.endswith(".py") or not all(part.removesuffix(".py").isidentifier() for part in parts):
        raise Failed(f"{path} is no module of Python: a path in the project, such as chat/consumers.py")
    name = ".".join(parts).removesuffix(".py").removesuffix(".__init__")
    if name.partition(".")[0] in HOUSE and not is_below(name, MADE_ANEW):
        raise Failed(f"{path} belongs to the server itself, which goes on running: it cannot be changed here")
    return name
