"""Who works on what, as far as the notes show it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from notes.models import Coauthor, Mention, Note
from notes.models.texts import listed
from people.models import Entry
from projects.models import Project

FEWEST = 3  # notes: below that it is chance
MOST_SUBJECTS = 6
SPAN = timedelta(days=365)


@dataclass
class Involved:
    """Somebody in the notes about a project, and in how many of them."""

    name: str
    slug: str
    notes: int

    def get_absolute_url(self):
        return reverse(Entry.ROUTES[Entry.Kind.PERSON], args=[self.slug])


def involved_in(project, user, *, listed_already):
    """Return who is named in, or wrote, at least three notes of the last 12 months that name a project, most first.

    Those whose primary keys are `listed_already`, and those who have left, are not. One query, a row for each person.
    """
    today = timezone.localdate()
    about = Mention.objects.filter(listed(user, "passage__"), entry=project, on__gt=today - SPAN, on__lte=today)
    notes = about.filter(passage__text__note__isnull=False).order_by().values("passage__text")
    # The same person in the same note counts once, though they wrote it and are named in it.
    named_too = Mention.objects.filter(passage__text=OuterRef("note"), entry=OuterRef("person"))
    ways = [
        counted(Mention.objects.exclude(passage__author=F("entry")), "entry__person", "passage__text", notes),
        counted(Note.objects.all(), "author", "pk", notes),
        counted(Coauthor.objects.exclude(Exists(named_too)), "person", "note", notes),
    ]
    found = {}
    for pk, name, slug, left_on, count in ways[0].union(*ways[1:], all=True):
        if pk not in listed_already and (left_on is None or left_on > today):
            found.setdefault(pk, Involved(name, slug, 0)).notes += count
    enough = [person for person in found.values() if person.notes >= FEWEST]
    return sorted(enough, key=lambda person: (-person.notes, person.name))


def subjects_of(passages):
    """Return the few projects that passages of the last 12 months name most, each with its `count`: 1 query."""
    today = timezone.localdate()
    lately = passages.filter(on__gt=today - SPAN, on__lte=today).order_by().values("pk")
    projects = Project.objects.filter(mentions__passage__in=lately).annotate(count=Count("mentions"))
    return projects.order_by("-count", "name")[:MOST_SUBJECTS]


def counted(rows, who, note, notes):
    """Return (key, name, slug, when they left, in how many of the notes) of each person that rows lead to."""
    rows = rows.filter(**{f"{note}__in": notes, f"{who}__isnull": False}).order_by()
    person = [f"{who}__{field}" for field in ("pk", "name", "slug", "left_on")]
    return rows.values(*person).annotate(count=Count(note, distinct=True)).values_list(*person, "count")
