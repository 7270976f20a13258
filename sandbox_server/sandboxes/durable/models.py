"""Two tables: the clients that are remembered, and what was taken from each, unique by client and message."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.timezone import now

from sandbox_server.guards.admission import Admission, Full
from sandbox_server.limits import DURABLE_CLIENTS, DURABLE_CLIENTS_PER_VISITOR, DURABLE_MESSAGES, DURABLE_SECONDS

LONG = timedelta(seconds=DURABLE_SECONDS)
remembered = Admission("clients", total=DURABLE_CLIENTS, per_visitor=DURABLE_CLIENTS_PER_VISITOR)


class DurableClient(models.Model):
    """What outlives a connection, and the process that it led to."""

    name = models.CharField(max_length=80, primary_key=True)
    visitor = models.CharField(max_length=50, db_index=True)  # among whose clients it counts
    taken = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(db_index=True)
    refused_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def remember(cls, name: str, visitor: str, connected: set[str]) -> DurableClient:
        """The client of that name. Nobody is forgotten to make room for it, only who is away for two minutes: or Full.

        Whose last word is to come is forgotten, too: the clock has been set back. It is counted once it is written, as
        other processes then see it: two that come at once may both be refused, and are never both let in too many.
        """
        lately = (now() - LONG, now() + LONG)
        cls.objects.exclude(heard_at__range=lately).exclude(name__in=connected).delete()
        client, is_new = cls.objects.update_or_create(
            name=name, defaults={"heard_at": now()}, create_defaults={"heard_at": now(), "visitor": visitor}
        )
        if is_new:
            others = cls.objects.exclude(name=name)
            try:
                remembered.check(others.count(), others.filter(visitor=visitor).count())
            except Full:
                client.delete()
                raise
        return client

    def take(self, key: str, text: str) -> bool:
        """Take a message, unless this is the second time that it comes: the table lets none in twice.

        False: neither. This client has been forgotten.
        """
        me = DurableClient.objects.filter(name=self.name)
        try:
            with transaction.atomic():
                if not me.update(taken=F("taken") + 1, heard_at=now()):
                    return False
                self.messages.create(key=key, text=text, taken_at=now())
                newest = self.messages.order_by("-pk").values("pk")[:DURABLE_MESSAGES]
                self.messages.filter(Q(taken_at__lt=now() - LONG) | ~Q(pk__in=newest)).delete()
        except IntegrityError:
            return bool(me.update(repeats=F("repeats") + 1, heard_at=now()))
        return True


class DurableMessage(models.Model):
    """A message that was taken."""

    client = models.ForeignKey(DurableClient, models.CASCADE, related_name="messages")
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="a_message_is_taken_once")]

    def __str__(self) -> str:
        return self.text
