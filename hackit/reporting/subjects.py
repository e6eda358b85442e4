"""Whom or what a report is about: a project with its parts, a team with the teams below it, or a person."""

from dataclasses import dataclass, replace

from notes.conditions import ACTIONS, DECISIONS, MEANINGS, OF_TEAM, PASSAGES, TEXTS, TIES, WAS_THERE, tied
from notes.filters import Filters
from notes.models import Attendance, Coauthor, Meeting, MeetingProject, Mention, Note
from people.models import Entry, Person, Team
from projects.models import Project

KINDS = {"project": Project, "team": Team, "person": Person}  # by the name of the parameter, the first one counts
DAYS = {  # the path to the day of what a row ties
    Mention: "on",
    Note: "on",
    Meeting: "on",
    Coauthor: "note__on",
    Attendance: "meeting__on",
    MeetingProject: "meeting__on",
}


@dataclass
class Subject:
    """An entry, with the primary keys of all that counts as it: its parts, or the teams below it."""

    entry: Entry
    keys: list

    @property
    def kind(self):
        return self.entry.kind

    @property
    def query(self):
        return f"{self.kind}={self.entry.slug}"

    def passages(self, first=None, last=None):
        """Return the condition that a passage is about it, for those who only ask of these days: then it is quick."""
        return tied(within(TIES[self.kind], first, last), self.keys, PASSAGES)

    def meetings(self, first, last):
        """Return the condition that a meeting was about a project or named it; that the people were there."""
        there = {Entry.Kind.PROJECT: TIES["project"], Entry.Kind.TEAM: OF_TEAM[1], Entry.Kind.PERSON: WAS_THERE}
        return tied(within(there[self.kind], first, last), self.keys, TEXTS)

    @property
    def decisions(self):
        return MEANINGS[self.kind](self.keys, DECISIONS)

    @property
    def actions(self):
        return MEANINGS[self.kind](self.keys, ACTIONS)


def within(ties, first, last):
    """Return the same ties, to what is of these days only: an index of the days is then of use."""
    days = (("gte", first), ("lte", last))
    return [
        replace(tie, only=(*tie.only, *((f"{DAYS[tie.model]}__{lookup}", day) for lookup, day in days if day)))
        for tie in ties
    ]


def of(entry, keys=None):
    """Return the subject of an entry: 1 query, and 1 for what counts as it where its `keys` are not known."""
    model = KINDS[entry.kind]
    rows = model.objects.select_related("part_of") if model is Team else model.objects.with_places()
    if keys is None:
        keys = [entry.pk] if model is Person else model.objects.within(entry)
    return Subject(rows.get(pk=entry.pk), keys)


def read(request):
    """Return (the subject that GET parameters ask for, or None; what is wrong; the choices): at most 6 queries."""
    asked = {name: request.GET.getlist(name) for name in KINDS if request.GET.get(name)}
    data = request.GET.copy()
    data.clear()
    problems = []
    if asked:
        name, values = next(iter(asked.items()))
        data[name] = values[0]
        if len(asked) > 1 or len(values) > 1:
            problems.append("A report is about one project, team or person: the first of them counts.")
    filters = Filters(request, data)
    problems = [*filters.problems, *problems]
    condition = filters.conditions[0] if filters.conditions else None
    if condition is None:
        return None, problems, filters.choices
    entry = next(one for one in filters.entries.values() if one.kind == condition.name)
    return of(entry, condition.value), problems, filters.choices
