"""How many there would be with one filter more: the counts beside the choices of /explore/.

The newest rows that are found are read into memory with what they are tied to (see notes.conditions.TIES). When they
are all there is, every count follows from them. When there are more, a count is of those: "37+" is at least 37.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, IntegerField, Subquery, Value
from taggit.models import Tag

from notes.conditions import TIES
from notes.filters import KINDS, LABELS, Condition
from notes.filters import MOST as MOST_FILTERS
from notes.models import Passage, SectionHeading, Text
from notes.repetition import HEADING, without_repeated_headings
from people.models import Entry, Team
from projects.models import Project

MOST = 400  # a count beyond it is "400+"
NEWEST_PASSAGES, NEWEST_OTHERS = 5_000, 1_000  # rows that are read into memory
OFFERED = 7
OFFERED_IF_ALL = 60
FACETS = ("project", "person", "team", "organisation", "series", "section", "tag", "kind")
FACET_LABELS = (
    LABELS
    | {"project": "Projects", "person": "People", "team": "Teams", "organisation": "Organisations"}
    | {"series": "Meetings", "section": "Sections", "tag": "Tags"}
)
FACET_OF_ENTRY = {
    Entry.Kind.PROJECT: "project",
    Entry.Kind.PERSON: "person",
    Entry.Kind.TEAM: "team",
    Entry.Kind.ORGANISATION: "organisation",
    Entry.Kind.MEETING_SERIES: "series",
}


def in_words(count):
    return f"{MOST}+" if count > MOST else f"{count:,}"


class Count(Subquery):
    """How many rows a query has, up to one more than `MOST`: it stops there."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows):
        super().__init__(rows.order_by().values("pk")[: MOST + 1])


def count_all(queries):
    """Return {key: how many rows, up to one more than `MOST`} of {key: queryset}: 1 query."""
    if not queries:
        return {}
    counts = Text.objects.order_by().values_list(*(Count(rows) for rows in queries.values()))[:1]
    found = next(iter(counts), [0] * len(queries))  # without a text there is nothing to count
    return dict(zip(queries, found, strict=True))


class Row(NamedTuple):
    """A row that was found, as far as counting needs it."""

    pk: int
    text: int
    kind: str = ""  # of its text
    part: str = ""  # of a passage: what it is
    heading: str = ""  # the one it stands under; of a heading its own words
    heading_key: str = ""


@dataclass
class Choice:
    """One filter more: what it is called, where it leads and how many there are then."""

    words: str
    address: str
    count: int | None  # None where it is not counted
    is_at_least: bool = False  # there are more rows than were counted

    @property
    def count_in_words(self):
        if self.count is None:
            return ""
        return f"{self.count:,}+" if self.is_at_least and self.count <= MOST else in_words(self.count)


@dataclass
class Facet:
    """The choices of one filter."""

    name: str
    label: str
    choices: list
    has_more: bool = False


