"""What each filter means, for passages, for whole texts and for what meetings decide and ask for."""

from dataclasses import dataclass

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

    mention: str  # the path from a mention ...
    tagged: str  # ... and from a tagged passage, to what the row's `key` is
    key: str
    text: str  # the row's text
    day: str
    is_passage: bool = False  # a passage answers for itself; a text does if any part of it does
    is_outcome: bool = False
    owner: str = ""  # of an action: the person whose it is
    is_person: bool = False  # who is in a team or organisation, not what was written there


PASSAGES = Paths("passage", "content_object", key="pk", text="text", day="on", is_passage=True)
TEXTS = Paths("passage__text", "content_object__text", key="pk", text="pk", day="on")
DECISIONS = Paths(
    "passage__text", "content_object__text", key="meeting", text="meeting", day="meeting__on", is_outcome=True
)
ACTIONS = Paths(
    "passage__text",
    "content_object__text",
    key="meeting",
    text="meeting",
    day="meeting__on",
    is_outcome=True,
    owner="owner",
)
PEOPLE = Paths("entry", "", key="pk", text="", day="", is_person=True)


def is_in(rows, field):
    return Q(**{f"{field}__in": rows.order_by()})


def names(entry, paths):
    return is_in(Mention.objects.filter(entry=entry).values(paths.mention), paths.key)


def written_by(people, paths):
    """Written by people, alone or with others. `people` maps "" and lookups on a person to what they must be."""
    wrote = {f"author{lookup}": value for lookup, value in people.items()}
    helped = {f"person{lookup}": value for lookup, value in people.items()}
    return is_in(Note.objects.filter(**wrote).values("pk"), paths.text) | is_in(
        Coauthor.objects.filter(**helped).values("note"), paths.text
    )


def was_there(people, paths):
    """Chaired or attended by people, who are said as above. Passages are not: a meeting is."""
    if paths.is_passage:
        return Q(pk__in=[])
    led = {f"chair{lookup}": value for lookup, value in people.items()}
    came = {f"person{lookup}": value for lookup, value in people.items()}
    attended = Attendance.objects.filter(**came, sent_apologies=False)
    return is_in(Meeting.objects.filter(**led).values("pk"), paths.text) | is_in(
        attended.values("meeting"), paths.text
    )


def wrote(person, paths):
    return written_by({"": person}, paths)


def project(project, paths):
    """Naming it; a meeting also if it was about it; of an outcome only what is about it."""
    if paths.is_outcome:
        return outcome_about(project)
    if paths.is_passage:
        return names(project, paths)
    return names(project, paths) | is_in(MeetingProject.objects.filter(project=project).values("meeting"), "pk")


def person(person, paths):
    """Written by them, or naming them; a meeting also if they were there; an action if it is theirs."""
    if paths.owner:
        return Q(**{paths.owner: person})
    return wrote(person, paths) | names(person, paths) | was_there({"": person}, paths)


def team(teams, paths):
    """Written by their people or on their behalf, with one of them there, or naming them; an action of their people.

    Takes primary keys.
    """
    if paths.is_person:
        return Q(team__in=teams)
    if paths.owner:
        return Q(**{f"{paths.owner}__team__in": teams})
    on_behalf = is_in(Note.objects.filter(team__in=teams).values("pk"), paths.text)
    named = is_in(Mention.objects.filter(entry__in=teams).values(paths.mention), paths.key)
    people = {"__team__in": teams}
    return written_by(people, paths) | on_behalf | named | was_there(people, paths)


def organisation(organisation, paths):
    """Written by its people, with one of them there, or naming it; an action of its people."""
    if paths.is_person:
        return Q(organisation=organisation)
    if paths.owner:
        return Q(**{f"{paths.owner}__organisation": organisation})
    people = {"__organisation": organisation}
    return written_by(people, paths) | names(organisation, paths) | was_there(people, paths)


def series(series, paths):
    """Of one of its meetings, or naming it."""
    held = is_in(Meeting.objects.filter(series=series).values("pk"), paths.text)
    return held if paths.is_outcome else held | names(series, paths)


def section(section, paths):
    """Under one of its headings."""
    condition = under_heading(pk=section)
    return condition if paths.is_passage else is_in(Passage.objects.filter(condition).values("text"), paths.text)


def tag(tag, paths):
    """With this hashtag in it, or in a note that its author tagged."""
    return is_in(TaggedPassage.objects.filter(tag=tag).values(paths.tagged), paths.key) | is_in(
        TaggedNote.objects.filter(tag=tag).values("content_object"), paths.text
    )


def kind(kind, paths):
    if kind == "meeting":
        return is_in(Meeting.objects.values("pk"), paths.text)
    return is_in(Note.objects.filter(week__isnull=kind == "post").values("pk"), paths.text)


def since(day, paths):
    return Q(**{f"{paths.day}__gte": day})


def until(day, paths):
    return Q(**{f"{paths.day}__lte": day})


MEANINGS = {
    "project": project,
    "person": person,
    "author": wrote,
    "named": names,
    "team": team,
    "organisation": organisation,
    "series": series,
    "section": section,
    "tag": tag,
    "kind": kind,
    "from": since,
    "to": until,
}
