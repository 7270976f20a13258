"""The demo users whom a page can log in: no rights, and passwords that are printed on the page."""

from django.contrib.auth.hashers import make_password
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NAMES = ("alice", "bob")
PASSWORD = "demo"


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    user = apps.get_model("auth", "User")
    for name in NAMES:
        user.objects.get_or_create(username=name, defaults={"password": make_password(PASSWORD)})


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "User").objects.filter(username__in=NAMES).delete()


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(create, remove)]
