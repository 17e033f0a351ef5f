"""A group's positions get an order. Groups could not be made before, so there is nothing to carry over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0003_revision_sequence")]

    operations = [
        migrations.AlterModelOptions(name="positiongroup", options={"ordering": ["code"]}),
        migrations.RemoveField(model_name="positiongroup", name="positions"),
        migrations.CreateModel(
            name="GroupPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="org.positiongroup"
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="org.position"
                    ),
                ),
            ],
            options={"ordering": ["group", "rank"]},
        ),
        migrations.AddConstraint(
            model_name="groupplace",
            constraint=models.UniqueConstraint(fields=("group", "position"), name="group_position_once"),
        ),
        migrations.AddField(
            model_name="positiongroup",
            name="positions",
            field=models.ManyToManyField(related_name="groups", through="org.GroupPlace", to="org.position"),
        ),
    ]
