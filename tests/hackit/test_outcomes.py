"""What meetings decided and asked for, across all of them."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from notes.models import Action, Decision
from notes.weeks import day_in_words
from tests.desk import change, form_of, save
from tests.factories import (
    MONDAY,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    meeting,
    week_after,
    weeknote,
)
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcomes():
    today = timezone.localdate()
    digital = TeamFactory(name="Digital", slug="digital")
    inner = TeamFactory(name="Inner", part_of=digital)
    ann, bob = PersonFactory(name="Ann Lee", team=inner), PersonFactory(name="Bob Day")
    space, halls = ProjectFactory(name="Spacebank"), ProjectFactory(name="Halls")
    dmt = SeriesFactory(name="DMT", slug="dmt")
    first, second = meeting(series=dmt), meeting(title="Visit", day=week_after(1))
    first.projects.add(space)
    make = Action.objects.create
    make(meeting=first, words="late", owner=ann, due_on=today - timedelta(days=9))
    make(meeting=first, words="halls", owner=bob, due_on=today, project=halls)
    make(meeting=second, words="someday", owner=ann)
    make(meeting=second, words="later", owner=bob, due_on=today + timedelta(days=30))
    make(meeting=second, words="finished", owner=ann, state="done")
    make(meeting=second, words="given up", owner=ann, state="dropped")
    Decision.objects.create(meeting=first, words="go on")
    Decision.objects.create(meeting=first, words="close halls", project=halls)
    Decision.objects.create(meeting=second, words="visit again")


def lines(client, address):
    return [
        " ".join(title.split()) for title in page(client, address).xpath("//main//span[@class='line-title']/text()")
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "late halls later someday"),
        ("?by=owner", "late someday halls later"),
        ("?by=project", "late later someday halls"),
        ("?state=done", "finished"),
        ("?state=all", "late halls later someday finished"),
        ("?person=ann-lee", "late someday"),
        ("?team=digital", "late someday"),
        ("?not_team=digital", "halls later"),
        ("?project=spacebank", "late"),
        ("?project=halls", "halls"),
        ("?series=dmt", "late halls"),
        ("?from=2019-06-11", "later someday"),
        ("?project=halls&person=ann-lee&match=any", "late halls someday"),
        ("?state=nonsense&by=nonsense", "late halls later someday"),
    ],
)
def test_actions_by_owner_project_and_due(client, outcomes, query, expected):
    assert [line for line in lines(client, f"/actions/{query}") if line != "given up"] == expected.split()


def test_overdue_is_said_in_words(client, outcomes):
    shown = words(page(client, "/actions/"))
    assert "Overdue since" in shown
    assert [words(heading, ".") for heading in page(client, "/actions/").xpath("//section/h2")] == [
        "Overdue",
        "Due this week",
        "Due later",
        "No date",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "visit again, go on, close halls"),
        ("?project=spacebank", "go on"),
        ("?project=halls", "close halls"),
        ("?series=dmt", "go on, close halls"),
        ("?not_series=dmt", "visit again"),
        ("?from=2019-06-11", "visit again"),
    ],
)
def test_decisions_across_all_meetings(client, outcomes, query, expected):
    assert lines(client, f"/decisions/{query}") == expected.split(", ")


def test_pages_of_actions_cover_them_once_in_every_order(client):
    owners = [PersonFactory() for _ in range(4)]
    projects = [None, ProjectFactory(), ProjectFactory()]
    held = meeting()
    for number in range(120):
        due = MONDAY + timedelta(days=number // 7) if number % 3 else None
        Action.objects.create(
            meeting=held, words=f"{number}", owner=owners[number % 4], project=projects[number % 3], due_on=due
        )
    for by in ("due", "owner", "project"):
        address, seen = f"/actions/?by={by}", []
        while address:
            seen += lines(client, address)
            following = page(client, address).xpath("//a[@rel='next']/@href")
            address = "/actions/" + following[0] if following else None
        assert len(seen) == len(set(seen)) == 120, by


def test_series_shows_its_decisions_and_open_actions(client, outcomes):
    shown = words(page(client, "/meetings/dmt/"))
    assert "close halls" in shown
    assert "Overdue since" in shown
    assert "visit again" not in shown


def test_project_has_the_decisions_of_meetings_about_it(client, outcomes):
    shown = words(page(client, "/projects/spacebank/"), "//section[h2='Decisions']")
    assert "go on" in shown
    assert "close halls" not in shown


def test_meeting_shows_what_notes_of_its_week_say_of_it(client):
    from_week = meeting(series=SeriesFactory(name="DMT"), day=date(2019, 6, 12))
    weeknote("DMT was short.", title="This")
    weeknote("DMT was long.", title="That", week=week_after(1))
    shown = words(page(client, from_week.get_absolute_url()))
    assert "DMT was short." in shown
    assert "DMT was long." not in shown


def test_outcome_is_of_the_project_its_words_name_or_the_only_one_of_its_meeting(client, editor_client):
    space, halls = ProjectFactory(name="Spacebank"), ProjectFactory(name="Halls of Fame")
    both, one = meeting(title="both"), meeting(title="one")
    both.projects.add(space, halls)
    one.projects.add(space)
    Decision.objects.create(meeting=both, words="Spacebank goes on")
    Decision.objects.create(meeting=both, words="Figures come without VAT")
    Decision.objects.create(meeting=both, words="Spacebank and Halls of Fame share a room")
    Decision.objects.create(meeting=one, words="Tea at four")
    for held in (both, one):
        save(editor_client, change(held))
    assert set(lines(client, "/decisions/?project=spacebank")) == {"Spacebank goes on", "Tea at four"}
    assert lines(client, "/decisions/?project=halls-of-fame") == []


def test_hidden_meeting_does_not_end_what_is_still_open(client):
    """A draft of a later meeting is nobody's next meeting yet."""
    dmt = SeriesFactory(name="DMT")
    first, second = meeting(series=dmt), meeting(series=dmt, day=week_after(1))
    Action.objects.create(meeting=first, words="Ring them", owner=PersonFactory())
    meeting(series=dmt, day=week_after(2), is_draft=True)
    assert "Ring them" in words(page(client, second.get_absolute_url()))


