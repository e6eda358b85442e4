"""Passages by week, newest first: what a project's, a person's or a tag's page shows."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from notes.models import Passage
from notes.models.passages import PassageQuerySet
from notes.paging import Page
from notes.weeks import week_of

SIZE = 30
NEWEST_FIRST = ["-on", "-text_id", "position"]  # and within a text as it was written


@dataclass
class Week:
    """One week of a timeline: the passages, and with each run of them the text they are from."""

    monday: object
    texts: list  # of (note or meeting, its passages here)


class Timeline:
    """One page of passages, grouped by week and text."""

    def __init__(self, passages, token=""):
        """Take passages already narrowed to what this reader may see: 1 query, 2 with a heading among them."""
        self.page = Page(
            passages.without_repeated_headings(),
            token,
            by=NEWEST_FIRST,
            size=SIZE,
            load=PassageQuerySet.with_links,
        )
        show_what_follows([passage for passage in self.page if passage.kind == Passage.Kind.HEADING])
        self.weeks = [
            Week(
                monday,
                [(source, list(run)) for source, run in groupby(of_week, lambda passage: passage.source)],
            )
            for monday, of_week in groupby(self.page, lambda passage: week_of(passage.on))
        ]

    def __bool__(self):
        return bool(self.weeks)


def show_what_follows(headings):
    """Give each heading the passage after it: alone it would say little. 1 query, none without a heading.

    It is of the same text, so whoever sees the heading sees it.
    """
    if not headings:
        return
    places = Q()
    for heading in headings:
        places |= Q(text=heading.text_id, position=heading.position + 1)
    following = {(passage.text_id, passage.position): passage for passage in Passage.objects.filter(places)}
    for heading in headings:
        passage = following.get((heading.text_id, heading.position + 1))
        heading.followed_by = passage if passage and passage.heading == heading.words else None
