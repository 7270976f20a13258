"""A WSGI application with no framework around it, run by an ASGI server through asgiref's adapter."""

import json
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from asgiref.wsgi import WsgiToAsgi
from django.urls import re_path

SHOWN = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "wsgi.version", "wsgi.multithread", "wsgi.multiprocess"]


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(200)
    told = {key: environ[key] for key in SHOWN}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({**told, "wsgi.input.read(200)": repr(body)}).encode()]


http_applications = [re_path("^wsgi/", WsgiToAsgi(application))]
