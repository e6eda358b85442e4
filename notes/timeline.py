"""Passages by week, newest first: what a project's, a person's or a tag's page shows."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from notes.models import Passage
from notes.paging import Page
from notes.repetition import NEWEST_FIRST, newest_lines
from notes.weeks import week_of

SIZE = 30


@dataclass
class Week:
    """One week of a timeline: the passages, and with each run of them the text they are from."""

    monday: object
    texts: list  # of (note or meeting, its passages here)


class Timeline:
    """One page of passages, grouped by week and text."""

    def __init__(self, passages, token=""):
        """Take passages already narrowed to what this reader may see: 2 queries.

        What a row shows is joined to the rows of this page alone. Joined to all of them, a database may begin with
        what is joined, and sort.
        """
        lines = newest_lines(passages, SIZE + 1, token)
        read = Passage.objects.filter(with_what_follows(lines)).with_links()
        found = {(passage.text_id, passage.position): passage for passage in read}
        rows = [found[place] for place in ((line.text, line.position) for line in lines) if place in found]
        self.page = Page.of(rows, by=NEWEST_FIRST, size=SIZE, is_first=not token)
        for passage in self.page:
            if passage.kind == Passage.Kind.HEADING:
                following = found.get((passage.text_id, passage.position + 1))
                is_under = following and following.heading == passage.words
                passage.followed_by = following if is_under else None
        self.weeks = [
            Week(
                monday,
                [(source, list(run)) for source, run in groupby(of_week, lambda passage: passage.source)],
            )
            for monday, of_week in groupby(self.page, lambda passage: week_of(passage.on))
        ]

    def __bool__(self):
        return bool(self.weeks)


def with_what_follows(lines):
    """Return the condition for the passages of these lines, and for the one after each heading.

    Alone a heading would say little. What follows is of the same text, so whoever sees the heading sees it.
    """
    condition = Q(pk__in=[line.pk for line in lines])
    for line in lines:
        if line.part == Passage.Kind.HEADING:
            condition |= Q(text=line.text, position=line.position + 1)
    return condition
