"""Revisions of the organisation come from a sequence: a number that was rolled back is never given again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("org", "0002_special_days")]
    operations = [migrations.RunSQL("create sequence org_revision_number", "drop sequence org_revision_number")]
