"""`python manage.py announce ROOM TEXT`: say something in a room, from a process in which nobody is connected."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Say something in a room. The server hears of it only through a layer that both share."

    def add_arguments(self, parser):
        parser.add_argument("room")
        parser.add_argument("text")

    def handle(self, *args, room, text, **options):
        async_to_sync(get_channel_layer().group_send)(f"chat.{room}", {"type": "chat.message", "text": text})
