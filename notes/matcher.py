"""Names as they stand in a text: which entries of the directory answer to the words at a place.

A matcher is a tree of words, so looking up costs what the text is long, however many names are known.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from notes.forms import Form
from notes.ordinary_words import COUNCILS
from notes.words import hide, name_key, same, split, squash, stands_alone, tokens
from people.models import Entry

LINKED_KINDS = (Entry.Kind.PERSON, Entry.Kind.PROJECT, Entry.Kind.ORGANISATION, Entry.Kind.MEETING_SERIES)
WEEK = timedelta(days=6)
ENTRIES = None  # the key of a node under which its names stand


def stem(word):
    """Return a word in small letters without its ending, so that "auditing" is as "audit"."""
    return word.lower()[:5]


@dataclass(frozen=True)
class PersonFacts:
    """What decides whether somebody may be meant with half of their name."""

    came: date | None = None
    left: date | None = None  # from this day on they were gone
    titles: frozenset = frozenset()  # by which they are addressed, in small letters
    place: str = ""  # their role, team and organisation


NOTHING_KNOWN = PersonFacts()


class Tree:
    """Names by their words."""

    def __init__(self, names=()):
        self.root = {}
        for name in names:
            self.add(name)

    def add(self, name):
        node = self.root
        for word in tokens(name.words):
            node = node.setdefault(word, {})
        node.setdefault(ENTRIES, []).append(name)

    def called(self, words):
        """Return the names that these words, through `same`, are in some case."""
        node = self.root
        for word in tokens(words):
            node = node.get(word, {})
        return node.get(ENTRIES, ())

    def longest(self, text, words, at):
        """Return (the last word's number, names) of the longest name that begins at a word, or None."""
        start, best = words[at].start, None
        node = self.root.get(words[at].key)
        last = at
        while node is not None:
            if listed := node.get(ENTRIES):
                end = words[last].end
                fitting = [name for name in listed if name.fits(text[start:end])]
                is_better = best is None or not says_the_same(best[1], fitting)
                if fitting and is_better and stands_alone(text, start, end):
                    best = last, fitting
            last += 1
            if last == len(words):
                break
            node = node.get(words[last].gap + words[last].key)
        return best


def says_the_same(listed, others):
    """Whether the longer of two names at a place is only another form of what the shorter has as a name."""
    return all(name.form > Form.ACRONYM for name in others) and {name.entry for name in others} == {
        name.entry for name in listed if name.form <= Form.FULL
    }


class Matcher:
    """Every name of the directory. It is read, never changed; see `names.current`."""

    def __init__(self, names, slugs, paths, people=None):
        """Take `names`, an iterable of Name; `slugs`, {(kind, slug): entry}; and `paths`, {entry: (kind, slug)}.

        `people` is {entry: PersonFacts} of those of whom more is known than a name.
        """
        self.slugs = slugs
        self.paths = paths
        self.people = people or {}
        self.councils = set()  # the organisations whose first word is a place, too
        self.tree = Tree()
        self.hashtags = defaultdict(set)
        self.surnamed = set()  # the people of whom more than one word is known
        for name in names:
            self.tree.add(name)
            if name.form == Form.LISTED and (name.kind == Entry.Kind.PROJECT or name.words.startswith("#")):
                self.hashtags[squash(name.words)].add(name.entry)
            if name.kind == Entry.Kind.ORGANISATION and not COUNCILS.isdisjoint(name.words.lower().split()):
                self.councils.add(name.entry)
            if name.form <= Form.FULL and name.kind == Entry.Kind.PERSON and " " in name.words:
                self.surnamed.add(name.entry)

    def address(self, entry):
        """Return the address of an entry's page."""
        kind, slug = self.paths[entry]
        return reverse(Entry.ROUTES[kind], kwargs={"slug": slug})

    def is_person(self, entry):
        return self.paths[entry][0] == Entry.Kind.PERSON

    def facts(self, person):
        return self.people.get(person, NOTHING_KNOWN)

    def has_title(self, person, title):
        return title in self.facts(person).titles

    def is_known_by_one_name(self, entry):
        """Whether it is somebody of whom the directory has no more than one word: Ian."""
        return self.is_person(entry) and entry not in self.surnamed

    def is_not_from(self, person, place):
        """Whether what is known of somebody's role, team and organisation says nothing of a place."""
        known = self.facts(person).place
        entries = {self.paths[name.entry][1] for name in self.tree.called(name_key(place))}
        said = {stem(word) for words in (place, *entries) for word in re.findall(r"[^\W\d_]{2,}", words)}
        return bool(known) and not said & {stem(word) for word in re.findall(r"[^\W\d_]{2,}", known)}

    def called(self, words):
        """Return the entries with exactly these words for a name, in any case, or for a slug."""
        found = {name.entry for name in self.tree.called(same(words)) if name.form == Form.LISTED}
        return found or {entry for kind in LINKED_KINDS if (entry := self.slugs.get((kind, words.lower())))}

    def perhaps(self, words):
        """Return the entries that these words may mean, in whatever form."""
        return self.called(words) | {name.entry for name in self.tree.called(name_key(words))}

    def tagged(self, hashtag):
        """Return the entries that a hashtag (without its #) names: projects, and what lists it as an alias."""
        return self.hashtags.get(squash(hashtag), frozenset())

    def here(self, entries, day):
        """Return those of some entries who had come and not left, in the week from a day; None is any day.

        If all had left, it is those who had come.
        """
        if day is None:
            return set(entries)
        facts = {entry: self.facts(entry) for entry in entries}
        had_come = {entry for entry, one in facts.items() if one.came is None or one.came <= day + WEEK}
        return {entry for entry in had_come if facts[entry].left is None or facts[entry].left > day} or had_come

    def find(self, text, unlinked=(), more=None):
        """Yield (start, end, names) for each name in a text, the longest at its place first.

        `names` are all those that fit there, in whatever form. `more` is a Tree of names beyond the directory's;
        `unlinked` are (start, end) in which nothing is looked for.
        """
        text = same(hide(text, unlinked))
        words = list(split(text))
        at = 0
        while at < len(words):
            found = self.tree.longest(text, words, at)
            if more is not None and (other := more.longest(text, words, at)) and (not found or other[0] >= found[0]):
                found = other if not found or other[0] > found[0] else (found[0], [*found[1], *other[1]])
            if found is None:
                at += 1
                continue
            last, names = found
            yield words[at].start, words[last].end, names
            at = last + 1