class Counting:
    """What filters find of one sort, and how many there would be of it with one filter more."""

    def __init__(self, filters, sort, *, all_of="", beside=()):
        """Take the facet of which all choices are wanted, and other querysets to count: {key: rows}.

        1 query; and at most 14 for what `facets` returns, however much there is.
        """
        self.filters, self.sort, self.all_of, self.beside = filters, sort, all_of, dict(beside)
        self.sections, self.has_more = {}, set()  # what `facets` finds
        newest = NEWEST_PASSAGES if sort.is_passage else NEWEST_OTHERS
        rows = self.read(newest + 1)
        self.is_all = len(rows) <= newest
        self.rows = rows[:newest]
        self.place = {row.pk: place for place, row in enumerate(self.rows)}
        self.total = self.shown(range(len(self.rows)))
        if not self.is_all and self.total <= MOST:
            self.total = len(sort.newest(filters, MOST + 1))

    @property
    def total_in_words(self):
        return in_words(self.total)

    def shown(self, places):
        """Return how many a list shows of the rows in these places, up to one more than `MOST`."""
        return min(len(without_repeated_headings([self.rows[place] for place in sorted(places)])), MOST + 1)

    def read(self, limit):
        """Return the newest rows that are found: 1 query."""
        rows = self.sort.find(self.filters).order_by(*self.sort.by)
        text = self.sort.paths.text
        columns = ["pk", F(text)] if text != "pk" else ["pk", F("text_ptr")]
        columns.append(self.sort.kind or Value("meeting"))
        if self.sort.is_passage:
            columns += ["kind", HEADING, "heading_key"]
        return [Row(*row) for row in rows.values_list(*columns)[:limit]]

    # What the rows are tied to

    def tied(self):
        """Return {facet: {value: set of places of rows}}: 1 query for each table that ties, 8 at most."""
        found = defaultdict(lambda: defaultdict(set))
        of_text = defaultdict(set)
        for place, row in enumerate(self.rows):
            of_text[row.text].add(place)
            found["kind"][row.kind].add(place)
        for (model, key, is_passage, only), values in self.tables().items():
            ties = model.objects.filter(**dict(only), **{f"{key}__in": list(self.place if is_passage else of_text)})
            for row, *tied_to in ties.order_by().values_list(key, *values).distinct():
                for facet, value in zip(values.values(), tied_to, strict=True):
                    if value is not None:
                        found[facet][value] |= {self.place[row]} if is_passage else of_text[row]
        self.add_own(found)
        self.add_sections(found, of_text)
        return found

    def tables(self):
        """Return {(model, path to the row, whether that is a passage, which rows): {path to a value: its facet}}."""
        found = defaultdict(dict)
        for facet in FACETS:
            for tie in TIES.get(facet, ()):
                if facet not in self.sort.own.values() and not (tie.of_whole and self.sort.is_passage):
                    key, is_passage = tie.key(self.sort.paths)
                    # What is named is of the facet that its own kind says.
                    found[tie.model, key, is_passage, tie.only][tie.value] = "" if tie.value == "entry" else facet
        return found

    def add_own(self, found):
        """Add what the rows of outcomes say themselves: 1 query, for others none."""
        if self.sort.own:
            own = self.sort.find(self.filters).filter(pk__in=list(self.place)).order_by()
            for pk, *values in own.values_list("pk", *self.sort.own):
                for facet, value in zip(self.sort.own.values(), values, strict=True):
                    if value is not None:
                        found[facet][value].add(self.place[pk])

    def add_sections(self, found, of_text):
        """Add the sections under whose headings the passages stand: 1 query, of whole texts 2."""
        if self.sort.is_passage:
            keys = [(row.heading_key, {place}) for place, row in enumerate(self.rows) if row.heading_key]
        else:
            under = Passage.objects.filter(text__in=list(of_text), heading_key__gt="").order_by()
            keys = [(key, of_text[text]) for text, key in under.values_list("text", "heading_key").distinct()]
        if keys:
            headings = SectionHeading.objects.agreed().order_by()
            columns = ("key", "section__name", "section__slug", "section")
            sections = {key: section for key, *section in headings.values_list(*columns)}
            for key, rows in keys:
                if key in sections:
                    name, slug, section = sections[key]
                    found["section"][section] |= rows
                    self.sections[section] = name, slug

    # The choices

    def facets(self):
        """Return what else could be asked, each choice with how many there would be then; count what is `beside`."""
        offered = self.offered()
        counts = self.counts(offered)
        self.beside = {key: counts.get(key, 0) for key in self.beside}
        facets = []
        for name in FACETS:
            choices = [
                Choice(words, self.address(name, slug), counts[name, value], not (self.is_all or self.sort.own))
                for value, words, slug, _, _ in offered.get(name, ())
                if counts[name, value] != 0
            ]
            choices.sort(key=lambda choice: (-(choice.count or 0), choice.words.lower()))
            if choices:
                facets.append(Facet(name, FACET_LABELS[name], choices, name in self.has_more))
        return facets

    def address(self, name, slug):
        return self.filters.address(**{name: [*self.filters.data.getlist(name), slug]})

    def offered(self):
        """Return {facet: [(value, words, slug, all values it stands for, rows)]} of the choices most have."""
        found = self.tied()
        within = self.add_what_is_above(found)
        called = self.called(found)
        for value, rows in found.pop("").items():
            facet = called.get(("", value), ("", "", ""))[2]
            if facet and facet not in self.sort.own.values():
                found[facet][value] |= rows
                called[facet, value] = called["", value]
        offered = {}
        has_room = len(self.filters.asked) < MOST_FILTERS
        asked = {(condition.name, condition.choice) for condition in self.filters.conditions if condition}
        for facet, values in found.items():
            choices = [
                (value, *called[facet, value][:2], within.get((facet, value), [value]), rows)
                for value, rows in values.items()
                if (facet, value) in called and (facet, called[facet, value][1]) not in asked and has_room
            ]
            choices.sort(key=lambda choice: (-len(choice[4]), choice[1].lower()))
            most = OFFERED_IF_ALL if facet == self.all_of else OFFERED
            if len(choices) > most and facet != self.all_of:
                self.has_more.add(facet)
            offered[facet] = choices[:most]
        return offered

    def add_what_is_above(self, found):
        """Count what is tied to a part for the whole too; return {(facet, value): it and all below}: 1 query."""
        parts = [tree.objects.exclude(part_of=None).order_by() for tree in (Project, Team)]
        above = dict(parts[0].values_list("pk", "part_of").union(parts[1].values_list("pk", "part_of"), all=True))
        within = defaultdict(list)
        for value in above:
            seen, upper = {value}, above.get(value)
            while upper and upper not in seen:
                seen.add(upper)
                within[upper].append(value)
                upper = above.get(upper)
        for facet in ("", "project", "team"):
            for upper, lower in within.items():
                rows = set().union(*(found[facet].get(value, ()) for value in lower))
                if rows:
                    found[facet][upper] |= rows
        return {(facet, upper): [upper, *lower] for upper, lower in within.items() for facet in ("project", "team")}

    def called(self, found):
        """Return {(facet, value): (words, slug, facet)} of everything that was found: 2 queries."""
        entries = {
            pk: (name, slug, FACET_OF_ENTRY[kind])
            for pk, kind, slug, name in Entry.objects.filter(
                pk__in={value for facet in ("", *FACET_OF_ENTRY.values()) for value in found[facet]}
            )
            .order_by()
            .values_list("pk", "kind", "slug", "name")
        }
        tags = Tag.objects.filter(pk__in=list(found["tag"])).values_list("pk", "name", "slug")
        called = {("tag", pk): (name, slug, "tag") for pk, name, slug in tags}
        called |= {("section", pk): (*said, "section") for pk, said in self.sections.items()}
        called |= {("kind", kind): (KINDS[kind], kind, "kind") for kind in found["kind"]}
        for facet in ("", *FACET_OF_ENTRY.values()):
            called |= {(facet, value): entries[value] for value in found[facet] if value in entries}
        return called

    def counts(self, offered):
        """Return {(facet, value): how many, up to one more than `MOST`}, and what is beside them: 1 query.

        Of passages and texts the rows in memory are counted. When they are not all there are, it is how many there
        are at least; when any filter is enough, one more only adds, and nothing is said.
        """
        counts, unsure = {}, {}
        adds = self.filters.match == "any" and self.filters.asks_for_something
        for facet, choices in offered.items():
            for value, words, slug, values, rows in choices:
                if self.sort.own:  # of the few that meetings decide and ask for
                    unsure[facet, value] = self.sort.find(self.filters.plus(Condition(facet, values, words, slug)))
                elif adds:
                    counts[facet, value] = None
                else:
                    counts[facet, value] = self.shown(rows)
        return counts | count_all(unsure | self.beside)
