"""A week's work, told in one test: who writes what, and what every page then knows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hackit.roles import Role, give
from notes.models import Action, Meeting, Note
from notes.weeks import this_week
from people.models import Person
from projects.models import Project
from tests.desk import act, change, form_of, save
from tests.factories import PersonFactory, ProjectFactory, SeriesFactory, TeamFactory, login
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db

ADD_MEETING = "/admin/notes/meeting/add/"


class Week:
    """The people of the story, each with a browser of their own."""

    def __init__(self):
        self.team = TeamFactory(name="Digital Team", slug="digital")
        self.space = ProjectFactory(name="Spacebank")
        self.dmt = SeriesFactory(name="DMT", slug="dmt")
        self.ann = self.joins("Ann Lee", Role.AUTHOR)
        self.bob = self.joins("Bob Day", Role.AUTHOR)
        self.cat = self.joins("Cat Fox", Role.AUTHOR)
        self.eve = self.joins("Eve Roe", Role.EDITOR)
        self.max = self.joins("Max Ray", Role.READER)
        self.stranger = Client()

    def joins(self, name, role):
        person = PersonFactory(name=name, team=self.team)
        give(login(person.slug, person=person), role)
        browser = Client()
        browser.force_login(person.login)
        browser.person = person
        return browser

    def shows(self, browser, address):
        return words(page(browser, address))


def now_as_typed(moment=None):
    local = timezone.localtime(moment or timezone.now() - timedelta(minutes=1))
    return {"published_at_0": f"{local:%d/%m/%Y}", "published_at_1": f"{local:%H:%M:%S}"}


def saved(response):
    assert response.status_code == 302, response.context["errors"]
    return response


def write(author, **values):
    """Take the one click that begins this week's note, and send what it opens."""
    address = author.get("/admin/notes/note/this-week/", follow=True).redirect_chain[-1][0]
    saved(save(author, address, **values))
    return Note.objects.get(author=author.person, week=this_week())


