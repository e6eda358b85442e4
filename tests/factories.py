"""People, projects, notes and meetings in a line."""

from datetime import date, timedelta

import factory
from django.contrib.auth import get_user_model

from notes.models import Meeting, MeetingSeries, Note
from notes.weeks import friday_of, midday
from notes.writing import write
from people.models import Alias, Organisation, Person, Team
from projects.models import Project

MONDAY = date(2019, 6, 10)


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    @factory.post_generation
    def aliases(self, create, extracted, **kwargs):
        for name in extracted or ():
            Alias.objects.create(entry=self, name=name)


class TeamFactory(EntryFactory):
    class Meta:
        model = Team
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Team Number {number}")


class OrganisationFactory(EntryFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Organisation Number {number}")


class PersonFactory(EntryFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Person Number {number}")


class ProjectFactory(EntryFactory):
    class Meta:
        model = Project
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Project Number {number}")


class SeriesFactory(EntryFactory):
    class Meta:
        model = MeetingSeries
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Series Number {number}")


def weeknote(body="", *, week=MONDAY, is_draft=False, **values):
    """Write a weeknote, published on the Friday of its week."""
    values.setdefault("title", "A week")
    if "author" not in values:
        values["author"] = PersonFactory()
    values.setdefault("published_at", None if is_draft else friday_of(week))
    note = Note(body=body, week=week, **values)
    write(note)
    return note


def post(body="", *, day=MONDAY, **values):
    """Write a post, published at midday."""
    values.setdefault("title", "A post")
    if "author" not in values:
        values["author"] = PersonFactory()
    values.setdefault("published_at", midday(day))
    note = Note(body=body, **values)
    write(note)
    return note


def meeting(body="", *, day=MONDAY, is_draft=False, **values):
    """Write up a meeting, published on its day."""
    if not values.get("series"):
        values.setdefault("title", "A meeting")
    values.setdefault("published_at", None if is_draft else midday(day))
    made = Meeting(body=body, held_on=day, **values)
    write(made)
    return made


def week_after(weeks, start=MONDAY):
    return start + timedelta(weeks=weeks)


def login(name="reader", *, person=None, **values):
    """Make an account, for a person where one is given."""
    user = get_user_model().objects.create_user(name, **values)
    if person:
        person.login = user
        person.save()
    return user


def editor(name="editor"):
    return get_user_model().objects.create_superuser(name, f"{name}@example.org", "editor")
