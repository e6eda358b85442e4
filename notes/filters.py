"""The filters of every list, spelt the same everywhere, as plain GET parameters: an address is the filter.

?q= &project= &person= &author= &named= &team= &organisation= &series= &section= &tag= &kind= &from= &to=, repeatable;
&match=any for what answers to one of them (words and days always narrow); &not_project= and so on leave out.
"""

import copy
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from notes.conditions import ACTIONS, DECISIONS, MEANINGS, PASSAGES, PEOPLE, TEXTS
from notes.markdown import clean
from notes.models import FormerTag, Passage, Section
from notes.repetition import newest_shown
from notes.search.queries import Query
from notes.tags import tags_shown_to
from notes.weeks import day_in_words, parse_day
from people.models import Entry, FormerSlug, Team
from projects.models import Project

MOST = 30  # filters at once; nobody means more
MOST_CHOICES = 300
MOST_COUNTED = 100  # "100+" is enough to know
MOST_LOOSENED = 6
NOT = "not_"
DAYS = {"from": "From", "to": "To"}
KINDS = {"weeknote": "Weeknotes", "post": "Posts", "meeting": "Meetings"}
ENTRIES = {
    "project": (Entry.Kind.PROJECT, "Project"),
    "person": (Entry.Kind.PERSON, "Person"),
    "author": (Entry.Kind.PERSON, "Written by"),
    "named": (Entry.Kind.PERSON, "Names"),
    "team": (Entry.Kind.TEAM, "Team"),
    "organisation": (Entry.Kind.ORGANISATION, "Organisation"),
    "series": (Entry.Kind.MEETING_SERIES, "Meeting series"),
}
LABELS = {name: label for name, (_, label) in ENTRIES.items()} | {"section": "Section", "tag": "Tag", "kind": "Kind"}
WORDS = "q"
NAMES = [WORDS, *LABELS, *(NOT + name for name in LABELS), *DAYS]
FEW = 4
OF_PAGES = (
    "match",
    "after",
    "passages",
    "letter",
    "state",
    "phase",
    "by",
    "show",
    "all_of",
)  # what else an address may say of a list
TRACKING = ("utm_", "fbclid", "gclid", "mc_")  # what mail and other sites add to an address
HINT = f"There are {', '.join([WORDS, *LABELS, *DAYS])}."
WITHIN = {"team": Team.objects.within, "project": Project.objects.within}  # with what lies below
LEFT_OUT = ("project", "person", "team", "tag", "kind")  # what a form has a field for to leave it out
PAGES = (
    "after",
    "passages",
    "page",
)  # what an address says of the page of a list, which a changed filter begins anew


@dataclass
class Chip:
    """A filter that is on, and the address of the same list without it."""

    label: str
    value: str
    without: str
    count: str = ""  # how many there are without it


@dataclass
class Condition:
    """One filter, understood: `value` is what its meaning compares with; `words` is how a person would say it."""

    name: str
    value: object  # a day, words as a Query, or the primary keys or kinds of which any answers
    words: str
    choice: str = ""  # how a form offers it


