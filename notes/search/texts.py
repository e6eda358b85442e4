"""The texts that answer to a query, best first."""

from dataclasses import dataclass, field

from notes.models import Text
from notes.search.backends import Matches
from notes.search.ranking import Searched, rank
from notes.weeks import this_week

MOST = 400  # newest matches that are ranked, and as many whose titles match; beyond, a page says "400+"
NEWEST_FIRST = ("-on", "-pk")
COLUMNS = ("pk", "search_text__title", "search_text__body", "on", "note__week", "meeting")


@dataclass
class Found:
    """The texts found, best first, and whether there are more."""

    texts: list = field(default_factory=list)
    has_more: bool = False


def find_texts(user, query, filters, series=()):
    """Return what is listed for a user and answers to the query and filters: at most 3 queries.

    The newest of those are ranked, and the newest whose titles have the words, also the meetings of the `series`.
    """
    listed = filters.texts(Text.objects.listed_for(user))
    newest = list(keys(listed.filter(query.texts())))
    pks = set(newest[:MOST])
    if query.groups:
        titles = listed.filter(Matches(query.match().in_title()))
        if query.without:
            titles = titles.filter(query.texts())
        pks |= set(keys(titles)[:MOST]) if len(newest) > MOST else set()
    if series:
        pks |= set(keys(listed.filter(meeting__series__in=series))[:MOST])
    rows = Text.objects.filter(pk__in=pks).values_list(*COLUMNS) if pks else ()
    found = [
        Searched(pk, title or "", body or "", on, kind_of(week, meeting))
        for pk, title, body, on, week, meeting in rows
    ]
    return Found(rank(found, query, this_week()), len(newest) > MOST)


def keys(texts):
    return texts.order_by(*NEWEST_FIRST).values_list("pk", flat=True)[: MOST + 1]


def kind_of(week, meeting):
    if meeting:
        return "meeting"
    return "weeknote" if week else "post"
