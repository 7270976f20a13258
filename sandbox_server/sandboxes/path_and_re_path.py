"""The same paths, written for `path` and for `re_path`, and a few regular expressions that say less than they seem to.

`to`, from the module about routing, leads to the consumer that answers with its route and what the route captured.
"""

from django.urls import path, re_path

from sandbox_server.sandboxes.routing import to

path_routes = [
    path("ws/compare/path/<int:id>/", to("path, int")),
    path("ws/compare/path/<slug:room>/", to("path, slug")),
]

re_path_routes = [
    re_path(r"^ws/compare/re_path/(?P<id>\d+)/$", to("re_path, digits")),
    re_path(r"^ws/compare/re_path/(?P<room>\w+)/$", to("re_path, word characters")),
]

odd_routes = [
    re_path(r"ws/odd/no-caret/(?P<room>\w+)/$", to("no ^, which does no harm here")),
    re_path(r"^ws/odd/no-dollar/(?P<room>\w+)", to("no $")),
    re_path(r"ws/odd/neither/(?P<room>\w+)", to("neither ^ nor $")),
    re_path(r"^ws/odd/unnamed/(\w+)/(\d+)/$", to("two groups without a name")),
    re_path(r"^ws/odd/mixed/(?P<room>\w+)/(\d+)/$", to("one group named and one not")),
]

websocket_urlpatterns = [*path_routes, *re_path_routes, *odd_routes]
