"""The sorts of things that filters find: passages, notes, meetings, and what meetings decided and asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Case, CharField, F, Value, When
from django.utils import timezone

from notes.conditions import ACTIONS, DECISIONS, PASSAGES, TEXTS, Paths
from notes.models import Action, Decision, Meeting, Note, Passage, SearchText
from notes.repetition import NEWEST_FIRST, newest_shown
from notes.search.ranking import Searched, rank
from notes.search.stems import stem_line

MOST_RANKED = 400
POST, WEEKNOTE, MEETING = Value("post"), Value("weeknote"), Value("meeting")


@dataclass(frozen=True)
class Sort:
    """One sort of result: what it is called, and how its rows are found and ordered."""

    name: str
    one: str
    find: Callable  # takes filters, returns the rows that answer to them and are listed for their reader
    paths: Paths
    by: list  # the order, newest first, as fields
    kind: object = None  # an expression for the kind of a row's text, where they differ
    own: dict = field(default_factory=dict)  # {a path from the row: the filter that compares it}

    @property
    def has_days(self):
        """Whether its rows are `on` a day of their own."""
        return not self.paths.is_outcome

    @property
    def is_ranked(self):
        """Whether its rows can be ordered by how well they answer to words."""
        return self.is_passage or self.paths is TEXTS

    @property
    def is_passage(self):
        return self.paths.is_passage

    def ranked(self, filters):
        """Return the primary keys of the rows that answer best to the words, best first: 2 queries.

        The newest `MOST_RANKED` are compared.
        """
        newest = self.newest(filters, MOST_RANKED)
        if self.is_passage:
            kept = Passage.objects.filter(pk__in=newest).values_list("pk", "heading", "stems", "on", "kind")
            rows = [Searched(pk, stem_line(heading), stems, on, kind) for pk, heading, stems, on, kind in kept]
        else:
            kept = SearchText.objects.filter(text__in=newest).values_list("text", "title", "body", "text__on")
            rows = [Searched(*row, kind=self.name) for row in kept]
        return [row.pk for row in rank(rows, filters.query, timezone.localdate())]

    def newest(self, filters, most):
        """Return the primary keys of the newest rows that a list shows, `most` at most: 1 query, seldom more."""
        rows = self.find(filters)
        if self.is_passage:
            return newest_shown(rows, most)
        return list(rows.order_by(*self.by).values_list("pk", flat=True)[:most])


SORTS = {
    sort.name: sort
    for sort in [
        Sort(
            "passages",
            "passage",
            lambda filters: filters.passages(Passage.objects.listed_for(filters.user)),
            PASSAGES,
            by=NEWEST_FIRST,
            kind=Case(
                When(text__note__isnull=True, then=MEETING),
                When(text__note__week__isnull=True, then=POST),
                default=WEEKNOTE,
                output_field=CharField(),
            ),
        ),
        Sort(
            "notes",
            "note",
            lambda filters: filters.texts(Note.objects.listed_for(filters.user)),
            TEXTS,
            by=["-on", "-pk"],
            kind=Case(When(week__isnull=True, then=POST), default=WEEKNOTE, output_field=CharField()),
        ),
        Sort(
            "meetings",
            "meeting",
            lambda filters: filters.texts(Meeting.objects.listed_for(filters.user)),
            TEXTS,
            by=["-on", "-pk"],
        ),
        Sort(
            "decisions",
            "decision",
            lambda filters: filters.decisions(Decision.objects.listed_for(filters.user)).annotate(
                day=F("meeting__on")
            ),
            DECISIONS,
            by=["-day", "-meeting_id", "pk"],
            own={"project": "project"},
        ),
        Sort(
            "actions",
            "action",
            lambda filters: filters.actions(Action.objects.listed_for(filters.user)).annotate(day=F("meeting__on")),
            ACTIONS,
            by=["-day", "-meeting_id", "pk"],
            own={
                "project": "project",
                "owner": "person",
                "owner__team": "team",
                "owner__organisation": "organisation",
            },
        ),
    ]
}
