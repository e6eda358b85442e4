"""The filters of every list, spelt the same everywhere: ?project= &person= &author= &named= &tag= &kind= &from= &to=.

An address is the filter: plain GET parameters, repeatable; a passage or text has to answer to all of them.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from taggit.models import Tag

from notes.markdown import clean
from notes.models import (
    Attendance,
    Coauthor,
    Meeting,
    MeetingProject,
    Mention,
    Note,
    TaggedNote,
    TaggedPassage,
)
from notes.weeks import day_in_words, parse_day
from people.models import Entry, FormerSlug

MOST = 20  # filters at once; nobody means more
MOST_CHOICES = 300
KINDS = {"weeknote": "Weeknotes", "post": "Posts", "meeting": "Meetings"}
ENTRIES = {
    "project": (Entry.Kind.PROJECT, "project", "Project"),
    "person": (Entry.Kind.PERSON, "person", "Person"),
    "author": (Entry.Kind.PERSON, "person", "Written by"),
    "named": (Entry.Kind.PERSON, "person", "Names"),
}


@dataclass
class Chip:
    """A filter that is on, and the address of the same list without it."""

    label: str
    value: str
    without: str


@dataclass
class Condition:
    """One filter, understood: `value` is a primary key, a kind or a day; `words` is how a person would say it."""

    name: str
    value: object
    words: str


@dataclass(frozen=True)
class Paths:
    """How the rows of a list reach what filters compare, as the paths from a mention, a tagged passage and a text."""

    mention: str
    tagged: str
    text: str
    is_whole: bool  # a whole text, which answers to a filter if any part of it does


PASSAGES = Paths("passage", "content_object", "text", is_whole=False)
TEXTS = Paths("passage__text", "content_object__text", "pk", is_whole=True)


class Filters:
    """What somebody asked of a list."""

    def __init__(self, data):
        """Take the GET parameters of a request: 1 query for slugs, 1 for tags, 1 for each name that is no slug."""
        self.data = data
        self.asked = [
            (name, value)
            for name in (*ENTRIES, "tag", "kind", "from", "to")
            for value in dict.fromkeys(clean(value).strip().lstrip("#") for value in data.getlist(name))
            if value
        ][:MOST]
        self.problems = []
        self.is_impossible = False
        self.conditions = [self.read(name, value) for name, value in self.asked]
        days = {condition.name: condition.value for condition in self.conditions if condition}
        if days.get("from") and days.get("to") and days["from"] > days["to"]:
            self.problems.append("“From” is after “To”, so nothing can be in between.")

    def __bool__(self):
        return bool(self.asked)

    def read(self, name, value):
        """Return the condition of one parameter; for a wrong one None, and say what is wrong."""
        if name in ("from", "to"):
            day = parse_day(value)
            if day is None:
                self.problems.append(f"“{value}” is not a date, so it was left aside. Write it as 2019-06-10.")
            return Condition(name, day, day_in_words(day)) if day else None
        if name in ENTRIES:
            found = self.entries.get((ENTRIES[name][0], value.lower()))
            problem = f"There is no {ENTRIES[name][1]} “{value}”."
        elif name == "tag":
            found = self.tags.get(value.lower())
            problem = f"Nothing has the tag “{value}”."
        else:
            found = value if value in KINDS else None
            problem = f"“{value}” is no kind of text: choose weeknote, post or meeting."
        if found is None:
            self.problems.append(problem)
            self.is_impossible = True
            return None
        return Condition(name, getattr(found, "pk", found), KINDS.get(value, str(found)))

    @cached_property
    def entries(self):
        """The entries asked for, by (kind, what was asked): a slug, else a former slug, else the name of only one."""
        wanted = {(ENTRIES[name][0], value.lower()) for name, value in self.asked if name in ENTRIES}
        if not wanted:
            return {}
        slugs = {value for _, value in wanted}
        found = {(entry.kind, entry.slug): entry for entry in Entry.objects.filter(slug__in=slugs)}
        if wanted - found.keys():
            former = FormerSlug.objects.filter(slug__in=slugs).select_related("entry")
            found = {(slug.kind, slug.slug): slug.entry for slug in former} | found
        for kind, value in wanted - found.keys():
            called = Entry.objects.called(value).filter(kind=kind)[:2]
            if len(called) == 1:
                found[kind, value] = called[0]
        return found

    @cached_property
    def tags(self):
        slugs = [value.lower() for name, value in self.asked if name == "tag"]
        return {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}

    @cached_property
    def choices(self):
        """The projects that a form offers: 1 query, and no more of them than a page can bear."""
        return list(Entry.objects.filter(kind=Entry.Kind.PROJECT)[:MOST_CHOICES])

    @property
    def fields(self):
        """What each field of a form shows, by its name: the first value asked for."""
        return dict(reversed(self.asked))

    kinds = tuple(KINDS.items())

    @cached_property
    def chips(self):
        """The filters that are on, each with the way to take it off."""
        return [
            Chip(LABELS[name], condition.words if condition else value, self.without(name, value))
            for (name, value), condition in zip(self.asked, self.conditions, strict=True)
        ]

    def without(self, name, value):
        rest = self.data.copy()
        rest.setlist(name, [other for other in rest.getlist(name) if clean(other).strip().lstrip("#") != value])
        for page in ("after", "passages"):
            rest.pop(page, None)
        return f"?{rest.urlencode()}"

    def passages(self, queryset):
        """Narrow passages to those that answer to every filter themselves."""
        return self.narrow(queryset, PASSAGES)

    def texts(self, queryset):
        """Narrow notes or meetings to those that answer to every filter, somewhere in them."""
        return self.narrow(queryset, TEXTS)

    def narrow(self, queryset, paths):
        if self.is_impossible:
            return queryset.none()
        for condition in self.conditions:
            if condition:
                queryset = queryset.filter(MEANINGS[condition.name](condition.value, paths))
        return queryset


def is_in(rows, field="pk"):
    return Q(**{f"{field}__in": rows.order_by()})


def names(entry, paths):
    return is_in(Mention.objects.filter(entry=entry).values(paths.mention))


def wrote(person, paths):
    """Written by somebody, alone or with others."""
    return is_in(Note.objects.filter(author=person).values("pk"), paths.text) | is_in(
        Coauthor.objects.filter(person=person).values("note"), paths.text
    )


def project(project, paths):
    if not paths.is_whole:
        return names(project, paths)
    return names(project, paths) | is_in(MeetingProject.objects.filter(project=project).values("meeting"))


def person(person, paths):
    """Written by them, or naming them; a meeting also if they were there."""
    answer = wrote(person, paths) | names(person, paths)
    if not paths.is_whole:
        return answer
    attended = Attendance.objects.filter(person=person, sent_apologies=False)
    return answer | is_in(attended.values("meeting")) | is_in(Meeting.objects.filter(chair=person).values("pk"))


def tag(tag, paths):
    """With this hashtag in it, or in a note that its author tagged."""
    return is_in(TaggedPassage.objects.filter(tag=tag).values(paths.tagged)) | is_in(
        TaggedNote.objects.filter(tag=tag).values("content_object"), paths.text
    )


def kind(kind, paths):
    if kind == "meeting":
        return is_in(Meeting.objects.values("pk"), paths.text)
    return is_in(Note.objects.filter(week__isnull=kind == "post").values("pk"), paths.text)


MEANINGS = {
    "project": project,
    "person": person,
    "author": wrote,
    "named": names,
    "tag": tag,
    "kind": kind,
    "from": lambda day, paths: Q(on__gte=day),
    "to": lambda day, paths: Q(on__lte=day),
}
LABELS = {name: label for name, (_, _, label) in ENTRIES.items()} | {
    "tag": "Tag",
    "kind": "Kind",
    "from": "From",
    "to": "To",
}
