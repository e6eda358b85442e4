"""Five thousand rows of everything a page lists cost the queries that five cost."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from hackit.roles import Role, give
from notes.models import (
    Action,
    Break,
    Decision,
    Meeting,
    MeetingProject,
    Mention,
    Note,
    Passage,
    Reference,
    TaggedPassage,
    Text,
    Thanks,
)
from notes.weeks import this_week
from people.models import Entry, Organisation, Person, Team
from projects.models import Member, Project
from tests.factories import login, meeting
from tests.hackit.site import furnish, is_outlet
from tests.hackit.test_costs import costs, fill

pytestmark = pytest.mark.django_db

FEW, MANY = 5, 5_000


def multiply(row, **columns):
    """Copy a row of a model that has its columns in two tables, MANY times; return the keys of the copies.

    `columns` are SQL for what differs, with the new key as `parent.id`.
    """
    parents, child = type(row)._meta.parents, type(row)._meta
    [(parent, link)] = parents.items()
    first = parent.objects.order_by("-pk").first().pk
    values = {field.attname: getattr(row, field.attname) for field in parent._meta.concrete_fields}
    copies = [parent(**values | {"id": None}) for _ in range(MANY)]
    for number, copy in enumerate(copies):
        if hasattr(copy, "slug"):
            copy.slug = f"{copy.slug}-{number}-copy"
    parent.objects.bulk_create(copies)
    names = [field.column for field in child.local_concrete_fields]
    chosen = [
        "parent.id" if name == link.column else columns.get(name, f"template.{connection.ops.quote_name(name)}")
        for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {child.db_table} ({', '.join(map(connection.ops.quote_name, names))}) "  # noqa: S608
            f"SELECT {', '.join(chosen)} FROM {parent._meta.db_table} parent, {child.db_table} template "
            f"WHERE template.{link.column} = %s AND parent.id > %s",
            [row.pk, first],
        )
    return list(parent.objects.filter(pk__gt=first).order_by("pk").values_list("pk", flat=True))


def fill_up():
    """Add MANY of everything, around the furnished person, project, series and note."""
    ann, space = Person.objects.get(slug="ann-lee"), Project.objects.get(slug="spacebank")
    note, held = Note.objects.get(title="A week of Spacebank"), Meeting.objects.filter(series__slug="dmt").first()
    people = multiply(Person.objects.exclude(pk=ann.pk).first())
    projects = multiply(Project.objects.exclude(pk=space.pk).first())
    multiply(Organisation.objects.first())
    multiply(Team.objects.first())
    Note.objects.filter(pk=note.pk).update(is_extra=True)  # so that its author may have many of a week
    texts = multiply(note, slug="'copy-' || parent.id", is_extra="(1 = 1)")
    meetings = multiply(held, slug="'2019-06-10-' || parent.id")
    now, monday = timezone.now(), this_week()
    tags = Tag.objects.bulk_create(Tag(name=f"copy {number}", slug=f"copy-{number}") for number in range(MANY))
    passages = Passage.objects.bulk_create(
        Passage(
            text_id=pk,
            position=0,
            kind="paragraph",
            anchor="a",
            words="Spacebank",
            heading="Learning",
            heading_key="learning",
            on=monday,
            author=ann,
        )
        for pk in [*texts, *meetings]
    )
    series = Entry.objects.get(slug="dmt")
    Mention.objects.bulk_create(
        Mention(passage=passage, entry_id=entry, on=monday, places=[])
        for passage, person in zip(passages, [*people, *projects], strict=True)
        for entry in (space.pk, ann.pk, series.pk, person)
    )
    Thanks.objects.bulk_create(Thanks(passage=passage, person=ann) for passage in passages)
    TaggedPassage.objects.bulk_create(
        TaggedPassage(content_object=passage, tag=tag) for passage, tag in zip(passages, tags, strict=False)
    )
    fixit = Tag.objects.get(slug="fixit")
    TaggedPassage.objects.bulk_create(TaggedPassage(content_object=passage, tag=fixit) for passage in passages)
    Reference.objects.bulk_create(Reference(passage=passage, text_id=note.pk) for passage in passages)
    Reference.objects.bulk_create(Reference(passage=passage, text_id=held.pk) for passage in passages)
    MeetingProject.objects.bulk_create(MeetingProject(meeting_id=pk, project=space) for pk in meetings)
    Action.objects.bulk_create(
        Action(meeting_id=pk, words="x", owner=ann, project=space, due_on=monday) for pk in meetings
    )
    Decision.objects.bulk_create(Decision(meeting_id=pk, words="x", project=space) for pk in meetings)
    Member.objects.bulk_create(Member(project_id=pk, person=ann) for pk in projects)
    Break.objects.bulk_create(Break(person_id=pk, starts_on=monday) for pk in people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself, once rows are there to stay
    assert Text.objects.filter(published_at__lte=now).count() > 2 * MANY


def desk_costs(client):
    """Return how many queries each list of the desk costs."""
    found = {}
    for model in admin.site._registry:
        if model is not Entry:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[model._meta.label] = len(queries)
    return found


def test_every_list_costs_the_same_at_5_and_at_5000_rows():
    """For a stranger and, with the desk's lists, for an editor."""
    stranger, editor = Client(), Client()
    user = login("editor")
    give(user, Role.ADMINISTRATOR)
    editor.force_login(user)
    note = furnish()
    fill(FEW)
    meeting("Hello", title="Alone")
    few = [costs(client, note) for client in (stranger, editor)] + [desk_costs(editor)]
    fill_up()
    for client, before in zip((stranger, editor), few, strict=False):
        for route, (queries, size) in costs(client, note).items():
            # A feed asks for what meetings are about only where one is among the newest texts.
            assert queries <= before[route][0] if is_outlet(route) else queries == before[route][0], route
            # A calendar has no pages: it is cut at a number of events.
            assert size < (1_000_000 if is_outlet(route) else 100_000), f"{route} is {size} bytes"
    assert desk_costs(editor) == few[2]
