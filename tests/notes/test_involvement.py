"""Who works on a project, as the notes show it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notes.weeks import this_week
from projects.models import Member
from tests.factories import PersonFactory, ProjectFactory, login, meeting, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return ProjectFactory(name="Spacebank")


def week_before(number):
    return this_week() - timedelta(weeks=number)


def write_of_it(times, body="Spacebank.", **values):
    """Write a note for each of the last weeks; this one's would come out on Friday."""
    return [weeknote(body, week=week_before(number + 1), **values) for number in range(times)]


def inferred(client):
    tree = page(client, "/projects/spacebank/")
    return words(tree, "//h3[.='In the notes about it']/following-sibling::ul[1]")


def test_three_notes_make_somebody_one_of_its_people(client, project):
    write_of_it(3, "Spacebank with Ann Lee.", author=PersonFactory(name="Bob Day"))
    write_of_it(2, author=PersonFactory(name="Cy Roe"))
    PersonFactory(name="Ann Lee")
    for note in project.notes.model.objects.filter(author__name="Bob Day"):
        note.body += " Again."
        note.save()
    assert "Bob Day 3 notes" in inferred(client)
    assert "Cy Roe" not in inferred(client)


def test_written_and_named_count_together_and_no_note_twice(client, project):
    ann, bob, cat = (PersonFactory(name=name) for name in ("Ann Lee", "Bob Day", "Cat Fox"))
    notes = write_of_it(2, "Spacebank, says Ann Lee. Ann Lee!", author=ann)
    weeknote("Spacebank with Ann Lee.", author=bob, week=week_before(5))
    for note in notes:
        note.coauthors.add(cat)
    weeknote("Spacebank and Cat Fox.", author=bob, week=week_before(5), is_extra=True)
    shown = inferred(client)
    assert "Ann Lee 3 notes" in shown
    assert "Cat Fox 3 notes" in shown
    assert "Bob Day" not in shown


def test_listed_left_and_long_ago_are_left_out(client, project):
    member, lead = PersonFactory(name="Mem Ber"), PersonFactory(name="Lea Der")
    gone = PersonFactory(name="Gone Day", left_on=timezone.localdate())
    Member.objects.create(project=project, person=member)
    project.lead = lead
    project.save()
    for author in (member, lead, gone):
        write_of_it(3, author=author)
    long_ago = this_week() - timedelta(weeks=60)
    for number in range(3):
        weeknote("Spacebank.", author=PersonFactory(name=f"Old {number}"), week=long_ago)
    old = PersonFactory(name="Old Hand")
    for number in range(3):
        weeknote("Spacebank.", author=old, week=long_ago - timedelta(weeks=number))
    assert inferred(client) == ""


def test_meetings_do_not_count_and_what_is_internal_counts_for_colleagues(client, project):
    ann = PersonFactory(name="Ann Lee")
    for number in range(3):
        meeting("Spacebank with Ann Lee", day=this_week() - timedelta(days=number), title=f"{number}")
    assert inferred(client) == ""
    write_of_it(3, author=ann, audience="signed-in")
    assert inferred(client) == ""
    client.force_login(login())
    assert "Ann Lee 3 notes" in inferred(client)
