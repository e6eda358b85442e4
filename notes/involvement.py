"""Who works on a project, as far as the notes show it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from notes.models import Coauthor, Mention, Note
from notes.models.texts import listed
from people.models import Entry, Person

FEWEST = 3  # notes: below that it is chance
SPAN = timedelta(days=365)


@dataclass
class Involved:
    """Somebody in the notes about a project, and in how many of them."""

    name: str
    slug: str
    notes: int

    def get_absolute_url(self):
        return reverse(Entry.ROUTES[Entry.Kind.PERSON], args=[self.slug])


def involved_in(project, user):
    """Return who is named in, or wrote, at least three notes of the last 12 months that name a project, most first.

    Those who are listed in the project, and those who have left, are not. One query, a row for each person.
    """
    today = timezone.localdate()
    about = Mention.objects.filter(listed(user, "passage__text__"), entry=project, on__gt=today - SPAN, on__lte=today)
    notes = Note.objects.filter(pk__in=about.order_by().values("passage__text"))
    # The same person in the same note counts once, though they wrote it and are named in it.
    named_too = Mention.objects.filter(passage__text=OuterRef("note"), entry=OuterRef("person"))
    ways = [
        counted(Mention.objects.exclude(passage__author=F("entry")), "entry", "passage__text", notes, project),
        counted(Note.objects.all(), "author", "pk", notes, project),
        counted(Coauthor.objects.exclude(Exists(named_too)), "person", "note", notes, project),
    ]
    found = {}
    for name, slug, count in ways[0].union(*ways[1:], all=True):
        found.setdefault(slug, Involved(name, slug, 0)).notes += count
    enough = [person for person in found.values() if person.notes >= FEWEST]
    return sorted(enough, key=lambda person: (-person.notes, person.name))


def counted(rows, who, note, notes, project):
    """Return (name, slug, how many of the notes) of each person that rows lead to."""
    listed = Person.objects.filter(Q(memberships__project=project) | Q(leads=project)).order_by().values("pk")
    others = Person.objects.here().exclude(pk__in=listed).order_by().values("pk")
    rows = rows.filter(**{f"{note}__in": notes.values("pk"), f"{who}__in": others})
    counts = rows.order_by().values(f"{who}__name", f"{who}__slug").annotate(count=Count(note, distinct=True))
    return counts.values_list(f"{who}__name", f"{who}__slug", "count")
