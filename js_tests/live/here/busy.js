/** Code that nothing in Python can stop ends the worker: what is told, and that it can be started again. */

import { here, next, ORIGIN } from "./here.js";

const server = here();
const url = `${ORIGIN.replace("http", "ws")}/ws/echo/`;

/** What comes of a message, and of a request beside it. @param {string} body What the consumer does at one. */
async function end(body) {
  await server.start();
  await server.edit({
    "sandbox_server/sandboxes/echo.py": `import asyncio
from itertools import count
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        ${body}

websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
`,
  });
  const socket = server.open(url);
  await next(socket, "open");
  const [lost, closed] = [next(server, "lost"), next(socket, "close")];
  socket.send("hello");
  const asked = server.fetch("/").then(
    ({ status }) => status,
    (error) => error.name,
  );
  const { why } = (await lost).detail;
  console.log(JSON.stringify({ why, code: (await closed).code, asked: await asked }));
}

await end("sum(count())");
await end("while True: await self.send(text_data); await asyncio.sleep(0)");

await server.start();
const again = server.open(url);
await next(again, "open");
again.send("hello");
console.log(JSON.stringify({ data: (await next(again, "message")).data }));
process.exit(0);
