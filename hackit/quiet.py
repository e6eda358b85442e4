"""Projects that nobody has mentioned for some weeks: a question to those who lead them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from hackit.comparing import with_last_mention
from notes.activity import Activity
from notes.models import Break, Mention, Passage
from notes.models.texts import listed
from notes.weeks import this_week, week_of
from projects.models import Project

CHOICES = (2, 4, 8, 13)  # weeks
USUAL = 4
MOST = 40  # questions on a page
YEAR = 52


@dataclass
class Question:
    """A project of which there may be something to tell, and whom to ask."""

    project: Project
    named_on: date | None  # the last mention, of it or of a part of it
    activity: Activity  # its own mentions
    lead: object = None
    is_away: bool = False  # the lead, on a break: nobody is asked for anything then

    @property
    def week(self):
        return self.named_on and week_of(self.named_on)

    @property
    def sunday(self):
        return self.week + timedelta(days=6)


class Quiet:
    """The active projects without a mention in this week and so many whole weeks before. 5 queries, however many.

    What is paused, finished or retired is not asked about; a mention of a part is one of the whole.
    """

    def __init__(self, user, weeks):
        self.user = user
        named_on = self.last_mentions()
        going_on = dict(Project.objects.going_on().order_by("name", "pk").values_list("pk", "name"))
        before = this_week() - timedelta(weeks=weeks)
        never = [pk for pk in going_on if named_on.get(pk) is None]
        quiet = [pk for pk in going_on if named_on.get(pk) and named_on[pk] < before]
        quiet.sort(key=lambda pk: named_on[pk])
        self.total, self.going_on = len(quiet) + len(never), len(going_on)
        self.left_out = max(0, self.total - MOST)
        shown = (quiet + never)[:MOST]
        questions = self.ask(shown or [0], named_on)  # a page with nothing to ask costs what others cost
        self.questions = [questions[pk] for pk in shown]

    def last_mentions(self):
        """Return {project: the day it or a part of it was last named}: 1 query, a row for each project."""
        rows = with_last_mention(Project.objects.order_by(), self.user).values_list("pk", "part_of", "named_on")
        above, found = {}, {}
        own = []
        for pk, part_of, named_on in rows:
            above[pk] = part_of
            if named_on:
                own.append((pk, named_on))
        for project, day in own:
            whole, seen = project, set()
            while whole and whole not in seen:
                seen.add(whole)
                found[whole] = max(found.get(whole, day), day)
                whole = above[whole]
        return found

    def ask(self, keys, named_on):
        projects = Project.objects.filter(pk__in=keys).with_places()
        days, away = self.days(keys), self.away(keys)
        return {
            project.pk: Question(
                project,
                named_on.get(project.pk),
                Activity(days[project.pk]),
                lead=project.lead if project.lead and not project.lead.has_left else None,
                is_away=project.lead_id in away,
            )
            for project in projects
        }

    def days(self, keys):
        mentions = Mention.objects.filter(
            listed(self.user, "passage__"),
            entry__in=keys,
            on__gt=this_week() - timedelta(weeks=YEAR),
            on__lte=timezone.localdate(),
        ).exclude(passage__kind__in=Passage.HEADINGS)
        found = defaultdict(dict)
        for project, day, count in mentions.order_by().values_list("entry", "on").annotate(Count("pk")):
            found[project][day] = count
        return found

    def away(self, keys):
        """Return the primary keys of the leads who are on a break today."""
        today = timezone.localdate()
        leads = Project.objects.filter(pk__in=keys, lead__isnull=False).order_by().values("lead")
        now = Break.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
        return set(now.filter(person__in=leads).order_by().values_list("person", flat=True))
