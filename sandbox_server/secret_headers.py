"""The headers whose values are credentials: no answer and no observation repeats them. Names as ASGI has them."""

SECRET_HEADERS = frozenset({b"authorization", b"cookie", b"proxy-authorization", b"set-cookie"})
