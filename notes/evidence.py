"""Whom a name that several have may mean: the likeliest first, and why. For people to choose by, never to link by."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max

from notes.models import Attendance, Mention, NameChoice, Text
from notes.weeks import day_in_words
from people.models import Entry, Person
from projects.models import Member

NEAR = 12  # words behind a name, and half of that before it, in which a role says who is meant
WORD = re.compile(r"[^\W\d_]{4,}")
SAYS_NOTHING = frozenset("head lead team manag servi offic senio direc with from that this".split())


@dataclass
class Candidate:
    entry: Entry
    weight: float = 0
    reasons: list = field(default_factory=list)  # sentences without a capital, the heaviest first

    def add(self, weight, reason):
        self.weight += weight
        self.reasons.append(reason)


def ranked(text, entries, around, named):
    """Return {key of a question: [Candidate, ...]}, the likeliest first: 7 queries, however many questions.

    `entries` are {key: primary keys of those who may be meant}, `around` {key: what stands beside the name}, `named`
    the primary keys of what the text names.
    """
    every = {pk for some in entries.values() for pk in some}
    known = Entry.objects.in_bulk(every)
    people = Person.objects.select_related("team", "organisation").in_bulk(every)
    facts = Facts(text, every, named)
    return {
        key: sorted(
            (candidate(known[pk], people.get(pk), key, around.get(key, ""), facts) for pk in some if pk in known),
            key=lambda one: (-one.weight, one.entry.name, one.entry.pk),
        )
        for key, some in entries.items()
    }


class Facts:
    """What is known of how candidates and a text go together: 5 queries."""

    def __init__(self, text, candidates, named):
        self.author = text.author
        self.chosen = defaultdict(int)  # {(key, entry): in how many other texts of this author}
        self.last = {}  # {entry: the day on which this author named them last}
        if self.author:
            told = (
                Text.objects.published().order_by().values("pk")
            )  # who may settle names here need not see the others
            before = NameChoice.objects.filter(text__in=told, text__note__author=self.author, entry__in=candidates)
            counts = before.exclude(text=text.pk).values_list("key", "entry").annotate(Count("pk"))
            self.chosen |= {(key, entry): count for key, entry, count in counts.order_by()}
            lately = Mention.objects.filter(entry__in=candidates, passage__author=self.author, on__lte=text.on)
            days = (
                lately.filter(passage__text__in=told)
                .exclude(passage__text=text.pk)
                .values_list("entry")
                .annotate(Max("on"))
                .order_by()
            )
            self.last = dict(days)
        attended = Attendance.objects.filter(meeting=text.pk, person__in=candidates)
        self.present = set(attended.values_list("person", flat=True))
        self.projects = defaultdict(list)  # {person: the names of the projects in the text they work on}
        for person, project in Member.objects.filter(project__in=named, person__in=candidates).values_list(
            "person", "project__name"
        ):
            self.projects[person].append(project)
        self.colleagues = dict(
            Person.objects.filter(pk__in=named, team__isnull=False)
            .exclude(pk__in=candidates)
            .values_list("team", "name")
        )


def candidate(entry, person, key, around, facts):
    found = Candidate(entry)
    if said := person and told_by(around, f"{person.role} {person.team or ''} {person.organisation or ''}"):
        found.add(5, f"“{said}” stands beside the name")
    if entry.pk in facts.present:
        found.add(4, "was at this meeting")
    if count := facts.chosen[key, entry.pk]:
        found.add(4, f"chosen in {count} other {'text' if count == 1 else 'texts'}")
    if facts.projects[entry.pk]:
        found.add(3, f"works on {facts.projects[entry.pk][0]}, which is named here")
    if person is not None and person.team_id:
        if facts.author and facts.author.team_id == person.team_id:
            found.add(2, "in the author’s team")
        elif person.team_id in facts.colleagues:
            found.add(1.5, f"in a team with {facts.colleagues[person.team_id]}, who is named here")
    if day := facts.last.get(entry.pk):
        found.add(1, f"last named by the author on {day_in_words(day)}")
    if facts.author and facts.author.pk == entry.pk:
        found.add(-9, "wrote this")
    return found


def told_by(around, role):
    """Return the first telling word beside a name that is in somebody's role, team or organisation too, or None."""
    roles = {stem(word) for word in WORD.findall(role)} - SAYS_NOTHING
    return next((word for word in WORD.findall(around) if stem(word) in roles), None)


def stem(word):
    """Return a word in small letters without its ending, so that "auditing" is as "audit"."""
    return word.lower()[:5] if len(word) > 5 else word.lower()


def beside(words, start, end):
    """Return what stands beside a name, within its sentence."""
    before = re.split(r"[.!?] ", words[:start])[-1].split()[-NEAR // 2 :]
    after = re.split(r"[.!?] ", words[end:])[0].split()[:NEAR]
    return " ".join([*before, *after])
