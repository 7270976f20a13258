"""The table of the page about the database: sandboxes/orders/models.py."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sandbox_server", "0001_demo_users")]
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("desk", models.CharField(max_length=32)),
                ("what", models.CharField(max_length=50)),
                ("placed", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
    ]