class Filters:
    """What somebody asked of a list."""

    def __init__(self, request, data=None):
        """Take a request for its reader and its GET parameters, or other ones as a QueryDict.

        1 query for slugs, 1 for tags, 1 for sections, 1 for each name that is no slug, and 1 for what lies below
        each team and project.
        """
        self.data, self.user, self.rows = without_words(request.GET if data is None else data), request.user, None
        self.asked = [
            (name, value)
            for name in NAMES
            for value in dict.fromkeys(plain(value) for value in self.data.getlist(name))
            if value
        ]
        self.several = {}  # what to say of a name that several have
        self.problems = [
            f"“{name}” is no filter here, so it was left aside. {HINT}"
            for name in self.data
            if name not in (*NAMES, *OF_PAGES) and not name.startswith(TRACKING)
        ]
        if len(self.asked) > MOST:
            self.problems.append(f"These are more than {MOST} filters: the first {MOST} of them count.")
            self.asked = self.asked[:MOST]
        self.conditions = [self.read(name, value) for name, value in self.asked]
        days = {condition.name: condition.value for condition in self.conditions if condition}
        if days.get("from") and days.get("to") and days["from"] > days["to"]:
            self.problems.append("“From” is after “To”, so nothing can be in between.")

    def __bool__(self):
        return bool(self.asked)

    def read(self, name, value):
        """Return the condition of one parameter; for a wrong one None, and say what is wrong."""
        bare = name.removeprefix(NOT)
        if bare == WORDS:
            query = Query.read(value)
            self.problems += query.problems
            return Condition(name, query, value, value)
        if bare in DAYS:
            found = parse_day(value)
            problem = f"“{value}” is not a date, so it was left aside. Write it as 2019-06-10."
        elif bare in ENTRIES:
            found = self.entries.get((ENTRIES[bare][0], value.lower()))
            problem = self.several.get(value.lower()) or f"There is no {ENTRIES[bare][0].label.lower()} “{value}”."
        elif bare == "tag":
            found = self.tags.get(value.lower())
            problem = f"Nothing has the tag “{value}”."
        elif bare == "section":
            found = self.sections.get(value.lower())
            problem = f"There is no section “{value}”."
        else:
            found = value if value in KINDS else None
            problem = f"“{value}” is no kind of text: choose weeknote, post or meeting."
        if found is None:
            self.problems.append(problem)
            return None
        if bare in DAYS:
            return Condition(name, found, day_in_words(found))
        within = WITHIN.get(bare)
        compared = within(found) if within else [getattr(found, "pk", found)]
        return Condition(name, compared, KINDS.get(value, str(found)), getattr(found, "slug", value))

    @cached_property
    def entries(self):
        """The entries asked for, by (kind, what was asked): a slug, else a former slug, else the name of only one."""
        asked = [(name.removeprefix(NOT), value) for name, value in self.asked]
        wanted = {(ENTRIES[name][0], value.lower()): value for name, value in asked if name in ENTRIES}
        if not wanted:
            return {}
        slugs = {value for _, value in wanted}
        found = {(entry.kind, entry.slug): entry for entry in Entry.objects.filter(slug__in=slugs)}
        if wanted.keys() - found.keys():
            former = FormerSlug.objects.filter(slug__in=slugs).select_related("entry")
            found = {(slug.kind, slug.slug): slug.entry for slug in former} | found
        for kind, value in wanted.keys() - found.keys():
            called = list(Entry.objects.called(wanted[kind, value]).filter(kind=kind).distinct()[:FEW])
            if len(called) == 1:
                found[kind, value] = called[0]
            elif called:
                names = " or ".join(f"{entry} ({entry.slug})" for entry in called)
                self.several[value] = f"“{value}” may be {names}: write one of them."
        return found

    @cached_property
    def tags(self):
        """The tags asked for, by slug, else by the slug of a tag that went into one."""
        slugs, shown = self.values("tag"), tags_shown_to(self.user)
        found = {tag.slug: tag for tag in shown.filter(slug__in=slugs)} if slugs else {}
        if set(slugs) - found.keys():
            former = FormerTag.objects.filter(slug__in=slugs, tag__in=shown).select_related("tag")
            found = {one.slug: one.tag for one in former} | found
        return found

    @cached_property
    def sections(self):
        return {section.slug: section for section in Section.objects.filter(slug__in=self.values("section"))}

    def values(self, name):
        return [value.lower() for asked, value in self.asked if asked.removeprefix(NOT) == name]

    # What a form shows

    @cached_property
    def choices(self):
        """What a form offers to choose from, by name: 1 query, and no more than a page can bear."""
        kinds = {kind: name for name, (kind, _) in reversed(ENTRIES.items()) if kind != Entry.Kind.PERSON}
        offered = {name: [] for name in kinds.values()}
        entries = Entry.objects.filter(kind__in=kinds).values_list("kind", "slug", "name")
        for kind, slug, name in entries[: MOST_CHOICES * len(kinds)]:
            if len(offered[kinds[kind]]) < MOST_CHOICES:
                offered[kinds[kind]].append((slug, name))
        for (name, _), condition in zip(self.asked, self.conditions, strict=True):
            some = offered.get(name.removeprefix(NOT))
            if condition and some is not None and (condition.choice, condition.words) not in some:
                some.append((condition.choice, condition.words))  # beyond what the page can bear, but asked
        return offered

    @cached_property
    def section_choices(self):
        return list(Section.objects.values_list("slug", "name")[:MOST_CHOICES])

    kinds = tuple(KINDS.items())

    @property
    def fields(self):
        """What each field of a form shows, by its name: the first value asked for."""
        return dict(reversed(self.asked))

    @property
    def chosen(self):
        """What each field of a form that offers a choice shows as chosen, by its name."""
        pairs = list(zip(self.asked, self.conditions, strict=True))
        return {name: condition.choice for (name, _), condition in reversed(pairs) if condition}

    def kept(self, offers):
        """Return the (name, value) pairs of the address that a form with these fields does not carry by itself."""
        shown = {*offers, *(NOT + name for name in offers if name in LEFT_OUT), *DAYS, "match"}
        carried = {name: value for name, value in self.fields.items() if name in shown}
        pairs = [(name, value) for name, values in self.data.lists() for value in values if plain(value)]
        return [
            (name, value)
            for name, value in pairs
            if name not in PAGES and name != "match" and carried.get(name) != plain(value)
        ]

    @cached_property
    def query(self):
        """All words that are asked for, as one query."""
        return Query.read(" ".join(value for name, value in self.asked if name == WORDS))

    @property
    def other_than_words(self):
        """The (name, value) pairs of the address that a form with a field for words alone carries along."""
        pairs = [(name, value) for name, values in self.data.lists() for value in values]
        return [(name, value) for name, value in pairs if name != "q" and name not in PAGES]

    @property
    def leaves_out(self):
        return any(name.startswith(NOT) for name, _ in self.asked)

    @property
    def match(self):
        return "any" if self.data.get("match") == "any" else "all"

    @property
    def may_match_otherwise(self):
        """Whether there are two filters, of which one or all can be asked."""
        return len([name for name, _ in self.asked if name in LABELS]) > 1

    @property
    def matching_otherwise(self):
        """The address of the same filters, with any of them where now all are asked, and the other way round."""
        return self.address(match="all" if self.match == "any" else "any")

    @cached_property
    def chips(self):
        """The filters that are on, each with the way to take it off."""
        return [
            Chip(label(name), condition.words if condition else value, self.without(name, value))
            for (name, value), condition in zip(self.asked, self.conditions, strict=True)
        ]

    def without(self, name, value):
        return self.address(**{name: [other for other in self.data.getlist(name) if plain(other) != value]})

    def address(self, **changes):
        """Return the query of this list with other values, from its first page."""
        data = self.data.copy()
        for name, value in changes.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        for name in PAGES:
            data.pop(name, None)
        return f"?{data.urlencode()}"

    # What they find

    def passages(self, queryset):
        """Narrow passages to those that answer to the filters themselves."""
        return self.narrow(queryset, PASSAGES)

    def texts(self, queryset):
        """Narrow notes or meetings to those that answer to the filters, somewhere in them."""
        return self.narrow(queryset, TEXTS)

    def decisions(self, queryset):
        return self.narrow(queryset, DECISIONS)

    def actions(self, queryset):
        return self.narrow(queryset, ACTIONS)

    def narrow(self, queryset, paths):
        wanted, is_impossible = [], []
        for (name, _), condition in zip(self.asked, self.conditions, strict=True):
            meaning = condition and MEANINGS[name.removeprefix(NOT)](condition.value, paths)
            if name in LABELS:
                wanted.append(meaning)
                is_impossible.append(meaning is None)
            elif meaning:
                queryset = queryset.filter(~meaning if name.startswith(NOT) else meaning)
        if is_impossible and (all if self.match == "any" else any)(is_impossible):
            return queryset.none()
        wanted = [meaning for meaning in wanted if meaning]
        if wanted and self.match == "any":
            return queryset.filter(reduce(or_, wanted))
        for meaning in wanted:
            queryset = queryset.filter(meaning)
        return queryset

    def people(self, queryset):
        """Narrow people to those in the teams and organisations asked for: no other filter is about people."""
        return self.narrow(queryset, PEOPLE)

    def split(self, names):
        """Return two: the filters of these names, and all others."""
        are = self.where(lambda name, _: name.removeprefix(NOT) in names)
        are_not = self.where(lambda name, _: name.removeprefix(NOT) not in names)
        return are, are_not

    def split_exclusions(self):
        """Return two: the filters that ask for something, and those that leave something out."""
        return self.where(lambda name, _: not name.startswith(NOT)), self.where(lambda name, _: name.startswith(NOT))

    @property
    def asks_for_something(self):
        """Whether there is a filter that is neither words, a day nor an exclusion."""
        return any(name in LABELS for name, _ in self.asked)

    def find(self, rows):
        """Return what the function `rows` gives for these filters; `looser` asks it for others."""
        self.rows = rows
        return rows(self)

    def looser(self):
        """Return the chips that, taken off, leave something to see, most first.

        For an empty list: 1 query for each filter, for six of them at most.
        """
        chips = []
        for chip, asked in list(zip(self.chips, self.asked, strict=True))[:MOST_LOOSENED]:
            rows = self.rows(self.but(asked))
            is_timeline = rows.model is Passage
            count = len(newest_shown(rows, MOST_COUNTED + 1)) if is_timeline else rows[: MOST_COUNTED + 1].count()
            if count:
                chips.append((count, chip))
        chips.sort(key=lambda pair: -pair[0])
        for count, chip in chips:
            chip.count = f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
        return [chip for _, chip in chips]

    def plus(self, condition):
        """Return the same filters and one more."""
        more = copy.copy(self)
        more.asked = [*self.asked, (condition.name, condition.choice)]
        more.conditions = [*self.conditions, condition]
        return more

    def but(self, asked):
        """Return the same filters without one of them."""
        return self.where(lambda *one: one != asked)

    def where(self, is_kept):
        """Return a copy with some of the filters only: those whose name and value `is_kept` takes."""
        some = copy.copy(self)
        kept = [pair for pair in zip(self.asked, self.conditions, strict=True) if is_kept(*pair[0])]
        some.asked, some.conditions = [one for one, _ in kept], [condition for _, condition in kept]
        return some


def without_words(data):
    """Return an address with the filters that somebody typed among the words, such as project:loti, as filters."""
    queries = [Query.read(value) for value in data.getlist(WORDS)]
    if not any(query.pairs for query in queries):
        return data
    data = data.copy()
    data.setlist(WORDS, [query.bare for query in queries if query.bare])
    for query in queries:
        data = query.filters(data)
    return data


def plain(value):
    return clean(value).strip().lstrip("#")


def label(name):
    """Return what a filter is called: "Project", or "Without project"."""
    bare = name.removeprefix(NOT)
    words = "Words" if bare == WORDS else DAYS.get(bare) or LABELS[bare]
    return words if bare == name else f"Without {words[0].lower()}{words[1:]}"
