"""One of the directory that was always two becomes two."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from notes.models import Action, Attendance, NameChoice, Note
from people.merging import EntryMerging, Refused
from people.models import FormerSlug, Person
from people.splitting import Splitting
from projects.models import Member
from tests.desk import change
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    meeting,
    week_after,
    weeknote,
)
from tests.people.test_merging import page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def michael():
    """Two people on one page."""
    return PersonFactory(name="Michael Scott", role="Caretaker", aliases=["Mick", "Michael Jones"])


def split(client, entry, *, name="Michael Jones", **data):
    """Split by the form, without the look at what would go; return the page that follows."""
    return client.post(page(entry, "split"), {"name": name, "slug": "", "_split": "1"} | data, follow=True)


def new(name="Michael Jones"):
    return Person.objects.get(name=name)


def test_page_lists_what_may_go_with_titles_and_days(editor_client, michael):
    weeknote("Hello", author=michael, title="A week of paint")
    held = meeting("Hello", title="Board")
    held.attendances.create(person=michael)
    weeknote("Hello", title="Together").coauthors.add(michael)
    Member.objects.create(project=ProjectFactory(name="Spacebank"), person=michael)
    told = shown(editor_client.get(page(michael, "split")))
    for words in (
        "A week of paint 10 June 2019",
        "Board 10 June 2019",
        "Together 10 June 2019",
        "Michael Scott in Spacebank",
        "“Mick”",
    ):
        assert words in told
    assert "passages" not in told.lower()  # they follow from the texts


def test_preview_says_what_would_go_and_lets_nothing_go(editor_client, michael):
    note = weeknote("Hello", author=michael, title="A week of paint")
    response = editor_client.post(page(michael, "split"), {"name": "Michael Jones", "notes": note.pk})
    told = shown(response)
    assert "1 note A week of paint" in told
    assert "is a question for its author" in told
    assert not Person.objects.filter(name="Michael Jones").exists()
    again = editor_client.post(page(michael, "split"), {"name": "Michael Jones", "notes": note.pk, "_again": "1"})
    assert f'value="{note.pk}" checked' in again.content.decode()


def test_what_is_chosen_goes_and_the_rest_stays(editor_client, michael):
    theirs, his = weeknote("Hello", author=michael), weeknote("Hello", author=michael, week=week_after(1))
    held = meeting("Hello")
    action = Action.objects.create(meeting=held, words="Ring", owner=michael)
    held.attendances.create(person=michael)
    FormerSlug.objects.create(entry=michael, kind="person", slug="mj")
    split(
        editor_client,
        michael,
        notes=theirs.pk,
        actions=action.pk,
        former_slugs=FormerSlug.objects.get().pk,
        slug="mike",
    )
    jones = new()
    assert list(jones.notes.all()) == [theirs]
    assert list(michael.notes.all()) == [his]
    assert Action.objects.get().owner == jones
    assert Attendance.objects.get().person == michael
    assert FormerSlug.objects.get().entry_id == jones.pk
    assert (jones.slug, jones.role, michael.role) == ("mike", "", "Caretaker")


def test_what_they_wrote_is_on_their_page_at_once(client, editor_client, michael):
    note = weeknote("Painted the hall.", author=michael)
    split(editor_client, michael, notes=note.pk)
    assert set(note.passages.values_list("author", flat=True)) == {new().pk}
    assert "A week" in client.get("/people/michael-jones/").content.decode()


def test_name_goes_stays_or_is_of_both(editor_client, michael):
    mick, jones = michael.aliases.order_by("name").reverse()
    both = michael.aliases.create(name="The caretaker")
    ways = {f"alias-{jones.pk}": "goes", f"alias-{both.pk}": "both", f"alias-{mick.pk}": "stays"}
    split(editor_client, michael, **ways)
    assert michael.names() == {"Michael Scott", "Mick", "The caretaker"}
    assert new().names() == {"Michael Jones", "The caretaker"}


def test_texts_are_linked_to_whom_their_words_mean(editor_client, michael):
    note = weeknote("Michael Jones met Michael Scott.")
    assert note.passages.get(kind="paragraph").mentions.count() == 1
    jones = michael.aliases.get(name="Michael Jones")
    response = split(editor_client, michael, **{f"alias-{jones.pk}": "goes"})
    named = note.passages.get(kind="paragraph").entries.values_list("name", flat=True)
    assert set(named) == {"Michael Jones", "Michael Scott"}
    assert "1 text was linked anew" in shown(response)


def test_shared_name_is_a_question_and_it_is_said_how_often(editor_client, michael):
    for number in range(3):
        weeknote("Thanks to Mick.", week=week_after(number))
    mick = michael.aliases.get(name="Mick")
    response = split(editor_client, michael, **{f"alias-{mick.pk}": "both"})
    assert "3 passages ask now whom or what such a name means" in shown(response)
    assert not michael.mentions.exists()


def test_long_groups_are_chosen_by_a_day(editor_client, michael, monkeypatch):
    monkeypatch.setattr("people.splitting.MOST_LISTED", 3)
    notes = [weeknote("x", author=michael, week=week_after(number), title=f"Week {number}.") for number in range(12)]
    told = shown(editor_client.get(page(michael, "split")))
    assert "The newest 3 of 12 are listed" in told
    assert "Week 11." in told
    assert "Week 8." not in told
    split(
        editor_client, michael, **{"notes-when": "lt", "notes-day": week_after(5).isoformat(), "notes": notes[11].pk}
    )
    assert set(new().notes.all()) == {*notes[:5], notes[11]}


@pytest.mark.parametrize(
    "data",
    [
        {"notes": ["x", "-1", "999999"], "notes-when": "lt", "notes-day": "yesterday"},
        {"notes-when": "in", "notes-day": "2019-06-10"},
        {"notes-when": "gte", "notes-day": "2019-02-31"},
        {"alias-0": "goes", "nothing": "1"},
    ],
)
def test_what_no_form_sends_moves_nothing(editor_client, michael, data):
    weeknote("Hello", author=michael)
    split(editor_client, michael, **data)
    assert not new().notes.exists()


def test_rows_of_others_do_not_go(editor_client, michael):
    note = weeknote("Hello")
    split(editor_client, michael, notes=note.pk)
    assert Note.objects.get().author == note.author


@pytest.mark.parametrize(
    ("name", "slug", "words"), [("", "", "This field is required"), ("X", "ann", "Another page has")]
)
def test_new_one_needs_a_name_and_an_address_of_its_own(editor_client, michael, name, slug, words):
    PersonFactory(name="Ann Lee", slug="ann")
    before = Person.objects.count()
    assert words in shown(split(editor_client, michael, name=name, slug=slug))
    assert Person.objects.count() == before


def test_meeting_that_goes_to_a_new_series_is_found_at_its_old_address(client, editor_client):
    series = SeriesFactory(name="Boards")
    first, second = (meeting("Hello", series=series, day=MONDAY + timedelta(days=number)) for number in range(2))
    split(editor_client, series, name="DMT board", meetings=first.pk)
    response = client.get("/meetings/boards/2019-06-10/")
    assert (response.status_code, response.headers["Location"]) == (301, "/meetings/dmt-board/2019-06-10/")
    assert client.get(second.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("factory", [TeamFactory, OrganisationFactory, ProjectFactory, SeriesFactory])
def test_every_kind_can_be_split(editor_client, factory):
    entry = factory(name="Both of them")
    split(editor_client, entry, name="One of them")
    assert set(type(entry).objects.values_list("name", flat=True)) == {"Both of them", "One of them"}


def test_every_number_is_written_down(editor_client, michael):
    note = weeknote("Hello", author=michael)
    split(editor_client, michael, notes=note.pk)
    said = dict(LogEntry.objects.values_list("object_id", "change_message"))
    assert f"1 note ({note.pk})" in said[str(michael.pk)]
    assert f"Split off “Michael Scott” (number {michael.pk})" in said[str(new().pk)]


def test_merging_them_is_the_way_back(editor_client, michael):
    note = weeknote("Michael Jones, known as Mick.", author=michael)
    NameChoice.objects.create(author=PersonFactory(), words="the boss", key="the boss", entry=michael)
    jones = michael.aliases.get(name="Michael Jones")
    split(editor_client, michael, notes=note.pk, **{f"alias-{jones.pk}": "goes"})
    EntryMerging(michael, new()).do()
    assert michael.names() == {"Michael Scott", "Mick", "Michael Jones"}
    assert Note.objects.get().author == michael


def test_page_costs_the_same_however_much_there_is(editor_client, michael, django_assert_max_num_queries):
    for number in range(30):
        note = weeknote("Hello", author=michael, week=week_after(number))
        weeknote("Hello", week=week_after(number)).coauthors.add(michael)
        meeting("Hello", series=SeriesFactory()).attendances.create(person=michael)
        Member.objects.create(project=ProjectFactory(), person=michael)
    assert note
    with django_assert_max_num_queries(45):
        editor_client.get(page(michael, "split"))


def test_former_address_that_the_new_one_takes_is_its_own(client, editor_client):
    michael = PersonFactory(name="Michael Jones")
    michael.name, michael.slug = "Michael Scott", "michael-scott"
    michael.save()
    split(editor_client, michael, name="Michael Jones", slug="michael-jones")
    assert not FormerSlug.objects.exists()
    assert "Michael Jones" in client.get("/people/michael-jones/").content.decode()
    assert editor_client.get(change(michael)).status_code == 200
    assert reverse("people:detail", args=["michael-jones"]) == new().get_absolute_url()


def test_pressing_twice_makes_one(editor_client, michael):
    note = weeknote("Hello", author=michael)
    split(editor_client, michael, notes=note.pk)
    response = split(editor_client, michael)
    assert "There is Michael Jones in the directory already" in shown(response)
    assert Person.objects.filter(name="Michael Jones").count() == 1
    assert Note.objects.get().author == new()


def test_name_of_another_is_refused_before_anything_is_shown_to_go(editor_client, michael):
    PersonFactory(name="Michael Jones")
    response = editor_client.post(page(michael, "split"), {"name": "michael jones", "slug": ""})
    assert "in the directory already" in shown(response)
    assert "Split them" not in shown(response)


def test_splitting_itself_refuses_a_name_that_is_taken(michael):
    PersonFactory(name="Michael Jones")
    with pytest.raises(Refused):
        Splitting(michael).do(Person(name="Michael Jones"), {}, {})
