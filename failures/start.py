"""Failures before anything is served."""

from __future__ import annotations

import os
import socket
import sys

from failures.kit import FOLDER, module, python, run, started, write
from testing.ports import reserved_port

CONFIGURED = "from django.conf import settings; settings.configure(INSTALLED_APPS=['django.contrib.contenttypes']); "
CALLED = "import asyncio, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'failures.settings'; "


def apps_not_loaded():
    return python(CONFIGURED + "import django.contrib.auth.models")


def settings_not_configured():
    return python("import os; os.environ.pop('DJANGO_SETTINGS_MODULE'); import django.contrib.auth.models")


def no_asgi_application():
    settings = write(
        "without_asgi/settings_without_asgi.py", "INSTALLED_APPS = ['daphne']\nSECRET_KEY = 'x'\nDEBUG = True\n"
    )
    arguments = ("runserver", "--noreload", "--settings=settings_without_asgi", f"--pythonpath={settings.parent}")
    return module("django", *arguments)


def no_default_application():
    return python(CONFIGURED + "from channels.routing import get_default_application as get; get()")


def daphne_first():
    text = "INSTALLED_APPS = ['django.contrib.staticfiles', 'daphne']\nSECRET_KEY = 'x'\nSTATIC_URL = '/s/'\n"
    settings = write("daphne_last/settings_daphne_last.py", text)
    return module("django", "check", "--settings=settings_daphne_last", f"--pythonpath={settings.parent}")


def asgi_import():
    name = "settings.configure(ASGI_APPLICATION='shop.asgi.application'); "
    return python(
        "from django.conf import settings; "
        + name
        + "from channels.routing import get_default_application as get; get()"
    )


def asgi_name():
    name = "settings.configure(ASGI_APPLICATION='failures.settings.application'); "
    return python(
        "from django.conf import settings; "
        + name
        + "from channels.routing import get_default_application as get; get()"
    )


def asgi_called_by_wsgi():
    return python(CALLED + "from django.core.asgi import get_asgi_application as get; get()({}, print)")


def wsgi_called_by_asgi():
    return python(CALLED + "from django.core.wsgi import get_wsgi_application as get; asyncio.run(get()({}))")


def middleware_of_channels_2():
    return python(CALLED + "from channels.routing import URLRouter; URLRouter([])({'type': 'websocket'})")


def _taken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def address_in_use():
    with _taken() as listener:
        return module("daphne", "-p", str(listener.getsockname()[1]), "failures.app:application")


def uvicorn_address_in_use():
    with _taken() as listener:
        return module("uvicorn", "--port", str(listener.getsockname()[1]), "failures.app:application")


def address_not_here():
    """An address that is nobody's: of those for documentation."""
    return module("daphne", "-b", "192.0.2.1", "-p", str(reserved_port()), "failures.app:application")


def uvicorn_address_not_here():
    return module("uvicorn", "--host", "192.0.2.1", "--port", str(reserved_port()), "failures.app:application")


def socket_lock():
    os.symlink("1", FOLDER / "daphne.sock.lock")
    return module("daphne", "-u", str(FOLDER / "daphne.sock"), "failures.app:application")


def _tls(key):
    endpoint = f"ssl:{reserved_port()}:privateKey={key}:certKey={key}"
    return module("daphne", "-e", endpoint, "failures.app:application")


def tls_no_file():
    return _tls("/nowhere/fullchain.pem")


def tls_no_key():
    return _tls(write("no.pem", "no key"))


def tls_colon():
    return _tls("C:/keys/fullchain.pem")


def fd_no_socket():
    return run("sh", "-c", f"{sys.executable} -m daphne --fd 0 failures.app:application < /dev/null")


def daphne_starts():
    """As where nothing has brought the package `h2`, which Hypercorn does."""
    none = write("without_h2/h2.py", "raise ImportError('none here')\n").parent
    path = os.pathsep.join([str(none), os.environ["PYTHONPATH"]])
    return started("daphne", "-p", "{port}", "failures.app:application", PYTHONPATH=path).said()


def lifespan():
    return started("uvicorn", "--port", "{port}", "failures.app:application").said()


def lifespan_on():
    return module("uvicorn", "--port", str(reserved_port()), "--lifespan", "on", "failures.app:application")


def uvicorn_no_module():
    return module("uvicorn", "failures.nowhere:application") + module("uvicorn", "shop.asgi:application")


def daphne_no_module():
    return module("daphne", "shop.asgi:application")


def no_module():
    return python("import shop.consumers")


def shadowed_package():
    folder = write("shadow/daphne.py", "").parent
    return run(sys.executable, "-c", "import daphne.server", folder=folder)


def no_distribution():
    """pip is not allowed to look anywhere."""
    return module("pip", "install", "--no-index", "channels==99")


def no_module_package():
    return "".join(python(f"import {name}", "-I", "-S") for name in ("daphne", "channels", "channels_redis"))


def command_not_found():
    return run("/bin/bash", "-c", "daphne mysite.asgi:application", PATH="/nowhere")


def uvicorn_no_attribute():
    return module("uvicorn", "failures.settings:application")


def daphne_no_attribute():
    return module("daphne", "failures.settings:application")


def module_not_callable():
    """It starts, and every request finds out."""
    program = started("uvicorn", "--port", "{port}", "failures.start:os")
    program.wait_until_it_says("is not callable")
    return program.said()


def uvicorn_no_colon():
    return module("uvicorn", "failures.app.application")


def daphne_no_colon():
    return module("daphne", "failures.app.application")


def uvicorn_object_reload():
    return python("import uvicorn\nif __name__ == '__main__': uvicorn.run(print, reload=True)")


def uvicorn_workers_reload():
    """It is said before anything is started, so what is started is none."""
    code = "import uvicorn; uvicorn.Config('failures.app:application', reload=True, workers=2)"
    return python(code)


def daphne_proxy_headers():
    return module("daphne", "--proxy-headers-host", "X-Real-IP", "failures.app:application")


def secret_key():
    code = "from django.conf import settings; settings.configure(SECRET_KEY=''); settings.SECRET_KEY"
    return python(code)


def circular_import():
    write("circle/consumers.py", "from routing import websocket_urlpatterns\n")
    folder = write("circle/routing.py", "from consumers import Chat\nwebsocket_urlpatterns = [Chat]\n").parent
    return run(sys.executable, "-c", "import routing", folder=folder)


def other_reactor():
    return python("import twisted.internet.reactor, daphne.server")


def reactor_installed():
    return python("import daphne.server; from twisted.internet import selectreactor; selectreactor.install()")


def static_url():
    text = "INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles']\nSECRET_KEY = 'x'\nDEBUG = True\n"
    text += "ASGI_APPLICATION = 'failures.app.application'\n"
    settings = write("no_static_url/settings_no_static_url.py", text)
    arguments = ("runserver", "--noreload", "--settings=settings_no_static_url", f"--pythonpath={settings.parent}")
    return module("django", *arguments)


def wsgi_runserver():
    port = reserved_port()
    words = "development server at"
    text = "INSTALLED_APPS = []\nSECRET_KEY = 'x'\nDEBUG = True\nROOT_URLCONF = 'failures.urls'\n"
    settings = write("wsgi/settings_wsgi.py", text)
    arguments = ("runserver", "--noreload", f"127.0.0.1:{port}", "--settings=settings_wsgi")
    program = started("django", *arguments, f"--pythonpath={settings.parent}", port=port, until=words)
    return program.said()


def channels_1():
    return python("from channels import Group") + python("import channels.asgi")
