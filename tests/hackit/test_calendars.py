"""Calendars of meetings and of what is due."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from notes.models import Action, Meeting
from notes.writing import write
from people.models import DirectoryVersion
from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, SeriesFactory, TeamFactory, meeting
from tests.hackit.site import addresses, furnish

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
TODAY = timezone.localdate()


@pytest.fixture
def dmt():
    return SeriesFactory(name="DMT")


def events(client, address="/calendar.ics"):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return read(response.content)


def read(content):
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    assert content.decode().replace("\r\n", "").count("\n") == 0
    assert max(map(len, content.split(b"\r\n"))) <= 75
    return calendar.events


def held(day=TODAY, **values):
    return meeting(values.pop("body", ""), day=day, published_at=timezone.now(), **values)


def test_every_calendar_is_read_by_a_calendar_program(client):
    calendars = {route: address for route, address in addresses(furnish()).items() if route.endswith("_calendar")}
    assert len(calendars) == 9
    for route, address in calendars.items():
        found = events(client, address)
        assert found or route == "actions_calendar", route  # its only one says no day
        for event in found:
            for name in ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "URL"):
                assert name in event, f"{route}: {name}"


def test_meeting_is_at_its_time_on_our_clock_in_summer_and_winter(client, dmt):
    year = TODAY.year + 1
    for day in (date(year, 7, 1), date(year, 1, 10)):
        held(day, series=dmt, start_time=time(10), end_time=time(11, 30), place="Room 1, first floor; ask")
    winter, summer = events(client)
    assert winter.start == datetime(year, 1, 10, 10, tzinfo=LONDON)
    assert summer.start == datetime(year, 7, 1, 10, tzinfo=LONDON)
    assert summer.start.astimezone(ZoneInfo("UTC")).hour == 9
    assert summer.end.time() == time(11, 30)
    assert summer["LOCATION"] == "Room 1, first floor; ask"
    content = client.get("/calendar.ics").content.decode()
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/London" in content
    assert "DTSTART;TZID=Europe/London:" in content


def test_meeting_without_a_time_is_on_its_whole_day(client, dmt):
    day = held(series=dmt)
    [event] = events(client)
    assert event.start == TODAY
    assert event.end == TODAY + timedelta(days=1)
    assert event["SUMMARY"] == "DMT"
    assert event["URL"] == f"http://testserver{day.get_absolute_url()}"


def test_event_keeps_its_uid_and_its_sequence_rises_with_each_change(client, dmt):
    board, ann = held(series=dmt), PersonFactory(name="Ann Lee")
    action = Action.objects.create(meeting=board, words="Ring them", owner=ann, due_on=TODAY)

    def now():
        return {event["UID"]: (event["SEQUENCE"], event["SUMMARY"]) for event in events(client)}

    before = now()
    assert {uid.split("-")[0] for uid in before} == {"meeting", "action"}
    board = Meeting.objects.get(pk=board.pk)
    board.held_on, board.place = TODAY + timedelta(days=9), "Elsewhere"
    write(board)
    moved = now()
    action.due_on = TODAY + timedelta(days=1)
    action.save()
    put_off = now()
    assert before.keys() == moved.keys() == put_off.keys()
    for uid in before:
        assert before[uid][0] < moved[uid][0]
    due = next(uid for uid in before if uid.startswith("action"))
    assert moved[due][0] < put_off[due][0]


def test_due_action_is_a_day_that_takes_up_nobodys_time(client, dmt):
    action = Action.objects.create(
        meeting=held(series=dmt), words="Ring them", owner=PersonFactory(name="Ann Lee"), due_on=TODAY
    )
    [event] = events(client, "/actions/calendar.ics")
    assert event["SUMMARY"] == "Due: Ring them (Ann Lee)"
    assert (event.start, event.end) == (TODAY, TODAY + timedelta(days=1))
    assert event["TRANSP"] == "TRANSPARENT"
    action.state = "done"
    action.save()
    assert not events(client, "/actions/calendar.ics")


@pytest.mark.parametrize("deed", ["withdraw", "delete", "hide", "draft"])
def test_what_is_gone_is_gone_with_its_actions(client, dmt, deed):
    board = held(series=dmt)
    Action.objects.create(meeting=board, words="Ring them", owner=PersonFactory(), due_on=TODAY)
    tag = client.get("/calendar.ics").headers["ETag"]
    rows = Meeting.objects.filter(pk=board.pk)
    if deed == "withdraw":
        rows.withdraw()
    elif deed == "delete":
        board.delete()
    else:
        rows.update(**({"audience": "signed-in"} if deed == "hide" else {"published_at": None}))
    answer = client.get("/calendar.ics", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert not read(answer.content)


def test_calendars_hold_what_is_theirs(client, dmt):
    team, firm = TeamFactory(name="Digital", slug="digital"), OrganisationFactory(name="Firm", slug="firm")
    ann = PersonFactory(name="Ann Lee", team=team, organisation=firm)
    bob = PersonFactory(name="Bob Day")
    project = ProjectFactory(name="Spacebank")
    there, named = held(series=dmt, title="There"), held(title="Named", body="Spacebank and Ann Lee.")
    there.attendances.create(person=ann)
    there.attendances.create(person=bob, sent_apologies=True)
    Action.objects.create(meeting=named, words="Hers", owner=ann, due_on=TODAY)
    Action.objects.create(meeting=there, words="His", owner=bob, due_on=TODAY, project=project)

    def said(address):
        return {str(event["SUMMARY"]) for event in events(client, address)}

    hers, his = "Due: Hers (Ann Lee)", "Due: His (Bob Day)"
    assert said("/calendar.ics") == {"DMT: There", "Named", hers, his}
    assert said("/meetings/calendar.ics") == {"DMT: There", "Named"}
    assert said("/people/ann-lee/calendar.ics") == {"DMT: There", hers}
    assert said("/people/bob-day/calendar.ics") == {his}
    assert said("/teams/digital/calendar.ics") == {"DMT: There", hers}
    assert said("/organisations/firm/calendar.ics") == {"DMT: There", hers}
    assert said("/projects/spacebank/calendar.ics") == {"Named", his}
    assert said("/meetings/dmt/calendar.ics") == {"DMT: There", his}
    assert said("/explore/calendar.ics?person=ann-lee") == {"DMT: There", "Named", hers}


def test_calendar_holds_the_last_year_and_all_that_comes(client, dmt):
    held(TODAY - timedelta(days=400), series=dmt, title="Old")
    held(TODAY - timedelta(days=300), series=dmt, title="Lately")
    held(TODAY + timedelta(days=900), series=dmt, title="Coming")
    assert [str(event["SUMMARY"]) for event in events(client)] == ["DMT: Lately", "DMT: Coming"]


def test_new_week_is_a_new_answer(client, dmt, monkeypatch):
    """The year it reaches back begins a week later."""
    held(series=dmt)
    DirectoryVersion.go_on()
    tag = client.get("/calendar.ics").headers["ETag"]
    assert client.get("/calendar.ics", headers={"If-None-Match": tag}).status_code == 304
    later = timezone.now() + timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get("/calendar.ics", headers={"If-None-Match": tag}).status_code == 200


def test_odd_characters_do_not_break_a_line(client, dmt):
    held(series=dmt, title="A; b, c \\ d “é” 🎉 " + "x" * 200, place="Room\x0b 1")
    [event] = events(client)
    assert event["SUMMARY"].startswith("DMT: A; b, c \\ d “é” 🎉 xxx")
    assert "\x0b" not in event["LOCATION"]
