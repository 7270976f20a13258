/** Edits modules and says what came of it, a line of JSON for each step. */

import { here, next, ORIGIN } from "./here.js";

const server = here();
await server.start();
const SOCKET = ORIGIN.replace("http", "ws");
const ECHO = "sandbox_server/sandboxes/echo.py";

/** @param {string} body */
const module = (body) => `from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer
from asgiref.sync import async_to_sync
from django.urls import path
import asyncio, time

${body}

websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
`;

/** @param {string} line */
const receive = (line) =>
  module(`class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        ${line}`);

/**
 * What a fresh connection answers to `hello`: a message, or a close code.
 * @param {string} path
 */
async function ask(path = "/ws/echo/") {
  const socket = server.open(SOCKET + path);
  if ((await next(socket, "open", "close")).type === "close") return "refused";
  socket.send("hello");
  const event = await next(socket, "message", "close");
  socket.close();
  return event.data ?? event.code;
}

/**
 * @param {Record<string, string>} files
 * @param {string} [path]
 */
async function tell(files, path) {
  const { traceback } = await server.edit(files);
  console.log(JSON.stringify({ traceback, answer: await ask(path) }));
}

/** @type {string[]} */
const raised = [];
server.addEventListener("raised", (event) => raised.push(/** @type {CustomEvent} */ (event).detail.traceback));

const before = server.open(`${SOCKET}/ws/echo/`);
await next(before, "open");

await tell({ [ECHO]: receive("await self.send(text_data[::-1])") });
await tell({ [ECHO]: "def broken(:\n" });
await tell({ [ECHO]: module("1 / 0") });
await tell({ [ECHO]: receive("while True: pass") });
await tell({
  [ECHO]: receive("while True:\n            try: pass\n            except Exception: pass"),
});
await tell({ [ECHO]: module("while True: pass") });
await tell({ [ECHO]: receive("raise LookupError(text_data)") });
await tell({
  [ECHO]: module(`class EchoConsumer(WebsocketConsumer):
    channel_layer_alias = "rooms"
    def connect(self):
        async_to_sync(self.channel_layer.group_add)("edited", self.channel_name)
        self.accept()
    def receive(self, text_data=None, bytes_data=None):
        async_to_sync(asyncio.sleep)(0.05)
        async_to_sync(self.channel_layer.group_send)("edited", {"type": "chat.message", "text": "from the group"})
    def chat_message(self, event):
        self.send(event["text"])`),
});
await tell({ "sandbox_server/settings.py": "" });
// no loop, which would be stopped after two seconds on a busy machine
await tell({ [ECHO]: receive(`kept = [${"bytearray(10**9), ".repeat(5)}]`) });
await tell({ [ECHO]: receive("kept = [object() for _ in range(10**9)]") });
await tell({ [ECHO]: receive("await self.send(text_data[::-1])") });
await tell(
  {
    "chat/consumers.py": receive("await self.send('mine')").replaceAll("ws/echo/", "ws/mine/"),
    "chat/__init__.py": "",
    "sandbox_server/sandboxes/mine.py": "from chat.consumers import websocket_urlpatterns\n",
  },
  "/ws/mine/",
);
const ECHOES = `class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data[::-1])`;
await tell({ [ECHO]: module(`from sandbox_server import import_order\n${ECHOES}`) });
await tell({ [ECHO]: module(`import sandbox_server\nassert not hasattr(sandbox_server, "import_order")\n${ECHOES}`) });
const FORGETS = module(`from sandbox_server.sandboxes.durable.models import LONG, DurableClient, now
class EchoConsumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        DurableClient.remember("first", "x", set()).take("m1", "tea")
        DurableClient.objects.update(heard_at=now() - 2 * LONG)
        DurableClient.remember("second", "x", set())
        self.send(" and ".join(client.name for client in DurableClient.objects.all()))`).replace(
  "ws/echo/",
  "ws/mine/",
);
await server.edit({ "sandbox_server/sandboxes/mine.py": FORGETS });
await tell({ [ECHO]: module("1 / 0") }, "/ws/mine/");
before.send("still");
console.log(JSON.stringify({ before: (await next(before, "message")).data, raised }));
process.exit(0);
