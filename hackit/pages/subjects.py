"""What a feed or calendar is of: a person, a project, a list. One row a sort of page, for all outlets."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from notes import conditions
from notes.conditions import ACTIONS, MEANINGS, TEXTS
from notes.filters import DAYS, OF_PAGES
from notes.models import MeetingSeries, Section
from notes.models.sections import LEARNING
from notes.tags import tags_shown_to
from people.models import Organisation, Person, Team
from projects.models import Project

ALL, NOTHING = Q(), Q(pk__in=[])
NOTES, MEETINGS = Q(note__isnull=False), Q(meeting__isnull=False)


@dataclass
class Subject:
    """What an outlet is of, and the conditions for what it gives."""

    title: str  # empty for everything
    key: str  # what it is, in an id that stays when it is renamed
    address: str  # of its page; empty where that is the path without its last part
    texts: Q = ALL
    meetings: Q = ALL  # of a calendar
    actions: Q = ALL


LISTS = {
    "everything": Subject("", "everything", ""),
    "explore": Subject("Explore", "explore", ""),
    "notes": Subject("Notes", "notes", "", texts=NOTES),
    "meetings": Subject("Meetings", "meetings", "", texts=MEETINGS, actions=NOTHING),
    "actions": Subject("Actions", "actions", "", meetings=NOTHING),
}
ENTRIES = {
    "person": Person,
    "project": Project,
    "team": Team,
    "organisation": Organisation,
    "series": MeetingSeries,
}
BEING_THERE = {
    "person": conditions.WAS_THERE,
    "team": conditions.OF_TEAM[1],
    "organisation": conditions.OF_ORGANISATION[1],
}


def subject_of(about, slug, user):
    """Return the Subject of an outlet, or raise Http404: at most 2 queries, one more for each level of teams."""
    if about in LISTS:
        return LISTS[about]
    if about in ENTRIES:
        return of_entry(about, get_object_or_404(ENTRIES[about], slug=slug))
    return of_tag(slug, user) if about == "tag" else of_section(slug or LEARNING)


def of_entry(about, entry):
    values = Team.objects.within(entry) if about == "team" else [entry.pk]
    return Subject(
        title=entry.name,
        key=f"{about}/{entry.pk}",
        address=entry.get_absolute_url(),
        texts=MEANINGS[about](values, TEXTS),
        meetings=meetings_of(about, values),
        actions=MEANINGS[about](values, ACTIONS),
    )


def meetings_of(about, values):
    """Return the condition for the meetings in a calendar: those of a series, those where somebody was.

    Those of a project are about it or name it, as on its page.
    """
    if about == "series":
        return Q(series__in=values)
    if about == "project":
        return conditions.project(values, TEXTS)
    return conditions.tied(BEING_THERE[about], values, TEXTS)


def of_tag(slug, user):
    tags = tags_shown_to(user)
    tag = tags.filter(slug=slug).first() or get_object_or_404(tags, former_slugs__slug=slug)
    return Subject(
        f"#{tag}", f"tag/{tag.pk}", reverse("tags:detail", args=[tag.slug]), texts=conditions.tag([tag.pk], TEXTS)
    )


def of_section(slug):
    section = Section.objects.filter(slug=slug).first()
    if section is None and slug != LEARNING:
        raise Http404
    section = section or Section(name="What we are learning", slug=LEARNING)
    return Subject(
        section.name,
        f"section/{section.slug}",  # it never changes
        section.get_absolute_url(),
        texts=conditions.section([section.pk], TEXTS),
    )


def filters_in_words(filters):
    """Return what filters ask for, such as "Project: Spacebank, From: 2019-06-10"; days as they were written.

    Said in other words, a day of this year would be another one next year, and the feed another as well.
    """
    said = [
        f"{chip.label}: {asked if name in DAYS else chip.value}"
        for (name, asked), chip in zip(filters.asked, filters.chips, strict=True)
    ]
    return (", or " if filters.match == "any" else ", ").join(said)


def query_of(data):
    """Return the query of a page as its outlets have it: what filters it, without which page of it is shown."""
    kept = data.copy()
    for name in OF_PAGES:
        if name != "match":
            kept.pop(name, None)
    return kept.urlencode()
