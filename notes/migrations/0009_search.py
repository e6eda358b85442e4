"""Search finds texts by the stems of their words: those of all texts there are, and the index of each database."""

import django.db.models.deletion
from django.db import migrations, models

from notes.search.backends import install, uninstall
from notes.search.rebuilding import rebuild_lines, rebuild_texts


def fill(apps, schema_editor):
    """Write the stems of every text there is, in batches."""
    models = {name: apps.get_model("notes", name) for name in ("Text", "Passage", "SearchText", "Decision", "Action")}
    for name in ("Passage", "Decision", "Action"):
        rebuild_lines(models[name], writes=True)
    rebuild_texts(models["Text"], models["Passage"], models["SearchText"], writes=True)


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0008_whom_a_name_may_mean'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='notes.text')),
                ('title', models.TextField()),
                ('body', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='action',
            name='stems',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='decision',
            name='stems',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='passage',
            name='stems',
            field=models.TextField(default='', editable=False),
        ),
        migrations.RunPython(install, uninstall),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
