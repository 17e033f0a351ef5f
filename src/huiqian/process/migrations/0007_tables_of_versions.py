"""Decision tables and the schedule belong to a version: what came from the files is written into the versions there are."""

import json
import re
from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models

# The tables that a diagram asks.
ASKED = re.compile(r'\bdecision="([^"]+)"')


def fill(apps, schema_editor):
    """Give each version the tables that its diagram asks, as the files brought them, and the process's schedule.

    The fingerprint is made anew, so that a folder that says the same is known as the same.
    """
    tables, schedules = _tables(apps), _schedules(apps)
    for version in apps.get_model("process", "Version").objects.select_related("definition"):
        brought = tables.get(version.definition_id, {})
        asked = sorted(set(ASKED.findall(version.bpmn)) & set(brought))
        if asked:
            version.content["decisions"] = {key: brought[key] for key in asked}
        if version.definition.code in schedules:
            version.content["schedule"] = schedules[version.definition.code]
        if asked or version.definition.code in schedules:
            _save(version)


def empty(apps, schema_editor):
    """Tables and schedule are the administrators' again."""
    for version in apps.get_model("process", "Version").objects.all():
        if "decisions" in version.content or "schedule" in version.content:
            version.content.pop("decisions", None)
            version.content.pop("schedule", None)
            _save(version)


def _tables(apps):
    """What the files brought: the first version of each decision table, by process and key."""
    found = {}
    first = apps.get_model("process", "DecisionVersion").objects.filter(number=1).select_related("decision")
    for one in first:
        name = {"zh": one.decision.name_zh, "en": one.decision.name_en}
        found.setdefault(one.decision.definition_id, {})[one.decision.key] = {"name": name, "dmn": one.dmn}
    return found


def _schedules(apps):
    """What the files brought: the first schedule that the product saved by itself, by process."""
    found = {}
    said = apps.get_model("journal", "Entry").objects.filter(kind="schedule_saved", chain__startswith="process:")
    for code, detail, actor in said.order_by("-pk").values_list("detail__code", "detail", "actor_id"):
        found[code] = None if actor else {
            "rule": detail["rule"], "day": detail["day"], "month": detail["month"], "at": detail["time"],
            "values": detail["values"], "starter": detail["starter"],
        }
    return {code: one for code, one in found.items() if one}


def _save(version):
    said = {key: value for key, value in version.content.items() if key != "about"}
    text = version.bpmn + json.dumps(said, sort_keys=True, ensure_ascii=False)
    version.digest = sha256(text.encode()).hexdigest()
    version.save(update_fields=["content", "digest"])


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0003_quiet_jobs'),
        ('process', '0006_only_the_first_installation'),
    ]

    operations = [
        migrations.AddField(
            model_name='decisionversion',
            name='brought_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='process.version'),
        ),
        migrations.RunPython(fill, empty),
    ]