@pytest.fixture
def follow_up(django_capture_on_commit_callbacks):
    """Texts follow changed names once the change is stored."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_week(monkeypatch, follow_up):  # noqa: PLR0915 - it is a story
    week = Week()
    ann, bob, cat, eve, manager = week.ann, week.bob, week.cat, week.eve, week.max
    today = timezone.localdate()

    # Ann begins her note on Monday. Nobody else finds it, not even the editor in a list.
    first = write(ann, body="Spacebank is going to alpha, says Bob Day.\n\n## Something I’m learning\n\nPatience.")
    for browser in (week.stranger, manager, bob, eve):
        assert "going to alpha" not in week.shows(browser, "/projects/spacebank/")
        assert first.title not in week.shows(browser, "/notes/")
    assert bob.get(first.get_absolute_url()).status_code == 404
    assert "Write on" in week.shows(ann, first.get_absolute_url())

    # On Wednesday she opens the same note with the same click, and publishes it: every page knows.
    assert write(ann, **now_as_typed()).pk == first.pk
    for address in ("/", f"/weeks/{this_week()}/", "/projects/spacebank/", "/people/bob-day/", "/teams/digital/"):
        assert "going to alpha" in week.shows(week.stranger, address), address
    assert "Patience." in week.shows(week.stranger, "/learning/")

    # Bob writes with Cat, for colleagues only, and schedules it.
    later = timezone.now() + timedelta(hours=3)
    second = write(
        bob,
        title="Rooms",
        body=f"Thanks to Ann Lee. See [her note]({first.get_absolute_url()}). Spacebank has rooms.",
        audience="signed-in",
        **now_as_typed(later),
        **{"coauthor_set-TOTAL_FORMS": "1", "coauthor_set-0-person": cat.person.pk},
    )
    assert "has rooms" not in week.shows(manager, "/projects/spacebank/")
    saved(save(cat, change(second), tags="rooms"))  # a co-author may write on

    # Its moment comes by itself, for colleagues and not for strangers.
    with monkeypatch.context() as clock:
        moment = timezone.now() + timedelta(hours=4)
        clock.setattr(timezone, "now", lambda: moment)
        assert "has rooms" in week.shows(manager, "/projects/spacebank/")
        assert "has rooms" not in week.shows(week.stranger, "/projects/spacebank/")
        assert "Rooms" in words(page(manager, first.get_absolute_url()), "//aside")
        assert "Rooms" not in words(page(week.stranger, first.get_absolute_url()), "//aside")
    saved(save(bob, change(second), **now_as_typed()))

    # DMT meets: Ann chairs, Bob comes, Cat sends apologies; it decides, and gives Bob something to do.
    data = form_of(ann.get(ADD_MEETING))
    assert data["chair"] == str(ann.person.pk)
    data |= {
        "series": week.dmt.pk,
        "held_on": f"{today:%d/%m/%Y}",
        "body": "Bob Day spoke of Spacebank.",
        "attendances-TOTAL_FORMS": "2",
        "attendances-0-person": bob.person.pk,
        "attendances-1-person": cat.person.pk,
        "attendances-1-sent_apologies": "on",
        "meetingproject_set-TOTAL_FORMS": "1",
        "meetingproject_set-0-project": week.space.pk,
        "decisions-TOTAL_FORMS": "1",
        "decisions-0-words": "Spacebank goes to alpha.",
        "actions-TOTAL_FORMS": "2",
        "actions-0-words": "Book the panel",
        "actions-0-owner": bob.person.pk,
        "actions-0-due_on": f"{today - timedelta(days=1):%d/%m/%Y}",
        "actions-0-state": "open",
        "actions-1-words": "Tell the Mayor",
        "actions-1-owner": ann.person.pk,
        "actions-1-state": "open",
        **now_as_typed(),
    }
    saved(ann.post(ADD_MEETING, data))
    held = Meeting.objects.get()
    shown = week.shows(week.stranger, held.get_absolute_url())
    for said in ("Spacebank goes to alpha.", "Book the panel", "ApologiesCat Fox", "Overdue since"):
        assert said in shown
    for address in ("/decisions/", "/projects/spacebank/", "/meetings/dmt/"):
        assert "Spacebank goes to alpha." in week.shows(week.stranger, address), address
    for address in ("/actions/", "/people/bob-day/", "/projects/spacebank/", "/meetings/dmt/", "/actions/?by=owner"):
        assert "Book the panel" in week.shows(week.stranger, address), address
    assert "Book the panel" in bob.get("/admin/").content.decode()

    # Next week it meets again. What is open comes back; what is done does not.
    panel = Action.objects.get(words="Book the panel")
    saved(save(ann, change(Action.objects.get(words="Tell the Mayor")), state="done"))
    data = form_of(ann.get(ADD_MEETING)) | {
        "series": week.dmt.pk,
        "held_on": f"{today + timedelta(days=7):%d/%m/%Y}",
        **now_as_typed(),
    }
    saved(ann.post(ADD_MEETING, data))
    again = Meeting.objects.get(held_on=today + timedelta(days=7)).get_absolute_url()
    assert "Still open from before Book the panel" in week.shows(week.stranger, again)
    assert "Tell the Mayor" not in week.shows(week.stranger, again)
    saved(save(bob, change(panel), state="done"))
    assert "Book the panel" not in week.shows(week.stranger, again)
    assert "Book the panel" in week.shows(week.stranger, "/actions/?state=done")
    assert [(one.state, str(one.changed_by)) for one in panel.changes.all()] == [
        ("open", "ann-lee"),
        ("done", "bob-day"),
    ]

    # Cat may not change what is Ann's; Ann withdraws her note herself, and sees who links to it.
    assert cat.post(change(first), form_of(ann.get(change(first))) | {"title": "Cat was here"}).status_code == 403
    assert "Rooms" in ann.get(change(first)).content.decode()
    saved(save(ann, change(first), is_withdrawn="on", withdrawn_because="I spoke too soon."))
    for browser in (week.stranger, manager, eve):
        gone = browser.get(first.get_absolute_url())
        assert gone.status_code == 410
        assert "I spoke too soon." in gone.content.decode()
    for address in (
        "/",
        f"/weeks/{this_week()}/",
        "/projects/spacebank/",
        "/people/bob-day/",
        "/learning/",
        "/notes/",
    ):
        assert "going to alpha" not in week.shows(manager, address), address
        assert "Patience." not in week.shows(manager, address), address

    # The editor puts it back: it is where it was.
    act(eve, Note, "put_back", first)
    assert "going to alpha" in week.shows(week.stranger, "/projects/spacebank/")

    # Bob leaves. What he wrote and promised stays his; the team no longer lists him, and he cannot come in.
    act(eve, Person, "mark_as_left", bob.person)
    assert "left" in week.shows(week.stranger, "/people/bob-day/")
    assert bob.get("/admin/").status_code == 302
    assert "Rooms" in week.shows(manager, "/people/bob-day/")
    assert "Bob Day" not in words(page(week.stranger, "/teams/digital/"), "//section[h2='People']")
    assert "has rooms" in week.shows(manager, "/projects/spacebank/")

    # The project gets a new name and address: old links lead on, what was written says what it said.
    with follow_up():
        saved(save(eve, change(week.space), name="Space Bank", slug="space-bank"))
    moved = week.stranger.get("/projects/spacebank/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/projects/space-bank/")
    shown = week.shows(week.stranger, "/projects/space-bank/")
    assert "Spacebank is going to alpha" in shown
    assert "Spacebank goes to alpha." in shown
    assert "/projects/space-bank/" in week.stranger.get(first.get_absolute_url()).content.decode()
    assert Project.objects.get().aliases.get().name == "Spacebank"

    # The manager asks what was said of it with Ann this week, and gets an address to send on.
    asked = f"/projects/space-bank/?person=ann-lee&from={this_week()}&to={this_week() + timedelta(days=6)}"
    shown = week.shows(manager, asked)
    assert "going to alpha" in shown
    assert "has rooms" not in words(page(manager, f"{asked}&not_person=bob-day&author=ann-lee"))
