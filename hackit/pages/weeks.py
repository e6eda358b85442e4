"""This week, and every other one."""

from datetime import timedelta
from itertools import groupby

from django.db.models import F, Q
from django.shortcuts import redirect, render
from django.utils import timezone

from notes.filters import Filters
from notes.models import Break, Meeting, Mention, Note, Passage, Text
from notes.weeks import this_week, week_of
from people.models import Entry

PROJECTS = 8
PASSAGES_A_PROJECT = 2
LEARNINGS = 4
MEETINGS = 5
MOST = 200


def home(request):
    """Show this week; while nobody has written yet, the last one in which somebody did. At most 9 queries."""
    filters = Filters(request.GET)
    now = this_week()
    listed = Text.objects.listed_for(request.user).filter(on__lt=now + timedelta(days=7))
    latest = filters.texts(listed.filter(note__isnull=False)).order_by("-on").values_list("on", flat=True).first()
    week = week_of(latest) if latest else now
    passages = filters.passages(Passage.objects.listed_for(request.user)).filter(**during(week))
    context = {
        "filters": filters,
        "week": week,
        "is_this_week": week == now,
        "notes": filters.texts(Note.objects.listed_for(request.user)).filter(**during(week)).with_links()[:MOST],
        "projects": by_project(passages),
        "learnings": learnings(passages),
        "meetings": Meeting.objects.listed_for(request.user)
        .filter(held_on__gte=timezone.localdate())
        .with_links()
        .order_by("held_on", "start_time", "pk")[:MEETINGS],
        "breaks": breaks(week),
    }
    return render(request, "home.html", context)


def week_detail(request, day):
    """Show everything of a week, by team. At most 10 queries."""
    week = week_of(day)
    if day != week:
        return redirect("week", day=week)
    filters = Filters(request.GET)
    notes = filters.texts(Note.objects.listed_for(request.user)).filter(**during(week)).with_links()
    notes = notes.select_related("author__team").order_by(
        F("author__team__name").asc(nulls_last=True), "author__name"
    )
    passages = filters.passages(Passage.objects.listed_for(request.user)).filter(**during(week))
    context = {
        "filters": filters,
        "week": week,
        "is_this_week": week == this_week(),
        "previous": week - timedelta(days=7),
        "next": week + timedelta(days=7) if week < this_week() else None,
        "teams": [(team, list(of_team)) for team, of_team in groupby(notes[:MOST], lambda note: note.author.team)],
        "projects": by_project(passages),
        "learnings": learnings(passages),
        "meetings": filters.texts(Meeting.objects.listed_for(request.user))
        .filter(**during(week))
        .with_links()
        .order_by("held_on", "start_time", "pk")[:MOST],
        "breaks": breaks(week),
    }
    return render(request, "week_detail.html", context)


def during(week):
    """Return the lookup for the days of a week."""
    return {"on__gte": week, "on__lt": week + timedelta(days=7)}


def by_project(passages):
    """Return [(project, its first passages)] of the projects that are named most: 1 query."""
    headless = passages.exclude(kind__in=Passage.HEADINGS)
    mentions = (
        Mention.objects.filter(entry__kind=Entry.Kind.PROJECT, passage__in=headless)
        .select_related("entry", "passage__author", "passage__text__note", "passage__text__meeting__series")
        .order_by("-on", "-passage__text", "passage__position")[:MOST]
    )
    projects = {}
    for mention in mentions:
        projects.setdefault(mention.entry, []).append(mention.passage)
    ranked = sorted(projects.items(), key=lambda pair: (-len(pair[1]), pair[0].name))
    return [(project, named[:PASSAGES_A_PROJECT], len(named)) for project, named in ranked[:PROJECTS]]


def learnings(passages):
    """Return passages under a heading like "Something I'm learning": 1 query."""
    return (
        passages.filter(Q(heading__icontains="learn"))
        .exclude(kind__in=Passage.HEADINGS)
        .with_links()
        .newest_first()[:LEARNINGS]
    )


def breaks(week):
    """Return who takes a break in a week: 1 query."""
    return (
        Break.objects.filter(starts_on__lt=week + timedelta(days=7))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=week))
        .select_related("person")
        .order_by("person__name")[:MOST]
    )
