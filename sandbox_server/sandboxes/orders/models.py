"""The table: what has been ordered, and at which desk. Nobody but that desk reads it."""

from django.db import models

from sandbox_server.limits import ORDER_CHARACTERS


class Order(models.Model):
    desk = models.CharField(max_length=80)
    what = models.CharField(max_length=ORDER_CHARACTERS)
    placed = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.what
