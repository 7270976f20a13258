"""The tables of the page about the connection: sandboxes/durable/models.py."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sandbox_server", "0002_order")]
    operations = [
        migrations.CreateModel(
            name="DurableClient",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("visitor", models.CharField(db_index=True, max_length=50)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("repeats", models.PositiveIntegerField(default=0)),
                ("heard_at", models.DateTimeField(db_index=True)),
                ("refused_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DurableMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=200)),
                ("taken_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="sandbox_server.durableclient",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("client", "key"), name="a_message_is_taken_once"),
                ],
            },
        ),
    ]
