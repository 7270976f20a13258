"""Async views: where they run, what sync middleware costs, what outlives them, and what becomes of them."""

from django.urls import path

from sandbox_server.sandboxes.async_views.crowd import crowd, meet
from sandbox_server.sandboxes.async_views.djangos import djangos, what_it_logged
from sandbox_server.sandboxes.async_views.leaving import paid, waits, waits_sync
from sandbox_server.sandboxes.async_views.outliving import fails, works
from sandbox_server.sandboxes.async_views.threads import both_wait, both_wait_in_pool, nested
from sandbox_server.sandboxes.async_views.user import forgot, visits, who
from sandbox_server.sandboxes.async_views.waiting import at_once, in_turn
from sandbox_server.sandboxes.async_views.where import async_view, sync_view
from sandbox_server.sandboxes.async_views.witness import witness

views = {
    "async": async_view,
    "sync": sync_view,
    "meet": meet,
    "in-turn": in_turn,
    "at-once": at_once,
    "waits": waits,
    "waits-sync": waits_sync,
    "paid": paid,
    "works": works,
    "fails": fails,
    "both-wait": both_wait,
    "both-wait-in-pool": both_wait_in_pool,
    "nested": nested,
}
urlpatterns = [
    path("async-views/user/", who),
    path("async-views/user/forgot/", forgot),
    path("async-views/visits/", visits),
    path("async-views/log/<slug:django>/", what_it_logged),
    *(path(f"async-views/{django}/{name}/", view) for django in djangos for name, view in views.items()),
]
http_applications = [
    *(path(f"async-views/{name}/crowd/", crowd(django)) for name, django in djangos.items() if name != "wsgi"),
    *(path(f"async-views/{name}/<slug:view>/", witness(django)) for name, django in djangos.items()),
]
