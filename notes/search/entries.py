"""People, projects, teams, organisations and series of meetings, by what they are called and what they do.

The whole directory is kept in memory until it changes, so that finding among it asks the database nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from django.urls import reverse
from django.utils import timezone

from notes.forms import nicknames, without_titles
from notes.models import MeetingSeries
from notes.search.stems import line, stem_line, stems, words_in
from people.models import Alias, DirectoryVersion, Entry, Organisation, Person, Team
from projects.models import Project

LAST = "\U0010ffff"  # sorts behind every word
IN_USE = ("", "active")


class Fit(IntEnum):
    """How well an entry answers, best first."""

    EXACT = 0  # it is called just that, or its nickname is
    NAME = 1  # its names have all the words
    ROLE = 2  # the words are its role, or several of them stand in it as asked
    BEGINNING = 3  # its names have words that begin so
    ABOUT = 4  # its role, aim or description has them


@dataclass
class Listed:
    """An entry as search shows it."""

    pk: int
    kind: str
    slug: str
    name: str
    names: list = field(default_factory=list)  # folded, the words of each between spaces, its own first
    first_names: list = field(default_factory=list)  # of a person, with nicknames
    role: str = ""
    about: str = ""
    state: str = ""
    left_on: date | None = None

    @property
    def has_left(self):
        return self.left_on is not None and self.left_on <= timezone.localdate()

    def get_absolute_url(self):
        return reverse(Entry.ROUTES[self.kind], kwargs={"slug": self.slug})

    @property
    def in_short(self):
        """What a line says of it beside the name: the role, and that somebody has left or something is over."""
        over = "has left" if self.has_left else self.state.replace("active", "")
        return ", ".join(filter(None, [self.role, over]))

    @property
    def is_past(self):
        """Whether it is over: listed after those that are not."""
        return self.has_left or self.state not in IN_USE


_current = ("of no version yet", None)


def current():
    """Return the directory as it is now: 1 query, and 5 more after a change."""
    global _current  # noqa: PLW0603 - a cache of one
    version = DirectoryVersion.now()
    if _current[0] != version:
        _current = version, load()
    return _current[1]


def load():
    """Read the whole directory: 5 queries. A former name is in none of what is read."""
    listed = {row[0]: Listed(*row) for row in Entry.objects.values_list("pk", "kind", "slug", "name")}
    names = defaultdict(list)
    for pk, name in Alias.objects.values_list("entry", "name"):
        names[pk].append(name)
    people = Person.objects.values_list(
        "pk", "role", "left_on", "preferred_name", "team__name", "organisation__name", "place"
    )
    for pk, role, left_on, preferred, *places in people:
        if pk in listed:
            listed[pk].role, listed[pk].left_on = role, left_on
            listed[pk].about = ", ".join(filter(None, [role, *places]))
            first, *others = without_titles(listed[pk].name.split())
            listed[pk].first_names = [name for name in (first, preferred, *sorted(nicknames(first))) if name]
            names[pk] += [" ".join([other, *others]) for other in listed[pk].first_names]
    for pk, aim, state in Project.objects.values_list("pk", "aim", "state"):
        if pk in listed:
            listed[pk].about, listed[pk].state = aim, state
    abouts = [model.objects.order_by().values_list("pk", "about") for model in (Team, Organisation, MeetingSeries)]
    for pk, about in abouts[0].union(*abouts[1:], all=True):
        if pk in listed:
            listed[pk].about = about
    return Directory(listed.values(), names)


class Directory:
    """All entries, by the words of their names and the stems of what they do."""

    def __init__(self, entries, names):
        self.entries = list(entries)
        self.exact, self.stems, words = defaultdict(set), defaultdict(set), defaultdict(set)
        for number, entry in enumerate(self.entries):
            said = [words_in(name) for name in (entry.name, *names[entry.pk])]
            entry.names = [f" {' '.join(name)} " for name in dict.fromkeys(map(tuple, said)) if name] or [""]
            for name in entry.names:
                self.exact[name].add(number)
            for first in entry.first_names:
                self.exact[f" {' '.join(words_in(first))} "].add(number)
            for word in {word for name in said for word in name}:
                words[word].add(number)
            for stem in stems(entry.about):
                self.stems[stem].add(number)
        self.words = sorted(words)
        self.numbers = [words[word] for word in self.words]

    def find(self, query, *, most=100):
        """Return [(fit, entry)] of what answers to the words of a query, best first.

        The last word may be only begun.
        """
        if not query.groups:
            return []
        asked = [[tuple(words_in(term.words)) for term in group] for group in query.groups]
        unwanted = set().union(*(self.called(words_in(term.words), self.whole) for term in query.without))
        fits = dict.fromkeys(self.described(query), Fit.ABOUT)
        fits |= dict.fromkeys(self.all_called(asked, self.begun), Fit.BEGINNING)
        fits |= {number: Fit.ROLE for number in fits if says(stem_line(self.entries[number].role), query)}
        fits |= dict.fromkeys(self.all_called(asked, self.whole), Fit.NAME)
        said = f" {' '.join(word for group in asked for word in group[0])} "
        if all(len(group) == 1 for group in asked):
            fits |= dict.fromkeys(self.exact.get(said, ()), Fit.EXACT)
        found = [(fit, self.entries[number]) for number, fit in fits.items() if number not in unwanted]
        return sorted(found, key=lambda pair: (pair[0], *place_of(pair[1], said)))[:most]

    def near(self, word):
        """Return the words of names that are about as long as a word, and begin like it or go on like it."""
        return [
            other
            for other in self.words
            if abs(len(other) - len(word)) <= 2 and (other[0] == word[0] or other[1:3] == word[1:3])
        ]

    def whole(self, word):
        """Return the entries with a name that has the word."""
        at = bisect_left(self.words, word)
        return self.numbers[at] if at < len(self.words) and self.words[at] == word else set()

    def begun(self, word):
        """Return the entries with a name that has a word beginning so."""
        first, last = bisect_left(self.words, word), bisect_left(self.words, word + LAST)
        return set().union(*self.numbers[first:last])

    def called(self, words, find):
        """Return the entries whose names have all the words; several stand together, and the last may be begun."""
        found = set.intersection(*map(find, words)) if words else set()
        if len(words) > 1:
            phrase = f" {' '.join(words)}{'' if find == self.begun else ' '}"
            found = {number for number in found if any(phrase in name for name in self.entries[number].names)}
        return found

    def all_called(self, asked, find):
        return set.intersection(*(set().union(*(self.called(words, find) for words in group)) for group in asked))

    def described(self, query):
        """Return the entries of which name and description together have all the words."""
        return set.intersection(*(set().union(*map(self.described_by, group)) for group in query.groups))

    def described_by(self, term):
        words = words_in(term.words)
        return set.intersection(
            *(self.stems.get(stem, set()) | self.whole(word) for stem, word in zip(term.stems, words, strict=True))
        )


def says(role, query):
    """Whether a role, as a kept line, is what is asked, or says several words of it as they are asked."""
    return role == line(query.stems) or (len(query.stems) > 1 and line(query.stems) in role)


def place_of(entry, said):
    """Return the place among those that answer as well: what is over last, a name before a nickname."""
    return entry.is_past, said not in entry.names[0], ORDER[entry.kind], entry.name, entry.pk


ORDER = {kind: number for number, kind in enumerate(Entry.PLURALS)}
