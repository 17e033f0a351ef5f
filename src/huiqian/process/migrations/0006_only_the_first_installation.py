"""Only the first installation brings versions into effect without a joint review (G2): not a new process later on."""

from django.db import migrations

# True even for psql. A version that comes into effect later has been agreed to in a review, by all who were asked.
# Only versions that come into a table without any, all in one statement, are in effect from the beginning.
FORWARD = """
drop trigger process_version_takes_effect on process_version;
create or replace function process_version_takes_effect() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from process_review r
        where r.version_id = new.id and r.outcome = 'agreed'
          and exists (select 1 from process_opinion o where o.review_id = r.id)
          and not exists (select 1 from process_opinion o where o.review_id = r.id and o.agrees is not true)
    ) then
        raise exception 'a version takes effect only after a joint review in which all agreed'
            using errcode = 'check_violation', constraint = 'process_effect_after_review';
    end if;
    return new;
end $$;
create trigger process_version_takes_effect before update of status on process_version
    for each row when (new.status = 'in_effect' and old.status <> 'in_effect')
    execute function process_version_takes_effect();

create function process_version_is_adopted() returns trigger language plpgsql as $$
begin
    if exists (select 1 from fresh where status = 'in_effect')
        and exists (select 1 from process_version v where v.id not in (select id from fresh))
    then
        raise exception 'only the first installation brings versions into effect without a joint review'
            using errcode = 'check_violation', constraint = 'process_effect_after_review';
    end if;
    return null;
end $$;
create trigger process_version_is_adopted after insert on process_version
    referencing new table as fresh for each statement execute function process_version_is_adopted();
"""
BACKWARD = """
drop trigger process_version_is_adopted on process_version;
drop function process_version_is_adopted();
drop trigger process_version_takes_effect on process_version;
create or replace function process_version_takes_effect() returns trigger language plpgsql as $$
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


class Migration(migrations.Migration):

    dependencies = [
        ('process', '0005_joint_review'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
