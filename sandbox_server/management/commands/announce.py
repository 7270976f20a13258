"""`python -m django announce ROOM TEXT`: say something in a room, from a process in which nobody is connected."""

from argparse import ArgumentParser
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Say something in a room. The server hears of it only through a layer that both share."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("room")
        parser.add_argument("text")

    def handle(self, *args: Any, room: str, text: str, **options: Any) -> None:
        news = {"from": "the command line", "text": text}
        async_to_sync(get_channel_layer("rooms").group_send)(f"room.{room}", {"type": "room.news", "news": news})
