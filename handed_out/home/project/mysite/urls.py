"""The HTTP half: the views that the sandboxes bring along."""

from sandbox_server import sandboxes

urlpatterns = sandboxes.collect("urlpatterns")
