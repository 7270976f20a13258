"""MkDocs hooks: the build checks every page, and `mkdocs serve` runs the sandbox server beside the site.

Everything that a page needs to be right is in the Markdown fence. What is here only calls what `python -m live_docs`
offers as commands, which is how to have it under a generator without hooks.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path
from types import FrameType
from typing import ClassVar, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from live_docs.as_markdown.site import write_markdown
from live_docs.built.widgets import swallowed
from live_docs.markdown import pages
from live_docs.markdown.fence_header import OPTIONS
from live_docs.serving.beside import SERVED
from live_docs.serving.sandbox_server import PORT, SandboxServer
from live_docs.style.rules import find_rules

log = logging.getLogger("mkdocs.live_docs")
ENDS = (signal.SIGINT, signal.SIGTERM)


class State:
    """What lives as long as one `mkdocs` command."""

    serving = False
    server: SandboxServer | None = None
    readings: ClassVar[dict[str, pages.Page]] = {}
    """What was found in each page's source, from when it is read until its HTML is compared with it."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note what is being run; make SIGTERM end `mkdocs serve` as Ctrl-C does, clean-up included."""
    State.serving = command == "serve"
    if State.serving:
        for number in ENDS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, shut_down)


def shut_down(signum: int, frame: FrameType | None) -> None:
    """The first signal ends it. One more would only break the clean-up off, and MkDocs' threads would never end."""
    for number in ENDS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt if signum == signal.SIGINT else SystemExit(128 + signum)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Have fences show their mistakes. Under `mkdocs serve`: start the sandbox server, or restart it if its code
    changed, and tell the pages its port.
    """
    show_mistakes(config)
    root = Path(config.config_file_path).parent
    if not State.serving or SERVED in os.environ:
        make_files(root, config)
        return config
    if State.server is None:
        host, port = config.dev_addr
        refuse_taken_port(host, port)
        os.environ.setdefault("SANDBOX_ORIGINS", f"http://127.0.0.1:{port},http://localhost:{port}")
        make_files(root, config)
        State.server = SandboxServer(root, config.extra["sandbox"]["module"], wanted_port(config))
        State.server.start()
    elif State.server.restart_if_changed():
        make_files(root, config)
    config.extra["sandbox"]["port"] = State.server.port
    return config


def wanted_port(config: MkDocsConfig) -> int:
    """Where the sandbox server is to listen: 0 is a free port, and nothing is the usual one."""
    named = config.extra["sandbox"]["port"]
    return PORT if named in ("", None) else int(named)


def show_mistakes(config: MkDocsConfig) -> None:
    """A fence raises for its first mistake. Here all of them are warned of, with file and line: it is to go on."""
    for fence in config.mdx_configs.get("pymdownx.superfences", {}).get("custom_fences", []):
        if fence["name"] in OPTIONS:
            fence["validator"] = partial(fence["validator"], raises=False)
            fence["format"] = partial(fence["format"], raises=False)


def make_files(root: Path, config: MkDocsConfig) -> None:
    """Run the commands that write what pages need beside their Markdown; `--strict` makes it a failure if one fails."""
    for words in config.extra.get("sandbox", {}).get("makes", []):
        command = [sys.executable, "-m", *words.split()]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            last = done.stderr.strip().rpartition("\n")[2]
            log.warning("`python -m %s` ended with %d: %s", words, done.returncode, last)


def refuse_taken_port(host: str, port: int) -> None:
    """Say in one line, before anything is started, that the site's own port is in use."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise Abort(
            f"Cannot serve on {host}:{port}: {os.strerror(error.errno or 0)}. Try `mkdocs serve -a 127.0.0.1:8080`."
        ) from None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Rebuild, and so restart the sandbox server and reload the page, when the server's code changes."""
    if State.server is not None:
        server.watch(str(State.server.code))
    return server


def on_shutdown() -> None:
    """Take the sandbox server down with the site."""
    if State.server is not None:
        State.server.stop()


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Warn of every fence that cannot be read, with file and line; `--strict` makes that a failure."""
    source = page.file.abs_src_path
    if source is not None:
        State.readings[page.file.src_uri] = reading = pages.read_page(Path(source))
        for problem in reading.problems:
            log.warning("%s:%d: %s", page.file.src_uri, problem.line, problem.message)


def on_post_build(config: MkDocsConfig) -> None:
    """Serve each page as Markdown, too. A site that is built gets it by the command."""
    if State.serving:
        write_markdown(find_rules(Path(config.docs_dir)), Path(config.site_dir))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Warn if a fence of the source is not a widget on the finished page: something swallowed it."""
    found = State.readings.pop(page.file.src_uri, None)
    if found is None:
        return
    if missing := swallowed(found, html):
        log.warning("%s: %s", page.file.src_uri, missing)
