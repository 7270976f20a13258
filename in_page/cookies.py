"""The worker's cookie jar: what a browser would keep for this one server. The page itself has none of it."""

from __future__ import annotations

from http.cookies import SimpleCookie


class CookieJar:
    """Names and values. All of the server's cookies are for its whole site, and last at least as long as the worker."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def take(self, set_cookie: str) -> None:
        """Keep what one `Set-Cookie` header sets, or forget what it deletes."""
        for name, morsel in SimpleCookie(set_cookie).items():
            if morsel["max-age"] == "0":
                self.kept.pop(name, None)
            else:
                self.kept[name] = morsel.coded_value

    def headers(self) -> list[tuple[str, str]]:
        """The `Cookie` header, if there is any cookie."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.kept.items())
        return [("Cookie", cookies)] if cookies else []
