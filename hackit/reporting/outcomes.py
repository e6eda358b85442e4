"""What meetings decided and asked for, and how targets stood, as of the end of a period."""

from datetime import datetime, time, timedelta

from django.db.models import OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from notes.models import Action, ActionChange, Decision, Meeting
from people.models import Entry
from projects.models import Reading, Target

MOST = 40  # of each


def decided(subject, period, user):
    """Return the decisions of a period, as data, the earliest first: 1 query."""
    decisions = Decision.objects.listed_for(user).filter(subject.decisions)
    during = decisions.filter(meeting__on__gte=period.first, meeting__on__lte=period.last).with_links()
    return [
        {"decision": one.pk, "words": one.words, **of_meeting(one.meeting)}
        for one in during.order_by("meeting__on", "meeting", "pk")[:MOST]
    ]


def asked_for(subject, period, user):
    """Return {"done", "overdue", "open"} actions as they stood at the end of a period, as data: 1 query.

    Done are those closed within it; what was dropped is among them and says so.
    """
    today = timezone.localdate()
    first, after = moment(period.first), moment(period.last + timedelta(days=1))
    until = ActionChange.objects.filter(action=OuterRef("pk"), changed_at__lt=after).order_by("-pk")
    actions = Action.objects.listed_for(user).filter(subject.actions, meeting__on__lte=period.last).with_links()
    actions = actions.annotate(
        state_then=Coalesce(Subquery(until.values("state")[:1]), Value(Action.State.OPEN.value)),
        changed_then=Subquery(until.values("changed_at")[:1]),
    )
    is_open = Q(state_then=Action.State.OPEN)
    found = {"done": [], "overdue": [], "open": []}
    for one in actions.filter(is_open | Q(changed_then__gte=first))[: 3 * MOST]:
        is_late = one.due_on is not None and one.due_on < min(today, period.last + timedelta(days=1))
        state = "done" if one.state_then != Action.State.OPEN else "overdue" if is_late else "open"
        found[state].append(as_action(one))
    return found


def as_action(one):
    is_closed = one.state_then != Action.State.OPEN
    return {
        "action": one.pk,
        "words": one.words,
        "owner": entity(one.owner),
        "due_on": one.due_on,
        "closed_on": timezone.localdate(one.changed_then) if is_closed else None,
        "is_dropped": one.state_then == Action.State.DROPPED,
        **of_meeting(one.meeting),
    }


def moment(day):
    """Return the moment a day begins, on the site's clock."""
    return timezone.make_aware(datetime.combine(day, time.min))


def met(subject, period, user):
    """Return the meetings of a period that have been held, as data: 1 query."""
    until = min(period.last, timezone.localdate())
    about = subject.meetings(period.first, until)
    held = Meeting.objects.listed_for(user).filter(about, on__gte=period.first, on__lte=until)
    return [of_meeting(one) for one in held.without_body().select_related("series").order_by("on", "pk")[:MOST]]


def of_meeting(meeting):
    return {
        "text": meeting.pk,
        "source": str(meeting),
        "address": meeting.get_absolute_url(),
        "on": meeting.held_on,
        "says_day": not meeting.title,  # as its name does
    }


def aimed_at(subject, period):
    """Return the targets of a project and its parts, as they stood at the end of a period: 2 queries, else none."""
    if subject.kind != Entry.Kind.PROJECT:
        return []
    until = Reading.objects.filter(read_on__lte=period.last)
    targets = Target.objects.filter(project__in=subject.keys).select_related("project")
    return [as_target(one, period, subject) for one in targets.prefetch_related(Prefetch("readings", until))[:MOST]]


def as_target(target, period, subject):
    latest = target.latest
    return {
        "words": str(target),
        "project": entity(target.project) if target.project_id != subject.entry.pk else None,
        "due_on": target.due_on,
        "latest": latest.in_words if latest else "",
        "read_on": latest.read_on if latest else None,
        "progress": target.progress,
        "is_met": target.is_met,
        "readings": [
            {"words": target.in_words(one.value), "on": one.read_on}
            for one in reversed(target.readings.all())
            if one.read_on >= period.first
        ],
    }


def entity(entry):
    """Return an entry as a report keeps it: its name and address follow the directory, also in a frozen one."""
    return {"entry": entry.pk, "name": entry.name, "address": entry.get_absolute_url()} if entry else None
