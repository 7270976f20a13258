"""The programs that the tests drive: two browsers, Redis, nginx, PostgreSQL. Those on the machine first, else Debian's
packages; browsers, where that is not possible, Playwright's own.

`python -m testing.machine` makes sure that they are there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HEADLESS_CHROMIUM = "chromium-headless-shell"
"""Chromium without a window, as Playwright's own is: a page costs it two thirds of the processor's time."""

COMMANDS = {
    "chromium": (HEADLESS_CHROMIUM, "chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
    "redis-server": ("redis-server",),
    "nginx": ("nginx", "/usr/sbin/nginx"),
    "postgres": ("postgres", *(f"/usr/lib/postgresql/{version}/bin/postgres" for version in (18, 17, 16, 15))),
}
DEBIAN_PACKAGES = {
    "chromium": HEADLESS_CHROMIUM,
    "firefox": "firefox-esr",
    "redis-server": "redis-server",
    "nginx": "nginx-light",
    "postgres": "postgresql",
}
BROWSERS = ("chromium", "firefox")


def find(program: str, headed: bool = False) -> str | None:
    """The path of a program on this machine, if there is one."""
    names = (name for name in COMMANDS[program] if not (headed and name == HEADLESS_CHROMIUM))
    return next(filter(None, map(shutil.which, names)), None)


def launch_options(browser: str, headed: bool = False) -> dict[str, Any]:
    """What Playwright's launch() needs for a browser of the machine; nothing but `headless` for its own."""
    path = find(browser, headed)
    options: dict[str, Any] = {"headless": not headed}
    if path is not None:
        options["executable_path"] = path
        if browser == "firefox":
            options["channel"] = "moz-firefox"  # speaks WebDriver BiDi: an unpatched Firefox knows no other way
    if browser == "chromium" and os.geteuid() == 0:
        options["args"] = ["--no-sandbox"]  # Chromium's sandbox does not work for root
    return options


def install_missing() -> None:
    """Install what is not on the machine yet; say what cannot be, and go on without it."""
    missing = [program for program in COMMANDS if find(program) is None]
    better = [] if shutil.which(HEADLESS_CHROMIUM) or "chromium" in missing else ["chromium"]
    if (missing or better) and is_debian() and (sudo := administrator()) is not None:
        packages = [DEBIAN_PACKAGES[program] for program in missing + better]
        print("Installing", *packages, "from Debian's packages", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*sudo, "apt-get", "-q", "update"], check=False, env=environment, stdout=subprocess.DEVNULL)
        install = [*sudo, "apt-get", "-q", "install", "-y", "--no-install-recommends", *packages]
        subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL)
        missing = [program for program in missing if find(program) is None]
    browsers = [program for program in missing if program in BROWSERS]
    if browsers:
        print("Installing Playwright's own", *browsers, flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", *browsers], check=True)
    for program in set(missing) - set(BROWSERS):
        print(f"{program} is not on this machine: the tests that need it will fail. Install it by hand.", flush=True)


def is_debian() -> bool:
    """Whether this is Debian itself: Ubuntu's packages of these names are not browsers but snaps."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def administrator() -> list[str] | None:
    """What to put in front of a command to install packages without asking; None if that is not possible."""
    if os.geteuid() == 0:
        return []
    allowed = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


if __name__ == "__main__":
    install_missing()
