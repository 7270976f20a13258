"""What the server tells of whoever asks. Start it in place of your application, and look: mysite.seen:application."""

import json
import os


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        raise ValueError("this application does not know lifespan")
    headers = [(name.decode(), value.decode("latin-1")) for name, value in scope["headers"]]
    told = {"process": os.getpid(), "client": scope["client"], "scheme": scope.get("scheme"), "headers": headers}
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": json.dumps(told)})
        while (await receive())["type"] != "websocket.disconnect":
            pass
    else:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})
