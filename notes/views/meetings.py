"""The pages of meetings, of what they decided and of what they asked for."""

from datetime import date, timedelta

from django.db.models import Case, DateField, F, IntegerField, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from notes.filters import Filters
from notes.models import Action, Decision, Meeting, MeetingSeries, Passage
from notes.paging import Page
from notes.repetition import NEWEST_FIRST, newest_shown
from notes.timeline import Timeline
from notes.views.texts import BY_DAY, FEW, PAGE, text_page
from notes.weeks import LATEST, this_week, week_of

NEVER = date(LATEST, 12, 31)  # when an action without a date is due, in an order by date
OUTCOMES = 50


def meeting_list(request):
    filters = Filters(request)
    today = timezone.localdate()

    listed = Meeting.objects.listed_for(request.user)
    meetings = filters.find(lambda asked: asked.texts(listed)).with_links().without_body()
    context = {
        "filters": filters,
        "coming": meetings.filter(held_on__gte=today).order_by("held_on", "start_time", "pk")[:PAGE],
        "page": Page(meetings.filter(on__lt=today), request.GET.get("after", ""), by=BY_DAY, size=PAGE),
        "all_series": MeetingSeries.objects.all()[:PAGE],
    }
    return render(request, "notes/meeting_list.html", context)


def series_detail(request, slug):
    """Show the meetings of a series, what they decided and asked for, and where it is named. At most 12 queries."""
    series = get_object_or_404(MeetingSeries, slug=slug)
    filters = Filters(request)
    meetings = filters.texts(series.meetings.listed_for(request.user)).with_links().without_body()
    decisions = filters.decisions(Decision.objects.listed_for(request.user).filter(meeting__series=series))
    actions = filters.actions(Action.objects.listed_for(request.user).open().filter(meeting__series=series))
    named = filters.find(lambda asked: asked.passages(series.passages.listed_for(request.user)))
    context = {
        "series": series,
        "filters": filters,
        "page": Page(meetings, request.GET.get("after", ""), by=BY_DAY, size=PAGE),
        "decisions": decisions.with_links().newest_first()[:FEW],
        "actions": actions.with_links()[:FEW],
        "timeline": Timeline(named, request.GET.get("passages", "")),
    }
    return render(request, "notes/series_detail.html", context)


def meeting_detail(request, slug, series=None, held_on=None):
    meetings = Meeting.objects.answering(request.user).with_links()
    place = {"series__slug": series} if series else {"series": None, "held_on": held_on}
    meeting = get_object_or_404(meetings, slug=slug, **place)
    attendances = list(meeting.attendances.select_related("person"))
    attended = [attendance for attendance in attendances if not attendance.sent_apologies]
    attended.sort(key=lambda attendance: attendance.person_id != meeting.chair_id)  # who led it comes first
    context = {
        "meeting": meeting,
        "attended": attended,
        "chair_was_there": any(attendance.person_id == meeting.chair_id for attendance in attended),
        "apologies": [attendance for attendance in attendances if attendance.sent_apologies],
        "decisions": meeting.decisions.select_related("project"),
        "actions": meeting.actions.with_links(),
        "still_open": still_open(meeting, request.user),
        "said_of_it": said_of(meeting, request.user),
    }
    return text_page(request, "notes/meeting_detail.html", meeting, context)


def still_open(meeting, user):
    """Return the open actions of earlier meetings of a series, for its next meeting and the last one held."""
    if meeting.series is None:
        return []
    today = timezone.localdate()
    if meeting.series.meetings.listed_for(user).filter(held_on__gt=meeting.held_on, held_on__lte=today).exists():
        return []
    earlier = Action.objects.filter(meeting__series=meeting.series, meeting__held_on__lt=meeting.held_on)
    return earlier.listed_for(user).open().with_links()[:PAGE]


def said_of(meeting, user):
    """Return what notes say of a meeting: passages that name its series in the notes of its week, newest first."""
    if meeting.series is None:
        return Passage.objects.none()
    week = week_of(meeting.held_on)
    passages = meeting.series.passages.listed_for(user).filter(text__note__isnull=False)
    of_week = passages.filter(on__gte=week, on__lt=week + timedelta(days=7))
    return Passage.objects.filter(pk__in=newest_shown(of_week, FEW)).with_links().order_by(*NEWEST_FIRST)


STATES = {"open": "Open", "done": "Done", "dropped": "Dropped", "all": "All"}
ORDERS = {
    "due": ["is_closed", "due_or_never", "pk"],
    "owner": ["owner_name", "owner_id", "due_or_never", "pk"],
    "project": ["project_name", "project_key", "due_or_never", "pk"],
}


def action_list(request):
    """List actions by when they are due, by owner or by project: those that are open, if nothing else is asked."""
    filters = Filters(request)
    state = chosen(request.GET.get("state"), STATES)
    by = chosen(request.GET.get("by"), ORDERS)

    def found(filters):
        actions = filters.actions(Action.objects.listed_for(request.user))
        return actions if state == "all" else actions.filter(state=state)

    actions = filters.find(found).with_links()
    actions = actions.annotate(
        is_closed=Case(When(state=Action.State.OPEN, then=0), default=1, output_field=IntegerField()),
        due_or_never=Coalesce("due_on", Value(NEVER), output_field=DateField()),
        owner_name=F("owner__name"),
        project_name=Coalesce("project__name", Value("")),
        project_key=Coalesce("project_id", Value(0)),
    )
    page = Page(actions, request.GET.get("after", ""), by=ORDERS[by], size=OUTCOMES)
    for action in page:
        action.group = group_of(action, by)
    context = {
        "filters": filters,
        "page": page,
        "by": by,
        "orders": {"due": "Due", "owner": "Owner", "project": "Project"},
        "state": state,
        "states": STATES,
    }
    return render(request, "notes/action_list.html", context)


def chosen(value, choices):
    """Return what was chosen; the first choice for nothing, or for what is none."""
    return value if value in choices else next(iter(choices))


def group_of(action, by):
    """Return what an action stands under in a list: a person or project, or how it stands in words."""
    if by == "owner":
        return action.owner
    if by == "project":
        return action.project or "No project"
    if action.state != Action.State.OPEN:
        return "Closed"
    if action.due_on is None or action.is_overdue:
        return "Overdue" if action.due_on else "No date"
    return "Due this week" if action.due_on < this_week() + timedelta(days=7) else "Due later"


def decision_list(request):
    filters = Filters(request)

    listed = Decision.objects.listed_for(request.user)
    decisions = filters.find(lambda asked: asked.decisions(listed)).with_links().annotate(day=F("meeting__on"))
    context = {
        "filters": filters,
        "page": Page(decisions, request.GET.get("after", ""), by=["-day", "-meeting_id", "pk"], size=OUTCOMES),
    }
    return render(request, "notes/decision_list.html", context)