def test_closed_actions_stand_apart_and_say_since_when(client, outcomes):
    tree = page(client, "/actions/?state=all")
    assert [words(heading, ".") for heading in tree.xpath("//section/h2")][-1] == "Closed"
    done = words(page(client, "/actions/?state=done"))
    assert f"Done {day_in_words(timezone.localdate())}" in done
    assert "Due this week" not in done


def test_form_that_was_open_does_not_open_an_action_again(editor_client):
    held = meeting(title="Board")
    action = Action.objects.create(meeting=held, words="Ring them", owner=PersonFactory())
    was_open = form_of(editor_client.get(change(held)))
    action.state = "done"
    action.save()
    response = editor_client.post(change(held), was_open | {"place": "Room 2", "actions-0-words": "Ring them twice"})
    assert response.status_code == 302
    action.refresh_from_db()
    assert (action.state, action.words) == ("done", "Ring them twice")


def test_chair_sees_on_the_desk_what_is_still_open(editor_client):
    dmt = SeriesFactory(name="DMT")
    action = Action.objects.create(meeting=meeting(series=dmt), words="Ring them", owner=PersonFactory())
    content = editor_client.get(change(meeting(series=dmt, day=week_after(1)))).content.decode()
    assert change(action) in content


def test_relink_settles_what_outcomes_are_about(client):
    ProjectFactory(name="Spacebank")
    Decision.objects.create(meeting=meeting(), words="Spacebank goes on")
    call_command("relink", stdout=StringIO(), stderr=StringIO())
    assert lines(client, "/decisions/?project=spacebank") == ["Spacebank goes on"]
