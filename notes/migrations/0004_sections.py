"""The sections that most weeknotes have, and the key of each heading that is stored already."""

import re

from django.db import migrations

# (name, address, place in a new note or None, about, headings); the first heading is the one offered.
SECTIONS = [
    (
        "What happened",
        "what-happened",
        1,
        "",
        "What happened; What I did; What I did this week; What I’ve been doing; What we did; What we did this week; "
        "This week; Things that happened; Highlights",
    ),
    (
        "What we are learning",
        "learning",
        2,
        "What people wrote under headings such as “Something I’m learning”.",
        "Something I’m learning; Something I learnt; Something I learned; Something I’ve learnt; "
        "Something I’ve learned; Things I’m learning; Things I learnt; Things I learned; Things I’ve learnt; "
        "Things I’ve learned; What I’m learning; What I learnt; What I learned; What I’ve learnt; "
        "What I’ve learned; What I learnt this week; What I learned this week; What I’ve learnt this week; "
        "What I’ve learned this week; One thing I learnt; One thing I learned; One thing I’ve learnt; "
        "One thing I’ve learned; What we’re learning; What we are learning; What we learnt; What we learned; "
        "What we’ve learnt; What we’ve learned; Learning; Learnings; Lessons; Lessons learnt; Lessons learned; "
        "Today I learnt; Today I learned; TIL",
    ),
    (
        "Thanks",
        "thanks",
        None,
        "What people thanked each other for, under a heading of its own.",
        "Thanks; Thank you; Thank yous; Thanks to; Shout-outs; Shoutouts; Kudos; Grateful for",
    ),
    (
        "Next week",
        "next-week",
        3,
        "",
        "Next week; Coming up; What’s next; What next; What I’m doing next week; Plans for next week; Next; "
        "Looking ahead",
    ),
]


BATCH = 1_000


def key_of(heading):
    return re.sub(r"[\W_]+", " ", re.sub("['’‘ʼ`]", "", heading)).strip().casefold()[:120]


def add_sections(apps, schema_editor):
    Section, Heading = (apps.get_model("notes", name) for name in ("Section", "SectionHeading"))
    for name, slug, position, about, headings in SECTIONS:
        section = Section.objects.create(name=name, slug=slug, position=position, about=about)
        for words in headings.split("; "):
            Heading.objects.create(section=section, words=words, key=key_of(words))


def fill_keys(apps, schema_editor):
    Passage = apps.get_model("notes", "Passage")
    under = Passage.objects.exclude(heading="").only("pk", "heading").order_by("pk")
    batch = []
    for passage in under.iterator(chunk_size=BATCH):
        passage.heading_key = key_of(passage.heading)
        batch.append(passage)
        if len(batch) == BATCH:
            Passage.objects.bulk_update(batch, ["heading_key"])
            batch = []
    Passage.objects.bulk_update(batch, ["heading_key"])


def remove_sections(apps, schema_editor):
    apps.get_model("notes", "Section").objects.all().delete()


def forget_former_permission(apps, schema_editor):
    """It is called edit_every_text now, and says more."""
    apps.get_model("auth", "Permission").objects.filter(codename="read_every_draft").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0003_week_of_work"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        migrations.RunPython(add_sections, remove_sections),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(forget_former_permission, migrations.RunPython.noop),
    ]
