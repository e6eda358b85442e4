"""Who is in the same notes, and what they are about, as far as the notes of the last 12 months show it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations

from django.utils import timezone

from hackit.graphs import Node, arcs, columns
from notes.conditions import TEXTS, person, project
from notes.involvement import SPAN
from notes.models import Coauthor, Mention, Note
from people.models import Entry, Person
from projects.models import Project

MOST_NOTES = 2_000  # the newest: enough to know
MOST_PEOPLE, MOST_PROJECTS = 13, 10
FEWEST = 2  # notes in common: one is chance
CLOSEST = 3  # ties of each that are drawn, beside those of others to it


@dataclass
class Line:
    """Somebody or something in the table, in how many notes, and what it is tied to: [(entry, notes)]."""

    entry: object
    notes: int
    ties: list = field(default_factory=list)


class InNotes:
    """The people and projects in each of some notes: 3 queries, however many there are."""

    def __init__(self, user, condition):
        today = timezone.localdate()
        self.first, self.last = today - SPAN + timedelta(days=1), today
        notes = Note.objects.listed_for(user).filter(condition, on__range=(self.first, self.last))
        authors = dict(notes.order_by("-on", "-pk").values_list("pk", "author")[: MOST_NOTES + 1])
        self.is_cut = len(authors) > MOST_NOTES
        keys = list(authors)[:MOST_NOTES]
        self.people, self.projects = defaultdict(set), defaultdict(set)
        for note in keys:
            self.people[note].add(authors[note])
        for note, helper in Coauthor.objects.filter(note__in=keys).order_by().values_list("note", "person"):
            self.people[note].add(helper)
        named = Mention.objects.filter(
            passage__text__in=keys, entry__kind__in=(Entry.Kind.PERSON, Entry.Kind.PROJECT)
        )
        for note, entry, kind in named.order_by().values_list("passage__text", "entry", "entry__kind").distinct():
            (self.people if kind == Entry.Kind.PERSON else self.projects)[note].add(entry)
        self.notes = keys

    def most_named(self, entries, queryset, most, *, but=()):
        """Return [(entry, in how many notes)] of those of a queryset that are in enough, most first: 1 query."""
        counts = Counter(key for note in self.notes for key in entries[note] if key not in but)
        enough = [(key, count) for key, count in counts.items() if count >= FEWEST]
        enough.sort(key=lambda pair: (-pair[1], pair[0]))
        found = queryset.in_bulk([key for key, _ in enough[: 4 * most]])  # some of them have left
        shown = [(found[key], count) for key, count in enough if key in found]
        return sorted(shown, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].pk))[:most]


class WorksWith:
    """With whom somebody is in the same notes, and which projects those name. At most 5 queries."""

    def __init__(self, somebody, user):
        self.notes = notes = InNotes(user, person([somebody], TEXTS))
        people = notes.most_named(notes.people, Person.objects.here(), MOST_PEOPLE - 1, but={somebody.pk})
        projects = notes.most_named(notes.projects, Project.objects.all(), MOST_PROJECTS)
        self.total = len(notes.notes)
        weights = Counter(
            (one.pk, what.pk)
            for note in notes.notes
            for one, _ in people
            if one.pk in notes.people[note]
            for what, _ in projects
            if what.pk in notes.projects[note]
        )
        weights = closest(weights)
        self.people = [Line(one, count, ties_of(weights, one, projects)) for one, count in people]
        self.projects = [Line(what, count, ties_of(turned(weights), what, people)) for what, count in projects]
        left = [node(somebody, self.total, is_main=True), *(node(*pair) for pair in people)]
        weights |= {(somebody.pk, what.pk): count for what, count in projects}
        self.graph = columns(left, [node(*pair) for pair in projects], weights)


class WorksOn:
    """Who is in the notes that name a project or a part of it, and who of them in the same. At most 6 queries."""

    def __init__(self, what, user):
        within = Project.objects.within(what)
        self.notes = notes = InNotes(user, project(within, TEXTS))
        people = notes.most_named(notes.people, Person.objects.here(), MOST_PEOPLE)
        self.total = len(notes.notes)
        shown = sorted(one.pk for one, _ in people)
        pairs = Counter(
            pair
            for note in notes.notes
            for pair in combinations([key for key in shown if key in notes.people[note]], 2)
        )
        both = closest(pairs | turned(pairs))
        both |= turned(both)
        self.people = [Line(one, count, ties_of(both, one, people)) for one, count in people]
        self.beside = notes.most_named(notes.projects, Project.objects.all(), MOST_PROJECTS, but=set(within))
        weights = {pair: weight for pair, weight in both.items() if pair[0] < pair[1]}
        self.graph = arcs([node(*pair) for pair in people], weights)


def node(entry, weight, *, is_main=False):
    return Node(entry.pk, entry.name, weight, entry.get_absolute_url(), entry.kind, is_main)


def closest(weights):
    """Return the few closest ties of each one on the left, of those that are more than chance."""
    ties = defaultdict(list)
    for (one, other), weight in weights.items():
        if weight >= FEWEST:
            ties[one].append((-weight, other))
    return {(one, other): -weight for one, found in ties.items() for weight, other in sorted(found)[:CLOSEST]}


def turned(weights):
    return {(other, one): weight for (one, other), weight in weights.items()}


def ties_of(weights, entry, others):
    """Return [(other, weight)] of those that an entry is tied to, the closest first."""
    tied = [(other, weights[entry.pk, other.pk]) for other, _ in others if weights.get((entry.pk, other.pk))]
    return sorted(tied, key=lambda pair: -pair[1])
