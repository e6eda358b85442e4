"""Rules of notes and meetings: weeks, addresses, who sees them and when."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from notes.models import Action, Break, Meeting, NameChoice, Note
from notes.models.texts import Audience
from notes.writing import write
from tests.factories import (
    MONDAY,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    post,
    weeknote,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [MONDAY + timedelta(days=offset) for offset in range(1, 7)])
def test_week_is_a_monday(day):
    note = Note(title="A week", author=PersonFactory(), week=day)
    with pytest.raises(ValidationError, match="A week begins on a Monday"):
        note.full_clean(exclude=["slug"])
    with pytest.raises(IntegrityError), transaction.atomic():
        note.save()


def test_one_weeknote_an_author_and_week_and_drafts_count():
    first = weeknote(is_draft=True)
    second = Note(title="Again", author=first.author, week=MONDAY)
    with pytest.raises(ValidationError, match="has a weeknote for that week already"):
        second.full_clean(exclude=["slug"])
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_another_weeknote_is_fine_as_extra_on_behalf_or_by_a_co_author():
    author = PersonFactory()
    weeknote(author=author)
    weeknote(author=author, is_extra=True)
    weeknote(author=author, project=ProjectFactory())
    weeknote(author=author, team=TeamFactory())
    weeknote().coauthors.add(author)
    assert Note.objects.count() == 5


def test_note_is_on_behalf_of_one():
    note = Note(title="A week", author=PersonFactory(), project=ProjectFactory(), team=TeamFactory(), week=MONDAY)
    with pytest.raises(ValidationError, match="of a project or of a team, not of both"):
        note.full_clean(exclude=["slug"])


def test_posts_need_a_title_and_weeknotes_get_one():
    with pytest.raises(ValidationError, match="Give the post a title"):
        Note(author=PersonFactory()).full_clean(exclude=["slug"])
    note = Note(author=PersonFactory(), week=MONDAY)
    note.full_clean(exclude=["slug"])
    assert note.title == "Weeknote w/c 10 June 2019"


def test_addresses_carry_the_week_or_the_day_of_publication():
    assert weeknote(title="LOTI launches!").get_absolute_url() == "/notes/2019/06/10/loti-launches/"
    assert post(title="A talk", day=date(2019, 6, 12)).get_absolute_url() == "/notes/2019/06/12/a-talk/"


def test_second_note_of_a_day_and_title_gets_a_number():
    weeknote(title="Busy")
    assert weeknote(title="Busy").slug == "busy-2"


def test_date_in_an_address_is_frozen_once_published():
    note = weeknote(title="Busy")
    note.week = MONDAY + timedelta(weeks=1)
    write(note)
    assert note.get_absolute_url() == "/notes/2019/06/10/busy/"
    assert note.on == MONDAY + timedelta(weeks=1)


def test_date_of_a_draft_follows_its_week():
    note = weeknote(title="Busy", is_draft=True)
    note.week = MONDAY + timedelta(weeks=1)
    write(note)
    assert note.get_absolute_url() == "/notes/2019/06/17/busy/"


def test_state_follows_from_the_moment_of_publication():
    now = timezone.now()
    assert Note(published_at=None).state == "draft"
    assert Note(published_at=now + timedelta(hours=1)).state == "scheduled"
    assert Note(published_at=now - timedelta(hours=1)).state == "published"


def test_scheduled_text_appears_at_its_moment_with_nothing_run(monkeypatch):
    moment = timezone.now() + timedelta(hours=1)
    note = weeknote(published_at=moment)
    assert note not in Note.objects.published()
    monkeypatch.setattr("notes.models.texts.timezone.now", lambda: moment)
    assert note in Note.objects.published()


@pytest.fixture
def texts():
    """One text of each state and audience, of notes and of meetings, under words that tell them apart."""
    soon = timezone.now() + timedelta(days=1)
    author = PersonFactory()
    made = {"author": author}
    for name, write_one, own in (
        ("note", post, {"author": author}),
        ("meeting", meeting, {"chair": author}),
    ):
        made[f"open {name}"] = write_one(title=f"open {name}", **own)
        made[f"internal {name}"] = write_one(title=f"internal {name}", audience=Audience.SIGNED_IN, **own)
        made[f"draft {name}"] = write_one(title=f"draft {name}", published_at=None, **own)
        made[f"scheduled {name}"] = write_one(title=f"scheduled {name}", published_at=soon, **own)
    return made


@pytest.mark.parametrize(("model", "name"), [(Note, "note"), (Meeting, "meeting")])
class TestWhoSeesWhat:
    """One rule for lists and one for opening, for notes and meetings alike."""

    def titles(self, queryset):
        return {text.title.split()[0] for text in queryset}

    def test_stranger(self, texts, model, name):
        assert self.titles(model.objects.listed_for(AnonymousUser())) == {"open"}
        assert self.titles(model.objects.readable_by(AnonymousUser())) == {"open"}

    def test_colleague(self, texts, model, name):
        reader = login()
        assert self.titles(model.objects.listed_for(reader)) == {"open", "internal"}
        assert self.titles(model.objects.readable_by(reader)) == {"open", "internal"}

    def test_author(self, texts, model, name):
        user = login(person=texts["author"])
        assert self.titles(model.objects.listed_for(user)) == {"open", "internal"}
        assert self.titles(model.objects.readable_by(user)) == {"open", "internal", "draft", "scheduled"}

    def test_editor(self, texts, model, name):
        user = login()
        user.user_permissions.add(Permission.objects.get(codename="edit_every_text"))
        assert self.titles(model.objects.listed_for(user)) == {"open", "internal"}
        assert self.titles(model.objects.readable_by(user)) == {"open", "internal", "draft", "scheduled"}


def test_co_author_opens_the_draft_too():
    note = weeknote(is_draft=True)
    helper = PersonFactory()
    note.coauthors.add(helper)
    assert note in Note.objects.readable_by(login(person=helper))


def test_meetings_of_a_series_have_its_address_and_their_day():
    dmt = SeriesFactory(name="DMT")
    assert meeting(series=dmt).get_absolute_url() == "/meetings/dmt/2019-06-10/"
    assert meeting(series=dmt).get_absolute_url() == "/meetings/dmt/2019-06-10-2/"
    assert meeting(title="Site visit").get_absolute_url() == "/meetings/2019-06-10/site-visit/"


def test_meeting_without_a_series_needs_a_title():
    with pytest.raises(ValidationError, match="Give the meeting, or a series, a title"):
        Meeting(held_on=MONDAY).full_clean()


def test_action_has_one_owner_and_keeps_its_history():
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(meeting=meeting(), words="Ring them")
    action = Action.objects.create(meeting=meeting(), words="Ring them", owner=PersonFactory())
    action.state = Action.State.DONE
    action.save(changed_by=login())
    action.save()
    assert [(change.state, str(change.changed_by)) for change in action.changes.all()] == [
        ("open", "None"),
        ("done", "reader"),
    ]


def test_action_is_overdue_the_day_after_it_was_due():
    today = timezone.localdate()
    assert Action(due_on=today - timedelta(days=1)).is_overdue
    assert not Action(due_on=today).is_overdue
    assert not Action(due_on=today - timedelta(days=1), state=Action.State.DONE).is_overdue


def test_break_ends_after_it_starts():
    with pytest.raises(ValidationError, match="is before the break starts"):
        Break(person=PersonFactory(), starts_on=MONDAY, ends_on=MONDAY - timedelta(days=1)).full_clean()


@pytest.mark.parametrize("scope", ["author", "text", "everybody"])
def test_name_is_settled_once_for_each_author_text_and_for_everybody(scope):
    """In whatever case and with whatever quotes it is written."""
    person = PersonFactory()
    whose = {"author": {"author": person}, "text": {"text": weeknote("x").text_ptr}, "everybody": {}}[scope]
    NameChoice.objects.create(words="O’Shea", entry=person, **whose)
    with pytest.raises(ValidationError, match="settled"):
        NameChoice(words="O'SHEA", **whose).full_clean()
    NameChoice(words="Mick", entry=PersonFactory(name="Michael Day"), **whose).full_clean()


def test_name_is_settled_for_a_text_or_an_author():
    with pytest.raises(ValidationError, match="for one text or for one author"):
        NameChoice(text=weeknote("x").text_ptr, author=PersonFactory(), words="Mick").full_clean()
