"""Projects side by side: how much was written of each in a time, by whom, and how it stands."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from notes.activity import Activity, days_asked
from notes.filters import DAYS
from notes.models import Action, MeetingProject, Mention, Passage
from notes.models.texts import listed
from notes.weeks import EARLIEST, LATEST, this_week, week_of
from people.models import Entry
from projects.models import Project

MOST = 24  # projects beside one another: nobody compares more
WEEKS = 13  # a quarter, if no days are asked for


@dataclass
class Row:
    """What is compared of one project."""

    project: Project
    activity: Activity
    people: int
    named_on: date | None  # its last mention of all
    open: int = 0  # actions
    overdue: int = 0
    targets: list = field(default_factory=list)

    @property
    def total(self):
        return self.activity.total

    @property
    def target(self):
        """The one that comes next: not yet reached; else the first."""
        return next((target for target in self.targets if not target.is_met), next(iter(self.targets), None))

    @property
    def last_week(self):
        """The first and last day of the week of its last mention."""
        monday = week_of(self.named_on)
        return monday, monday + timedelta(days=6)


ORDERS = {  # what a table is sorted by: in words, and the key of a row, whose greatest comes first
    "written": ("Written about", lambda row: row.total),
    "people": ("People", lambda row: row.people),
    "mentioned": ("Last mention", lambda row: row.named_on or date.min),
    "actions": ("Open actions", lambda row: (row.overdue, row.open)),
    "target": ("Target", lambda row: row.target.progress if row.target else -1),
    "name": ("Name", None),
}


def in_order(rows, by):
    """Sort rows by one of ORDERS, those that are alike by name; with a minus before it, the other way round."""
    rows = sorted(rows, key=lambda row: row.project.name.casefold())
    is_turned = by.startswith("-")
    key = ORDERS[by.removeprefix("-")][1]
    if key is None:
        return rows[::-1] if is_turned else rows
    return sorted(rows, key=key, reverse=not is_turned)


def span_of(filters):
    """Return the first and last day to compare: those asked for, else a quarter up to one of them or now."""
    since, until = (day and min(max(day, date(EARLIEST, 6, 1)), date(LATEST, 6, 1)) for day in days_asked(filters))
    until = until or this_week() + timedelta(days=6)
    since = since or week_of(until) - timedelta(weeks=WEEKS - 1)
    return (since, until) if since <= until else (week_of(since) - timedelta(weeks=WEEKS - 1), since)


def chosen(filters):
    """Return the projects asked for, each with its parts; without any, all that are active and not retired."""
    asked = {
        name: [
            pk for condition in filters.conditions if condition and condition.name == name for pk in condition.value
        ]
        for name in ("project", "not_project")
    }
    projects = Project.objects.exclude(pk__in=asked["not_project"])
    if any(name == "project" for name, _ in filters.asked):
        return projects.filter(pk__in=asked["project"])
    return projects.going_on()


class Comparison:
    """Some projects over a time. At most 9 queries, however many there are and however much was written."""

    def __init__(self, filters, user):
        self.user, self.first, self.last = user, *span_of(filters)
        self.others = filters.split(["project", *DAYS])[1]
        candidates = dict(chosen(filters).order_by().values_list("pk", "name"))
        totals = self.totals(chosen(filters))
        first = sorted(candidates, key=lambda pk: (-totals.get(pk, 0), candidates[pk].casefold(), pk))
        self.keys, self.left_out = first[:MOST], len(first[MOST:])
        self.rows = self.read()

    def mentions(self, projects):
        """Return the mentions of projects, in the time and within the other filters, that this reader may see."""
        mentions = Mention.objects.filter(
            listed(self.user, "passage__"), entry__in=projects, on__range=(self.first, self.last)
        )
        if self.others:
            passages = self.others.passages(Passage.objects.order_by()).values("pk")
            mentions = mentions.filter(passage__in=passages)
        return mentions.exclude(passage__kind__in=Passage.HEADINGS).order_by()

    def totals(self, projects):
        """Return {project: passages}, to choose those that are shown: 1 query, a row for each project."""
        rows = self.mentions(projects.order_by().values("pk")).values_list("entry")
        return dict(rows.annotate(Count("pk")))

    def read(self):
        projects = Project.objects.filter(pk__in=self.keys).with_places()
        projects = with_last_mention(projects, self.user).prefetch_related("targets__readings")
        days, people, actions = self.days(), self.people(), open_actions(self.keys, self.user)
        rows = [
            Row(
                project,
                Activity(days[project.pk], span=(self.first, self.last)),
                len(people[project.pk]),
                project.named_on,
                *actions.get(project.pk, (0, 0)),
                targets=list(project.targets.all()),
            )
            for project in projects
        ]
        for row in rows:
            row.activity.scale = max(1, *(other.activity.most for other in rows))
        return rows

    def days(self):
        """Return {project: {day: passages}}: 1 query, a row for each project and day."""
        found = defaultdict(dict)
        for project, day, count in self.mentions(self.keys).values_list("entry", "on").annotate(Count("pk")):
            found[project][day] = count
        return found

    def people(self):
        """Return {project: who wrote, alone or with others, or is named in, a passage that names it}: 1 query."""
        mentions = self.mentions(self.keys)
        wrote = mentions.filter(passage__author__isnull=False).values_list("entry", "passage__author")
        helped = mentions.filter(passage__text__note__coauthor__isnull=False)
        helped = helped.values_list("entry", "passage__text__note__coauthor__person")
        named = mentions.filter(passage__mentions__entry__kind=Entry.Kind.PERSON)
        named = named.values_list("entry", "passage__mentions__entry")
        found = defaultdict(set)
        for project, person in wrote.union(helped, named):
            found[project].add(person)
        return found


def with_last_mention(projects, user):
    """Give each project the day it was last named on, `named_on`, as far as this reader may see: no query more."""
    so_far = Mention.objects.filter(listed(user, "passage__"), entry=OuterRef("pk"), on__lte=timezone.localdate())
    return projects.annotate(named_on=Subquery(so_far.order_by("-on").values("on")[:1]))


def open_actions(projects, user):
    """Return {project: (open actions, those of them that are overdue)}, as `about` counts them: 1 query.

    An action without a project is of the one its meeting was about, if it was about one only.
    """
    meetings = MeetingProject.objects.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    alone = meetings.annotate(many=Count("pk"), project=Max("project")).filter(many=1).values("project")
    actions = Action.objects.listed_for(user).open().annotate(subject=Coalesce(F("project"), Subquery(alone)))
    overdue = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    rows = (
        actions.filter(subject__in=projects)
        .order_by()
        .values_list("subject")
        .annotate(open=Count("pk"), overdue=overdue)
    )
    return {subject: counts for subject, *counts in rows}
