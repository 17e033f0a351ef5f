"""Entries of the journal are never changed and never removed: the database refuses it, to anybody."""

from django.db import migrations

FORWARD = """
create function journal_entry_is_for_ever() returns trigger language plpgsql as $$
begin
    raise exception 'journal entries are never changed or removed' using errcode = 'restrict_violation';
end $$;
create trigger journal_entry_is_for_ever before update or delete on journal_entry
    for each row execute function journal_entry_is_for_ever();
create trigger journal_entry_is_not_emptied before truncate on journal_entry
    for each statement execute function journal_entry_is_for_ever();
"""
BACKWARD = """
drop trigger journal_entry_is_not_emptied on journal_entry;
drop trigger journal_entry_is_for_ever on journal_entry;
drop function journal_entry_is_for_ever();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
