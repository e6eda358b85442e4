"""Names that are a question have a table of their own; a choice holds for a text, an author or everybody."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-"})


def key_of(words):
    return " ".join(words.translate(SAME).split()).lower()[:120]


def keep_what_was_asked(apps, schema_editor):
    NameChoice, Mention, Question = (apps.get_model("notes", name) for name in ("NameChoice", "Mention", "Question"))
    for choice in NameChoice.objects.iterator():
        choice.key = key_of(choice.words)
        choice.save(update_fields=["key"])
    asked = {}
    unsettled = Mention.objects.filter(entry__isnull=True)
    for mention in unsettled.select_related("passage").iterator():
        for start, end, _ in mention.places:
            key = key_of(mention.passage.words[start:end])
            asked.setdefault((mention.passage_id, key), []).append([start, end])
    Question.objects.bulk_create(
        (Question(passage_id=passage, key=key, kind="which", places=places) for (passage, key), places in asked.items()),
        batch_size=500,
    )
    unsettled.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0005_picture_sizes'),
        ('people', '0003_names_that_change'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=100, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('which', 'several are called so'), ('whether', 'perhaps somebody or something known'), ('who', 'nobody known')], max_length=8)),
                ('key', models.CharField(max_length=120)),
                ('places', models.JSONField()),
            ],
            options={
                'verbose_name': 'name to settle',
                'verbose_name_plural': 'names to settle',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_hidden', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'thanks',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='namechoice',
            name='name_is_settled_once',
        ),
        migrations.AddField(
            model_name='namechoice',
            name='key',
            field=models.CharField(default='', editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='namechoice',
            name='made_on',
            field=models.DateField(default=django.utils.timezone.localdate, editable=False),
        ),
        migrations.AddField(
            model_name='namechoice',
            name='text',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='name_choices', to='notes.text'),
        ),
        migrations.AlterField(
            model_name='namechoice',
            name='author',
            field=models.ForeignKey(blank=True, help_text='In whose texts the name is settled. Empty: in everybody’s.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='name_choices', to='people.person'),
        ),
        migrations.AlterField(
            model_name='namechoice',
            name='entry',
            field=models.ForeignKey(blank=True, help_text='The one they mean. Empty: nobody and nothing, it is just a word.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='chosen_by', to='people.entry', verbose_name='they mean'),
        ),
        migrations.AddField(
            model_name='formertag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='taggit.tag'),
        ),
        migrations.AddField(
            model_name='question',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='notes.passage'),
        ),
        migrations.AddField(
            model_name='thanks',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='notes.passage'),
        ),
        migrations.AddField(
            model_name='thanks',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='people.person'),
        ),
        migrations.AddField(
            model_name='waiting',
            name='text',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='notes.text'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['key', 'passage'], name='questions_by_name'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('passage', 'key'), name='name_is_asked_once_a_passage'),
        ),
        migrations.AddConstraint(
            model_name='thanks',
            constraint=models.UniqueConstraint(fields=('passage', 'person'), name='person_is_thanked_once_a_passage'),
        ),
        migrations.RunPython(keep_what_was_asked, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='mention',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='people.entry'),
        ),
        migrations.AddConstraint(
            model_name='namechoice',
            constraint=models.UniqueConstraint(condition=models.Q(('author__isnull', False)), fields=('author', 'key'), name='name_is_settled_once_an_author', violation_error_message='This author has settled that name already.'),
        ),
        migrations.AddConstraint(
            model_name='namechoice',
            constraint=models.UniqueConstraint(condition=models.Q(('text__isnull', False)), fields=('text', 'key'), name='name_is_settled_once_a_text', violation_error_message='That name is settled in this text already.'),
        ),
        migrations.AddConstraint(
            model_name='namechoice',
            constraint=models.UniqueConstraint(condition=models.Q(('author__isnull', True), ('text__isnull', True)), fields=('key',), name='name_is_settled_once_for_everybody', violation_error_message='That name is settled for everybody already.'),
        ),
        migrations.AddConstraint(
            model_name='namechoice',
            constraint=models.CheckConstraint(condition=models.Q(('author__isnull', True), ('text__isnull', True), _connector='OR'), name='name_is_settled_for_a_text_or_an_author', violation_error_message='A name is settled for one text or for one author.'),
        ),
    ]
