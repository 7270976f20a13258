"""Which deployment it is that the tests look at: `DEPLOYED_BY` on the machine `DEPLOYED_ON`, as __main__.py says."""

from __future__ import annotations

from collections.abc import Mapping

from deploy.machine.by_compose import ByCompose
from deploy.machine.by_systemd import BySystemd
from deploy.machine.debian import Shell
from deploy.machine.installed import Installed

RUNNING: dict[str, type[Installed]] = {"systemd": BySystemd, "compose": ByCompose}


def find(environment: Mapping[str, str]) -> Installed | None:
    """Once all its processes are ready; None where the tests start one of their own."""
    way = environment.get("DEPLOYED_BY")
    if way is None:
        return None
    installed = RUNNING[way](Shell(int(environment["DEPLOYED_ON"])))
    for number in range(len(installed.processes)):
        installed.wait_until_ready(number)
    return installed
