"""How much was written, week by week, and how a note begins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notes.activity import WEEKS, Activity
from notes.models import Note
from notes.openings import with_openings
from notes.weeks import this_week
from tests.factories import PersonFactory, ProjectFactory, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def write(ago, times=1, body="Spacebank."):
    for _ in range(times):
        weeknote(body, week=this_week() - timedelta(weeks=ago), published_at=timezone.now())


def test_weeks_are_counted_and_the_busiest_named():
    write(0)
    write(3, times=4)
    write(WEEKS - 1)
    write(WEEKS)  # a year ago and a week: not in the strip
    activity = Activity(Note.objects.published())
    assert (activity.total, activity.most) == (6, 4)
    assert activity.busiest == this_week() - timedelta(weeks=3)
    assert activity.bars.count("M") == 3
    assert activity.gaps.count("M") == WEEKS - 3


def test_highest_bar_is_the_busiest_week():
    write(0)
    write(3, times=4)
    assert Activity(Note.objects.all()).bars == "M480 48v-48h8v48zM510 48v-16h8v16z"


def test_strip_counts_what_the_reader_may_see(client):
    ProjectFactory(name="Spacebank")
    write(1)
    weeknote("Spacebank too, with Ann Lee.", week=this_week(), is_draft=True, author=PersonFactory(name="Ann Lee"))
    weeknote("Spacebank again.", week=this_week(), published_at=timezone.now(), audience="signed-in")
    assert words(page(client, "/projects/spacebank/"), "//figcaption").startswith("1 passage in 52 weeks")
    assert words(page(client, "/"), "//figcaption").startswith("1 note in 52 weeks")
    ann = page(client, "/people/ann-lee/")
    assert not ann.xpath("//figcaption")
    assert not ann.xpath("//a[contains(@href, '/projects/spacebank/')]")


def test_nothing_written_has_no_strip(client):
    ProjectFactory(name="Spacebank")
    assert not page(client, "/projects/spacebank/").xpath("//figure")


def test_note_begins_with_its_first_paragraphs():
    long = "A word. " * 60
    weeknote("## Heading\n\nUnder it.", author=PersonFactory())
    weeknote(f"First.\n\nSecond.\n\n- bullet\n\n{long}\n\nNever shown.")
    without, begun = with_openings(Note.objects.order_by("pk"))
    assert without.opening == ""
    assert begun.opening.startswith("First. Second. A word.")
    assert "Never" not in begun.opening
    assert "bullet" not in begun.opening


def test_openings_cost_one_query(django_assert_num_queries):
    for _ in range(6):
        weeknote("Hello.")
    notes = list(Note.objects.all())
    with django_assert_num_queries(1):
        with_openings(notes)


def test_person_is_asked_about_what_they_write_and_are_named_with(client):
    ann = PersonFactory(name="Ann Lee")
    ProjectFactory(name="Spacebank")
    ProjectFactory(name="Library wifi")
    weeknote("Spacebank.\n\nSpacebank again.", author=ann, week=this_week(), published_at=timezone.now())
    weeknote("Library wifi with Ann Lee.", week=this_week(), published_at=timezone.now())
    weeknote("Library wifi with Ann Lee.", week=this_week(), published_at=timezone.now(), audience="signed-in")
    weeknote("Library wifi alone.", week=this_week(), published_at=timezone.now())
    shown = words(page(client, "/people/ann-lee/"), "//dl//a[contains(@class, 'kind-project')]")
    assert shown == "Spacebank 2 passages Library wifi 1 passage"
