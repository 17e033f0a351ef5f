from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_signature_outcome_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='signature',
            name=name,
            field=models.CharField(blank=True, default='', max_length=100),
        )
        for name in ('step_name_en', 'position_name_en', 'outcome_name_en')
    ]
