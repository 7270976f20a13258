"""Who asks, and how often, in async views: each look at a session or a user may be a query."""

from django.core.exceptions import SynchronousOnlyOperation
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST


@require_GET
async def who(request: HttpRequest) -> JsonResponse:
    user = await request.auser()
    return JsonResponse({"user": user.get_username() or "nobody"})


@require_GET
async def forgot(request: HttpRequest) -> JsonResponse:
    """Without `await`. Django would answer with a page that says 500, and nothing of why."""
    try:
        return JsonResponse({"user": request.user.get_username() or "nobody"})
    except SynchronousOnlyOperation as error:
        return JsonResponse({"raised": f"SynchronousOnlyOperation: {error}"}, status=500)


@require_POST
async def visits(request: HttpRequest) -> JsonResponse:
    visits = await request.session.aget("visits", 0) + 1
    await request.session.aset("visits", visits)
    return JsonResponse({"visits": visits})
