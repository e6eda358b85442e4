"""What people type into a search box, understood: words, "phrases", -not, OR, and filters such as project:spacebank.

Whatever is typed has a meaning: what has none is left aside.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_, or_

from django.db.models import Q
from django.http import QueryDict

from notes.markdown import clean
from notes.models import SearchText
from notes.search.backends import Match, Matches
from notes.search.stems import line, stems

MOST = 20  # words, phrases and filters; nobody means more
LONGEST = 10_000  # characters
COMMON = 4000  # texts
FILTERS = ("project", "person", "author", "named", "team", "organisation", "tag", "kind", "section", "series")
DAYS = ("from", "to")
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
PART = re.compile(
    rf"(?P<without>-?)(?:(?P<name>{'|'.join(FILTERS + DAYS)}):)?" r'(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))',
    re.IGNORECASE,
)
MONTH = re.compile(r"(\d{4})(?:-(\d\d?))?")


@dataclass(frozen=True)
class Term:
    """A word or phrase: its stems, which stand together, and how it was written."""

    stems: tuple
    words: str

    @property
    def line(self):
        return line(self.stems)

    def is_in(self, kept):
        """Whether the kept line of a title, body or passage has it."""
        return self.line in kept


@dataclass
class Query:
    """A query, read: of each of the `groups` one term, and none of those `without`."""

    text: str = ""
    groups: list = field(default_factory=list)
    without: list = field(default_factory=list)
    pairs: list = field(default_factory=list)  # of filters: (name, value)
    problems: list = field(default_factory=list)
    bare: str = ""  # the text without the filters

    @classmethod
    def read(cls, text):
        """Understand any text. It costs no query."""
        text = clean(text)[:LONGEST].translate(QUOTES)
        query = cls(" ".join(text.split()))
        joins = negates = False
        for count, match in enumerate(PART.finditer(text)):
            if count == MOST * 2 or query.size >= MOST:
                query.problems.append(f"Only the first {MOST} words of a search count.")
                break
            query.bare += f" {match[0]}" * (not match["name"])
            word = match["word"] if not (match["name"] or match["without"]) else None
            if word in ("OR", "AND", "NOT"):
                joins, negates = word == "OR", word == "NOT"
                continue
            query.add(match, joins=joins, negates=negates or bool(match["without"]))
            joins = negates = False
        query.bare = query.bare.strip()
        return query

    def add(self, match, *, joins, negates):
        """Take one part of the text in."""
        words = (match["phrase"] if match["phrase"] is not None else match["word"]).strip()
        if match["name"] and words:
            name = match["name"].lower()
            value = day_meant(words, is_end=name == "to") if name in DAYS else words
            self.pairs.append((f"not_{name}" if negates and name in FILTERS else name, value))
            return
        term = Term(tuple(stems(words)), words)
        if not term.stems:
            return
        if negates:
            self.without.append(term)
        elif joins and self.groups:
            self.groups[-1] += (term,)
        else:
            self.groups.append((term,))

    def __bool__(self):
        return bool(self.groups or self.without or self.pairs)

    @property
    def size(self):
        return sum(map(len, self.groups)) + len(self.without) + len(self.pairs)

    @property
    def has_words(self):
        return bool(self.groups or self.without)

    @property
    def terms(self):
        """The terms of which one or all are wanted, in the order they were written."""
        return [term for group in self.groups for term in group]

    @cached_property
    def stems(self):
        """Every stem that is wanted, in order: if there is no OR, what a title says that is the query."""
        return tuple(stem for term in self.terms for stem in term.stems)

    def filters(self, data=None):
        """Return the filters as `Filters` takes them, behind those of an address: a QueryDict that can be changed."""
        pairs = QueryDict(mutable=True)
        if data is not None:
            pairs.update(data)
        for name, value in self.pairs:
            pairs.appendlist(name, value)
        return pairs

    def match(self):
        """Return what the index is asked for, or None where nothing is wanted."""
        return Match(tuple(tuple(term.stems for term in group) for group in self.groups)) if self.groups else None

    def texts(self, path="pk"):
        """Return the condition that a text has the words, anywhere in it. `path` leads to its primary key."""
        condition = Q()
        if self.groups:
            condition &= Q(Matches(self.match(), path))
        if self.without:
            condition &= ~Q(Matches(Match((tuple(term.stems for term in self.without),)), path))
        return condition

    @cached_property
    def is_common(self):
        """Whether so many texts have the words that going through all passages by day finds some sooner: 1 query."""
        return SearchText.objects.filter(Matches(self.match()))[: COMMON + 1].count() > COMMON

    def own_words(self):
        """Return the condition that a row has the words in its own `stems`."""
        wanted = [reduce(or_, (Q(stems__contains=term.line) for term in group)) for group in self.groups]
        unwanted = [~Q(stems__contains=term.line) for term in self.without]
        return reduce(and_, [*wanted, *unwanted], Q())

    def condition(self, paths):
        """Return the condition on the rows of a list, by the `notes.conditions.Paths` they are reached by.

        A passage, decision or action has the words itself, a text somewhere in it, a person in name or role. Of
        passages it costs 1 query, once for a `Query`.
        """
        if paths.is_person:
            wanted = [reduce(or_, (is_called(term) for term in group)) for group in self.groups]
            return reduce(and_, [*wanted, *(~is_called(term) for term in self.without)], Q())
        if paths.is_passage and self.groups and not self.is_common:
            return self.own_words() & Q(Matches(self.match(), paths.text))  # the index first: it is the quicker one
        if paths.is_passage or paths.is_outcome:
            return self.own_words()
        return self.texts(paths.text)

    def is_answered_by(self, *lines):
        """Whether kept lines have, among them, what the query wants: what the databases are held to."""
        return all(any(term.is_in(kept) for term in group for kept in lines) for group in self.groups) and not any(
            term.is_in(kept) for term in self.without for kept in lines
        )


def is_called(term):
    fields = ("name", "preferred_name", "role")
    return reduce(or_, (Q(**{f"{name}__icontains": term.words}) for name in fields))


def day_meant(words, *, is_end):
    """Return the day that "2019-06" or "2019" begins or ends with as 2019-06-10; anything else as it is."""
    match = MONTH.fullmatch(words)
    if not match or int(match[1]) < 1 or not 1 <= int(match[2] or 1) <= 12:
        return words
    year, month = int(match[1]), int(match[2] or (12 if is_end else 1))
    return f"{year:04}-{month:02}-{monthrange(year, month)[1] if is_end else 1:02}"
