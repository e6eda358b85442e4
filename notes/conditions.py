"""What each filter means, for passages, for whole texts and for what meetings decide and ask for.

A filter asks which rows are tied to an entry, a tag or a kind. `TIES` says by which tables; the condition of a filter
is made of them here, and the counts beside the choices in notes.counting.
"""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Q

from notes.models import (
    Attendance,
    Coauthor,
    Meeting,
    MeetingProject,
    Mention,
    Note,
    Passage,
    TaggedNote,
    TaggedPassage,
    outcome_about,
)
from notes.models.sections import under_heading


@dataclass(frozen=True)
class Paths:
    """How the rows of a list reach what filters compare."""

    text: str  # the row's text
    day: str
    is_passage: bool = False  # a passage answers for itself; a text does if any part of it does
    is_outcome: bool = False
    owner: str = ""  # of an action: the person whose it is
    is_person: bool = False  # who is in a team or organisation, not what was written there


PASSAGES = Paths(text="text", day="on", is_passage=True)
TEXTS = Paths(text="pk", day="on")
DECISIONS = Paths(text="meeting", day="meeting__on", is_outcome=True)
ACTIONS = replace(DECISIONS, owner="owner")
PEOPLE = Paths(text="", day="", is_person=True)


@dataclass(frozen=True)
class Tie:
    """A table that ties passages or texts to what a filter asks for. The fields are paths from its rows."""

    model: type
    value: str  # what is asked for
    text: str
    passage: str = ""  # where it is tied to one passage of the text
    of_whole: bool = False  # a meeting that somebody was at is theirs, and no passage of it
    only: tuple = ()  # ((lookup, value), ...) of the rows that count

    def rows(self, **lookups):
        return self.model.objects.filter(**dict(self.only), **lookups).order_by()

    def key(self, paths):
        """Return the path to what rows of these paths are tied by, and whether that is the passage."""
        is_passage = bool(paths.is_passage and self.passage)
        return (self.passage if is_passage else self.text), is_passage


NAMES = Tie(Mention, "entry", text="passage__text", passage="passage")


def people_who(value=""):
    """Return the ties by writing, alone or with others, and those by being at a meeting.

    `value` is a path from the person.
    """
    wrote = [Tie(Note, f"author{value}", text="pk"), Tie(Coauthor, f"person{value}", text="note")]
    led = Tie(Meeting, f"chair{value}", text="pk", of_whole=True)
    came = (("sent_apologies", False),)
    attended = Tie(Attendance, f"person{value}", text="meeting", of_whole=True, only=came)
    return wrote, [led, attended]


WROTE, WAS_THERE = people_who()
OF_TEAM, OF_ORGANISATION = people_who("__team"), people_who("__organisation")

TIES = {
    "project": [NAMES, Tie(MeetingProject, "project", text="meeting", of_whole=True)],
    "person": [NAMES, *WROTE, *WAS_THERE],
    "author": WROTE,
    "named": [NAMES],
    "team": [NAMES, *OF_TEAM[0], *OF_TEAM[1], Tie(Note, "team", text="pk")],
    "organisation": [NAMES, *OF_ORGANISATION[0], *OF_ORGANISATION[1]],
    "series": [NAMES, Tie(Meeting, "series", text="pk")],
    "tag": [
        Tie(TaggedPassage, "tag", text="content_object__text", passage="content_object"),
        Tie(TaggedNote, "tag", text="content_object"),
    ],
}


def is_in(rows, field):
    return Q(**{f"{field}__in": rows})


def tied(ties, values, paths):
    """Return the condition that one of the ties leads to one of the values, as primary keys or rows.

    Of passages the ties are united before they are looked for: with "or" between them a database reads every passage.
    """
    ties = [tie for tie in ties if not (tie.of_whole and paths.is_passage)]
    if not paths.is_passage:
        return reduce(or_, [is_in(rows_of(tie, values, paths)[0], paths.text) for tie in ties])
    found = [passages_of(tie, values, paths) for tie in ties]
    return is_in(found[0].union(*found[1:]) if found[1:] else found[0], "pk")


def rows_of(tie, values, paths):
    """Return what rows of these paths are tied by, and whether that is the passage."""
    key, is_passage = tie.key(paths)
    return tie.rows(**{f"{tie.value}__in": values}).values(key), is_passage


def passages_of(tie, values, paths):
    """Return the primary keys of the passages that a tie leads to."""
    rows, is_passage = rows_of(tie, values, paths)
    return rows if is_passage else Passage.objects.filter(text__in=rows).order_by().values("pk")


def was_there(person, paths):
    """Return the condition that somebody chaired or attended a meeting."""
    return tied(WAS_THERE, [person], paths)


def project(projects, paths):
    """Naming one of them; a meeting also if it was about it; of an outcome only what is about it."""
    return outcome_about(projects) if paths.is_outcome else tied(TIES["project"], projects, paths)


def person(people, paths):
    """Written by them, or naming them; a meeting also if they were there; an action if it is theirs."""
    return Q(**{f"{paths.owner}__in": people}) if paths.owner else tied(TIES["person"], people, paths)


def author(people, paths):
    return tied(TIES["author"], people, paths)


def named(people, paths):
    return tied(TIES["named"], people, paths)


def team(teams, paths):
    """Written by their people or on their behalf, with one of them there, or naming them.

    An action of their people. Of people, who is in them.
    """
    if paths.is_person:
        return Q(team__in=teams)
    if paths.owner:
        return Q(**{f"{paths.owner}__team__in": teams})
    return tied(TIES["team"], teams, paths)


def organisation(organisations, paths):
    """Written by their people, with one of them there, or naming them; an action of their people."""
    if paths.is_person:
        return Q(organisation__in=organisations)
    if paths.owner:
        return Q(**{f"{paths.owner}__organisation__in": organisations})
    return tied(TIES["organisation"], organisations, paths)


def series(series, paths):
    """Of one of its meetings, or naming it; of an outcome only the first."""
    return tied(TIES["series"][1:] if paths.is_outcome else TIES["series"], series, paths)


def tag(tags, paths):
    """With this hashtag in it, or in a note that its author tagged."""
    return tied(TIES["tag"], tags, paths)


def section(sections, paths):
    """Under one of their headings."""
    condition = under_heading(pk__in=sections)
    return (
        condition
        if paths.is_passage
        else is_in(Passage.objects.filter(condition).order_by().values("text"), paths.text)
    )


def kind(kinds, paths):
    """Weeknotes, posts or meetings."""
    conditions = [Q(pk__in=[])]
    if "meeting" in kinds:
        conditions.append(is_in(Meeting.objects.order_by().values("pk"), paths.text))
    for name, is_post in (("weeknote", False), ("post", True)):
        if name in kinds:
            conditions.append(is_in(Note.objects.filter(week__isnull=is_post).order_by().values("pk"), paths.text))
    return reduce(or_, conditions)


def words(query, paths):
    """With these words in it."""
    return query.condition(paths)


def since(day, paths):
    return Q(**{f"{paths.day}__gte": day})


def until(day, paths):
    return Q(**{f"{paths.day}__lte": day})


MEANINGS = {
    "q": words,
    "project": project,
    "person": person,
    "author": author,
    "named": named,
    "team": team,
    "organisation": organisation,
    "series": series,
    "section": section,
    "tag": tag,
    "kind": kind,
    "from": since,
    "to": until,
}
