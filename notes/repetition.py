"""Titles and headings in a list of passages: shown only where nothing that follows under them is in it as well.

Decided here and not by a database, which would have to find everything again for each heading. In the order of a
timeline what stands under a heading comes after it, so a list that is read from its beginning says it by itself.
"""

from typing import NamedTuple

from django.db.models import Case, When

from notes.models import Passage
from notes.paging import after

NEWEST_FIRST = ["-on", "-text_id", "position"]  # and within a text as it was written
# The heading a passage stands under; of a heading its own words.
HEADING = Case(When(kind=Passage.Kind.HEADING, then="words"), default="heading")
READ = 3  # times as many rows as are wanted: fewer than half are ever left out


class Line(NamedTuple):
    """A passage, as far as it matters here."""

    pk: int
    text: int
    position: int
    part: str
    heading: str


def without_repeated_headings(lines):
    """Return the lines that a list shows. Each has a `text`, a `part` (its kind) and a `heading`, in their order."""
    shown, text, under = [], None, set()
    for line in reversed(lines):
        if line.text != text:
            text, under = line.text, set()
        is_repeated = bool(under) if line.part == Passage.Kind.TITLE else line.heading in under
        if line.part not in Passage.HEADINGS:
            under.add(line.heading)
        elif is_repeated:
            continue
        shown.append(line)
    return shown[::-1]


def newest_lines(passages, most, token="", *, read=None):
    """Return the lines of the passages that a list shows, newest first, `most` at most: 1 query, seldom more.

    From the one after the token on, where there is one.
    """
    rows = after(passages.order_by(*NEWEST_FIRST), token, NEWEST_FIRST)
    limit = read or READ * most
    lines = [Line(*row) for row in rows.values_list("pk", "text", "position", "kind", HEADING)[:limit]]
    shown = without_repeated_headings(lines)
    if len(lines) == limit:  # within a text, of which more may follow
        shown = [line for line in shown if line.text != lines[-1].text]
        if len(shown) < most:
            return newest_lines(passages, most, token, read=4 * limit)
    return shown[:most]


def newest_shown(passages, most):
    """Return the primary keys of the passages that a list shows, newest first, `most` at most: as `newest_lines`."""
    return [line.pk for line in newest_lines(passages, most)]
