"""Inserting a job tells nobody: the NOTIFY of procrastinate's trigger makes all commits queue behind one lock."""

from django.db import migrations

TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_immutable"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(
            f"alter table procrastinate_jobs disable trigger {TRIGGER}",
            f"alter table procrastinate_jobs enable trigger {TRIGGER}",
        )
    ]
