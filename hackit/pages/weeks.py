"""This week, and every other one."""

from collections import defaultdict
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, F, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from notes.activity import Activity
from notes.filters import Filters
from notes.models import Break, Meeting, Mention, Note, Passage, Text
from notes.models.sections import LEARNING, under_heading
from notes.openings import with_openings
from notes.repetition import NEWEST_FIRST
from notes.weeks import this_week, week_of
from people.models import Entry
from projects.models import Project

PROJECTS = 8
PASSAGES_A_PROJECT = 2
LEARNINGS = 6
MEETINGS = 5
MOST = 60  # notes
MANY = 30  # meetings, breaks


def home(request):
    """Show this week; while nobody has written yet, the last one in which somebody did. At most 14 queries.

    The notes that name most come first: they are what the rest of the week is about.
    """
    filters = Filters(request)
    now = this_week()
    listed = Text.objects.listed_for(request.user).filter(on__lt=now + timedelta(days=7))
    latest = filters.texts(listed.filter(note__isnull=False)).order_by("-on").values_list("on", flat=True).first()
    week = week_of(latest) if latest else now
    passages = filters.passages(Passage.objects.listed_for(request.user)).filter(**during(week))
    listed_notes = filters.texts(Note.objects.listed_for(request.user))
    notes = listed_notes.filter(**during(week)).with_links().without_body().by_how_much_they_name()
    notes = with_openings(notes[: MOST + 1])
    is_cut = len(notes) > MOST
    context = {
        "filters": filters,
        "week": week,
        "is_this_week": week == now,
        "is_cut": is_cut,
        "previous": week - timedelta(days=7) if latest else None,
        "notes": notes[:MOST],
        "writers": len({person for note in notes for person in (note.author, *note.coauthors.all())}),
        "activity": Activity(listed_notes, path=reverse("notes:list")),
        "projects": by_project(passages, week),
        "learnings": learnings(passages),
        "meetings": Meeting.objects.listed_for(request.user)
        .filter(held_on__gte=timezone.localdate())
        .with_links()
        .without_body()
        .order_by("held_on", "start_time", "pk")[:MEETINGS],
        "breaks": breaks(week),
    }
    return render(request, "home.html", context)


def week_detail(request, day):
    """Show everything of a week, by team. At most 13 queries."""
    week = week_of(day)
    if day != week:
        query = request.GET.urlencode()
        return redirect(reverse("week", args=[week]) + (f"?{query}" if query else ""))
    filters = Filters(request)
    of_week = Note.objects.listed_for(request.user).filter(**during(week))
    notes = (
        filters.find(lambda asked: asked.texts(of_week))
        .with_links()
        .without_body()
        .select_related("author__team")
        .order_by(F("author__team__name").asc(nulls_last=True), "author__name")
    )
    notes = with_openings(notes[: MOST + 1])
    is_cut = len(notes) > MOST
    notes = notes[:MOST]
    passages = filters.passages(Passage.objects.listed_for(request.user)).filter(**during(week))
    listed = Text.objects.listed_for(request.user)
    context = {
        "filters": filters,
        "week": week,
        "is_this_week": week == this_week(),
        "previous": week - timedelta(days=7) if listed.filter(on__lt=week).exists() else None,
        "next": week + timedelta(days=7) if week <= this_week() else None,  # also what is announced for the next
        "is_cut": is_cut,
        "teams": [(team, list(of_team)) for team, of_team in groupby(notes, lambda note: note.author.team)],
        "projects": by_project(passages, week),
        "learnings": learnings(passages),
        "meetings": filters.texts(Meeting.objects.listed_for(request.user))
        .filter(**during(week))
        .with_links()
        .without_body()
        .order_by("held_on", "start_time", "pk")[:MANY],
        "breaks": breaks(week),
    }
    return render(request, "week_detail.html", context)


def during(week):
    """Return the lookup for the days of a week."""
    return {"on__gte": week, "on__lt": week + timedelta(days=7)}


def by_project(passages, week):
    """Return [(project, its first passages, how many it has)] of the projects that a week names most: 3 queries."""
    headless = passages.exclude(kind__in=Passage.HEADINGS)
    mentions = Mention.objects.filter(entry__kind=Entry.Kind.PROJECT, passage__in=headless, **during(week))
    counts = mentions.values_list("entry", "entry__name", "entry__slug").annotate(count=Count("pk"))
    counts = list(counts.order_by("-count", "entry__name")[:PROJECTS])
    chosen = defaultdict(list)
    in_order = mentions.filter(entry__in=[pk for pk, *_ in counts]).order_by("-passage__text", "passage__position")
    for entry, passage in in_order.values_list("entry", "passage"):
        if len(chosen[entry]) < PASSAGES_A_PROJECT:
            chosen[entry].append(passage)
    shown = Passage.objects.with_links().in_bulk({passage for some in chosen.values() for passage in some})
    return [
        (Project(pk=pk, name=name, slug=slug), [shown[passage] for passage in chosen[pk]], count)
        for pk, name, slug, count in counts
    ]


def learnings(passages):
    """Return passages of the section of learnings: 1 query."""
    return (
        passages.filter(under_heading(slug=LEARNING))
        .exclude(kind__in=Passage.HEADINGS)
        .with_links()
        .order_by(*NEWEST_FIRST)[:LEARNINGS]
    )


def breaks(week):
    """Return who takes a break in a week: 1 query."""
    return (
        Break.objects.filter(starts_on__lt=week + timedelta(days=7))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=week))
        .filter(Q(person__left_on__isnull=True) | Q(person__left_on__gt=timezone.localdate()))
        .select_related("person")
        .order_by("person__name")[:MANY]
    )
