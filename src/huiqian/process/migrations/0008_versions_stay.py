"""What a version says is never changed: what five positions have read is what takes effect, true even for psql."""

from django.db import migrations

# Its drawing may be laid out anew, its state goes on. A migration that has to write content disables the trigger.
FORWARD = """
create function process_version_stays() returns trigger language plpgsql as $$
begin
    raise exception 'what a version says is never changed; bring another one'
        using errcode = 'check_violation', constraint = 'process_version_stays';
end $$;
create trigger process_version_stays
    before update of definition_id, number, bpmn, content, digest, author_id, created_at on process_version
    for each row when (
        (old.definition_id, old.number, old.bpmn, old.content, old.digest, old.author_id, old.created_at)
        is distinct from
        (new.definition_id, new.number, new.bpmn, new.content, new.digest, new.author_id, new.created_at)
    ) execute function process_version_stays();
"""
BACKWARD = """
drop trigger process_version_stays on process_version;
drop function process_version_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('process', '0007_tables_of_versions'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
