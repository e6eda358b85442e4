"""How often and when each text was changed, for feeds; and headings that a section recognises by its words."""

import django.utils.timezone
from django.db import migrations, models

from django.db.models import F, Min

from notes.headings import meanings_listed, section_of


def date_what_is_there(apps, schema_editor):
    """What was published was last edited then, as far as is known."""
    Text = apps.get_model("notes", "Text")
    Text.objects.filter(published_at__isnull=False).update(edited_at=F("published_at"))


def recognise_headings(apps, schema_editor):
    Heading, Passage = (apps.get_model("notes", name) for name in ("SectionHeading", "Passage"))
    listed = meanings_listed(Heading.objects.values_list("section", "key"))
    known = set(Heading.objects.values_list("key", flat=True))
    used = Passage.objects.filter(heading_key__gt="").order_by().values("heading_key").annotate(words=Min("heading"))
    for key, words in used.values_list("heading_key", "words"):
        section = section_of(key, listed)
        if section and key not in known:
            Heading.objects.create(section_id=section, key=key, words=words[:120], standing="found")


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0009_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='sectionheading',
            name='standing',
            field=models.CharField(choices=[('listed', 'an editor listed it'), ('found', 'recognised by its words'), ('refused', 'not of this section')], default='listed', max_length=8, verbose_name='how it is here', help_text='What is refused stays known, so that it is not recognised again.'),
        ),
        migrations.AddField(
            model_name='text',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='text',
            name='edited_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='text',
            name='revision',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddIndex(
            model_name='text',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['published_at', 'audience', 'withdrawn_at', 'changed_at', 'revision'], name='texts_by_publication'),
        ),
        migrations.RunPython(date_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(recognise_headings, migrations.RunPython.noop),
    ]
