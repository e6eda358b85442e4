"""Everything that answers to a query, as one list: the directory, tags, notes and meetings."""

from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Q
from django.utils.text import slugify

from notes.search import entries
from notes.search.entries import Fit
from notes.search.ranking import WHOLE_TITLE, WORDS_IN_TITLE
from notes.search.stems import words_in
from notes.search.texts import Found, find_texts
from notes.tags import tags_shown_to
from people.models import Entry

MOST_TAGS = 20
MOST_SERIES = 5


class Tier(IntEnum):
    """What comes before what."""

    CALLED_SO = 0
    TITLED_SO = 1
    NAME = 2
    TITLE = 3
    ROLE = 4
    BEGINNING = 5
    TEXT = 6
    ABOUT = 7


OF_ENTRIES = {fit: Tier[{"EXACT": "CALLED_SO"}.get(fit.name, fit.name)] for fit in Fit}


@dataclass
class Result:
    """One line of the results: `what` is an entry of `notes.search.entries`, a tag, or a `Searched` text."""

    tier: Tier
    kind: str
    what: object
    title: str = ""  # this and what follows: what a page shows of it, as HTML with its words marked
    address: str = ""
    excerpt: str = ""
    source: object = None  # the note or meeting

    @property
    def look(self):
        """The symbol that stands for its kind."""
        return "note" if self.kind in ("weeknote", "post") else self.kind

    @property
    def label(self):
        return self.kind.replace("_", " ").capitalize()


@dataclass
class Results:
    """All that was found, in order; `has_more` if there are texts that were not ranked."""

    rows: list
    has_more: bool = False

    def __bool__(self):
        return bool(self.rows)

    def of(self, kinds):
        return [row for row in self.rows if row.kind in kinds]


def find(user, query, filters):
    """Return what answers to a query and filters: at most 5 queries, beside those of the directory after a change.

    With filters, which are about what is written, only notes and meetings.
    """
    if not query.has_words:
        texts = find_texts(user, query, filters) if filters else Found()
        return Results([Result(Tier.TEXT, text.kind, text) for text in texts.texts], texts.has_more)
    found = [] if filters else entries.current().find(query)
    series = [entry.pk for fit, entry in found if entry.kind == Entry.Kind.MEETING_SERIES and fit <= Fit.NAME]
    texts = find_texts(user, query, filters, series[:MOST_SERIES])
    rows = [Result(OF_ENTRIES[fit], entry.kind, entry) for fit, entry in found]
    rows += [Result(tier, "tag", tag) for tier, tag in ([] if filters else find_tags(user, query))]
    rows += [Result(tier_of(text), text.kind, text) for text in texts.texts]
    return Results(sorted(rows, key=lambda row: row.tier), texts.has_more)


def tier_of(text):
    if text.score >= WHOLE_TITLE:
        return Tier.TITLED_SO
    return Tier.TITLE if text.score >= WORDS_IN_TITLE else Tier.TEXT


def find_tags(user, query):
    """Return [(tier, tag)] of the tags with all the words of a query in their address: 1 query."""
    asked = [[slugify(" ".join(words_in(term.words))) for term in group] for group in query.groups]
    tags = tags_shown_to(user)
    for group in asked:
        some = Q()
        for slug in filter(None, group):
            some |= Q(slug__startswith=slug) | Q(slug__contains=f"-{slug}")
        tags = tags.filter(some) if some else tags.none()
    whole = "-".join(slug for group in asked for slug in group)
    found = (
        [
            (Tier.CALLED_SO if tag.slug in (whole, whole.replace("-", "")) else Tier.BEGINNING, tag)
            for tag in tags.order_by("slug")[:MOST_TAGS]
        ]
        if asked
        else []
    )
    return sorted(found, key=lambda pair: pair[0])
