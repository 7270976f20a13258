/** Code that nothing in Python can stop ends the worker: what is told, and that it can be started again. */

import { here, next, ORIGIN } from "./here.js";

const server = here();
const url = `${ORIGIN.replace("http", "ws")}/ws/echo/`;
await server.start();
await server.edit({
  "sandbox_server/sandboxes/echo.py": `from itertools import count
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        sum(count())

websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
`,
});
const socket = server.open(url);
await next(socket, "open");
const [lost, closed] = [next(server, "lost"), next(socket, "close")];
socket.send("hello");
const asked = server.fetch("/").catch((error) => error.name);
const { why } = (await lost).detail;
console.log(JSON.stringify({ why, code: (await closed).code, asked: await asked }));

await server.start();
const again = server.open(url);
await next(again, "open");
again.send("hello");
console.log(JSON.stringify({ data: (await next(again, "message")).data }));
process.exit(0);
