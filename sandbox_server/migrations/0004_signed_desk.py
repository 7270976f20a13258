"""A desk is a signed name, as a room is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sandbox_server", "0003_durable")]
    operations = [migrations.AlterField("Order", "desk", models.CharField(max_length=80))]
