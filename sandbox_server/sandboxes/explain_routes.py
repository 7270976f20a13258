"""Walks through a list of routes as a router would, and tells what it saw: `GET /explain/routing/?path=/ws/route/`.

The patterns are ours, from the two modules imported below. A reader chooses the path, and nothing else.
"""

from typing import Any

from channels.routing import URLRouter
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.urls.resolvers import RoutePattern
from django.views.decorators.http import require_GET

from sandbox_server.limits import PATH_CHARACTERS
from sandbox_server.route_mismatch import left_alone, why_not
from sandbox_server.sandboxes.path_and_re_path import odd_routes, path_routes, re_path_routes
from sandbox_server.sandboxes.routing import websocket_urlpatterns as routing

LISTS = {"routing": routing, "path": path_routes, "re_path": re_path_routes, "odd": odd_routes}
ROUTERS = {name: URLRouter(routes) for name, routes in LISTS.items()}

Note = dict[str, Any]
"""A route as it is written, what became of it ("outcome"), and a sentence that says why."""


def note(route: Any, outcome: str, why: str, inside: list[Note]) -> Note:
    function = "path" if isinstance(route.pattern, RoutePattern) else "re_path"
    name = None if isinstance(route.callback, URLRouter) else route.callback.consumer_initkwargs["route"]
    written = {"function": function, "pattern": str(route.pattern), "to": name}
    return {**written, "outcome": outcome, "why": why, "inside": inside}


def unasked(application: Any, why: str) -> list[Note]:
    """The routes of a router that is not reached; none if it is a consumer."""
    routes = application.routes if isinstance(application, URLRouter) else []
    return [note(route, "not tried", why, unasked(route.callback, why)) for route in routes]


def walk(router: URLRouter, asked: str, outer: Note, what: str) -> tuple[list[Note], Note | None]:
    """A note on each route, from top to bottom, and what took the path. Compare Channels' URLRouter.__call__."""
    asked = asked.lstrip("/")
    notes: list[Note] = []
    winner: Note | None = None
    for route in router.routes:
        nested, inside = isinstance(route.callback, URLRouter), unasked(route.callback, "this router is not asked")
        match = route.pattern.match(asked)  # Django's: None, or the rest of the path, args and kwargs
        if winner:
            too = "; this one matches it too" if match and not nested else ""
            outcome, why = "not tried", f"a route above has taken the path{too}"
        elif not match:
            outcome, why = "no match", why_not(route.pattern, asked, what)
        else:
            rest, args, kwargs = match
            found = {"kwargs": {**outer["kwargs"], **kwargs}, "args": (*outer["args"], *args)}
            if not nested:
                winner = {"route": route.callback.consumer_initkwargs["route"], **found}
                outcome, why = "takes it", left_alone(route.pattern, asked)
            else:
                inside, winner = walk(route.callback, rest, found, "the rest")
                outcome, why = "hands on", f"it matches the start, and the router inside gets the rest, `{rest}`"
                if not winner:
                    outcome, why = "gave back", f"it matches the start, but no route inside takes the rest, `{rest}`"
        notes.append(note(route, outcome, why, inside))
    return notes, winner


@require_GET
def explain(request: HttpRequest, name: str) -> JsonResponse:
    """What the routes of a list have to say about a path, and what a router makes of it."""
    asked = request.GET.get("path")
    if name not in ROUTERS:
        return JsonResponse({"error": f"no such list; there are {', '.join(ROUTERS)}"}, status=404)
    if asked is None or len(asked) > PATH_CHARACTERS:
        error = f"say which path: ?path=/ws/route/, at most {PATH_CHARACTERS} characters"
        return JsonResponse({"error": error}, status=400)
    notes, winner = walk(ROUTERS[name], asked, {"kwargs": {}, "args": ()}, "the path")
    answer = {"compared": asked.lstrip("/"), "routes": notes, "winner": winner, "error": None}
    if winner:
        typed = {key: [value, type(value).__name__] for key, value in winner["kwargs"].items()}
        answer["winner"] = {**winner, "kwargs": typed}
    else:
        answer["error"] = f"ValueError: No route found for path {asked.lstrip('/')!r}."
    return JsonResponse(answer)


urlpatterns = [path("explain/<slug:name>/", explain)]
