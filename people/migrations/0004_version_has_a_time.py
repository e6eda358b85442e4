"""When the directory last changed, for those who ask by date whether a page or feed did."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_names_that_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='directoryversion',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
