"""A visitor who changes the session cookie by hand."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST


@require_POST
def tamper(request: HttpRequest) -> JsonResponse:
    """Set this browser's session cookie anew, its first character changed."""
    key = request.session.session_key
    if key is None:
        return JsonResponse({"error": "there is no session to tamper with: log in first"}, status=400)
    response = JsonResponse({"tampered with": settings.SESSION_COOKIE_NAME})
    forged = ("b" if key[0] == "a" else "a") + key[1:]
    response.set_cookie(settings.SESSION_COOKIE_NAME, forged, httponly=True, samesite="Lax")
    return response


urlpatterns = [path("demo/tamper/", tamper)]
