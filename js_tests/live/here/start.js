/**
 * Starts the server as often as standard input says, as JSON: a number. To standard output, a line of JSON for each start:
 * what it began from, and what a consumer finds there that is drawn at random, or had not been imported.
 */

import { readFileSync } from "node:fs";
import { here, next, ORIGIN } from "./here.js";

const CONSUMER = `import json, random, secrets, statistics, sys, time, uuid
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import path

class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        drawn = [random.random(), secrets.token_hex(), str(uuid.uuid4()), settings.SECRET_KEY]
        users = [user.username async for user in User.objects.order_by("username")]
        await self.send(json.dumps({"drawn": drawn, "users": users, "mean": statistics.mean([1, 2, 6]), "time": time.time()}))

websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
`;

for (let left = JSON.parse(readFileSync(0, "utf8")); left > 0; left -= 1) {
  const server = here();
  const { from } = await server.start();
  const { traceback } = await server.edit({ "sandbox_server/sandboxes/echo.py": CONSUMER });
  if (traceback) throw new Error(traceback);
  const socket = server.open(`${ORIGIN.replace("http", "ws")}/ws/echo/`);
  await next(socket, "open");
  socket.send("hello");
  const { data } = await next(socket, "message");
  console.log(JSON.stringify({ from, ...JSON.parse(data), now: Date.now() / 1000 }));
  server.stop();
}
process.exit(0);
