"""Names that only this server can make: a path takes no other, so nobody meets a stranger by making up the same one."""

from secrets import token_urlsafe

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, JsonResponse
from django.urls import path, register_converter
from django.urls.converters import StringConverter


def signer() -> Signer:
    return Signer(salt="a name", sep=".")


async def new_name(request: HttpRequest) -> JsonResponse:
    """16 random bytes and a signature: nobody can guess it, and nobody can make one up."""
    return JsonResponse({"name": signer().sign(token_urlsafe(16))})


class SignedConverter(StringConverter):
    """For a path: `<signed:name>` takes what `new_name` gave out."""

    def to_python(self, value: str) -> str:
        try:
            signer().unsign(value)
        except BadSignature as error:
            raise ValueError(value) from error  # to Django and to Channels: the route does not match
        return value


register_converter(SignedConverter, "signed")

urlpatterns = [path("names/", new_name)]
