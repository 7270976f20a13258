from urllib.parse import parse_qs

from channels.generic.websocket import AsyncJsonWebsocketConsumer


class Room(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.accept()
        query = parse_qs(self.scope["query_string"].decode())
        await self.send_json(
            {
                "room": self.scope["url_route"]["kwargs"]["room"],
                "since": int(query.get("since", ["0"])[0]),
            }
        )
