"""The joint review of process versions: reviews, and what each position says in them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# True even for psql (G2): beside a process's first version none is in effect that a joint review has not agreed to.
FORWARD = """
create function process_version_takes_effect() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from process_version v
        where v.definition_id = new.definition_id and v.id <> new.id and v.effective_from is not null
    ) and not exists (
        select 1 from process_review r
        where r.version_id = new.id and r.outcome = 'agreed'
          and not exists (select 1 from process_opinion o where o.review_id = r.id and o.agrees is not true)
    ) then
        raise exception 'a version takes effect only after a joint review in which all agreed'
            using errcode = 'check_violation', constraint = 'process_effect_after_review';
    end if;
    return new;
end $$;
create trigger process_version_takes_effect before insert or update of status on process_version
    for each row when (new.status = 'in_effect') execute function process_version_takes_effect();
"""
BACKWARD = """
drop trigger process_version_takes_effect on process_version;
drop function process_version_takes_effect();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('process', '0004_call_until'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Nothing wrote it yet.
        migrations.DeleteModel(name='Review'),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('position', models.CharField(max_length=64)),
                ('agrees', models.BooleanField(null=True)),
                ('text', models.TextField(blank=True)),
                ('via', models.CharField(blank=True, max_length=16)),
                ('given_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['review_id', 'place'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('note', models.TextField()),
                ('effective_on', models.DateField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('', 'Open'), ('agreed', 'Agreed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='', max_length=16)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['version_id', 'round'],
            },
        ),
        migrations.AlterField(
            model_name='version',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In Review'), ('agreed', 'Agreed'), ('in_effect', 'In Effect'), ('refused', 'Refused'), ('retired', 'Retired'), ('discarded', 'Discarded')], default='draft', max_length=16),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('in_review', 'agreed'))), fields=('definition',), name='process_one_on_its_way'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('in_effect', 'retired')), _negated=True), ('effective_from__isnull', False), _connector='OR'), name='process_effect_has_a_day'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='behalf',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinion',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='submitter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='process.version'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='process.review'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('version', 'round'), name='review_round_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('version',), name='review_one_open'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='review_ends_with_an_outcome'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(condition=models.Q(('agrees__isnull', True)), fields=['review'], name='opinion_awaited'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('review', 'position'), name='opinion_once_a_position'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agrees__isnull', True), ('given_at__isnull', True), ('person__isnull', True)), models.Q(('agrees__isnull', False), ('given_at__isnull', False), ('person__isnull', False)), _connector='OR'), name='opinion_has_its_person'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agrees', False), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='opinion_refusal_has_a_reason'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
