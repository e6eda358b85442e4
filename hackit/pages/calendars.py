"""Calendars to subscribe to: meetings, and the days by which open actions are due.

A due action is an event of a whole day and not a to-do: neither Outlook nor Google shows a VTODO of a calendar that
is subscribed to. It takes up nobody's time (TRANSP). A calendar program fetches the whole anew, so what is
withdrawn, done or deleted is simply no longer in it.
"""

from datetime import date, datetime, time, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone

from hackit.pages.feeds import answer
from hackit.pages.subjects import subject_of
from notes.models import Action, Meeting
from notes.outside import legal
from notes.weeks import EARLIEST, this_week

MOST = 1_000  # of either: no program takes more
PAST = timedelta(weeks=52)
CONTENT_TYPE = "text/calendar; charset=utf-8"
A_DAY = timedelta(days=1)


@require_safe
def calendar(request, about, slug=""):
    """Send the meetings and due actions of the last year and of all time to come.

    At most 10 queries; 1 where nothing changed since, 2 more for who is signed in.
    """
    monday = datetime.combine(this_week(), time(), tzinfo=timezone.get_default_timezone())
    return answer(request, partial(subject_of, about, slug, request.user), CONTENT_TYPE, write, since=monday)


def write(outlet, response):
    """Write an outlet as iCalendar: 2 queries."""
    user, filters, subject = outlet.request.user, outlet.filters, outlet.subject
    since = this_week() - PAST
    meetings = Meeting.objects.listed_for(user).filter(subject.meetings, held_on__gte=since)
    actions = Action.objects.listed_for(user).open().filter(subject.actions, due_on__gte=since)
    made = Calendar()
    made.add("prodid", f"-//{legal(settings.SITE_NAME)}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", legal(outlet.title))
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    made.add_component(zone())
    for meeting in filters.texts(meetings).select_related("series").without_body().order_by("held_on", "pk")[:MOST]:
        made.add_component(event_of_meeting(meeting, outlet))
    due = filters.actions(actions).select_related("owner", "meeting__series")
    for action in due.defer("meeting__body", "meeting__html").order_by("due_on", "pk")[:MOST]:
        made.add_component(event_of_action(action, outlet))
    response.write(made.to_ical())


@cache
def zone():
    """Return the VTIMEZONE of the site's clock: made once, as it takes a while."""
    return Timezone.from_tzid(settings.TIME_ZONE, first_date=date(EARLIEST, 1, 1))


def event(outlet, key, text):
    """Return an event that has what every one has; `text` is the one it follows from."""
    made = Event()
    made.add("uid", f"{key}@{settings.ID_AUTHORITY}")
    made.add("dtstamp", text.changed_at)
    made.add("last-modified", text.changed_at)
    made.add("sequence", text.revision)
    return made


def event_of_meeting(meeting, outlet):
    made = event(outlet, f"meeting-{meeting.pk}", meeting)
    made.add("summary", legal(name_of(meeting)))
    if meeting.start_time:
        made.add("dtstart", on_the_clock(meeting.held_on, meeting.start_time))
        if meeting.end_time:
            made.add("dtend", on_the_clock(meeting.held_on, meeting.end_time))
    else:
        add_day(made, meeting.held_on)
    if meeting.place:
        made.add("location", legal(meeting.place))
    add_page(made, outlet.address(meeting.get_absolute_url()))
    return made


def event_of_action(action, outlet):
    made = event(outlet, f"action-{action.pk}", action.meeting)
    made.add("summary", legal(f"Due: {action.words} ({action.owner})"))
    add_day(made, action.due_on)
    made.add("transp", "TRANSPARENT")
    add_page(made, outlet.address(action.meeting.get_absolute_url()), said=name_of(action.meeting))
    return made


def name_of(meeting):
    """Return the series and the title, as far as it has them: the day is beside it in a calendar."""
    return ": ".join(filter(None, [meeting.series and meeting.series.name, meeting.title]))


def on_the_clock(day, moment):
    return datetime.combine(day, moment, tzinfo=ZoneInfo(settings.TIME_ZONE))


def add_day(made, day):
    """Make it an event of a whole day: it ends before the next one begins."""
    made.add("dtstart", day)
    made.add("dtend", day + A_DAY)


def add_page(made, address, said=""):
    """Say where to read more, twice: Outlook and Google show the description and not the URL."""
    made.add("url", address)
    made.add("description", legal("\n".join(filter(None, [said, address]))))
