"""Which project the decisions and actions of a meeting are about, where only their words say so."""

from notes import names
from notes.linking import name_all
from notes.models import Passage
from notes.passages import Piece
from people.models import Entry


def find_projects(meeting, matcher=None):
    """Give each decision and action that has no project the one its words name, if it is just one."""
    matcher = matcher or names.current()
    for outcomes in (meeting.decisions, meeting.actions):
        for outcome in outcomes.filter(project__isnull=True):
            named = projects_named(outcome.words, matcher)
            if len(named) == 1:
                outcomes.filter(pk=outcome.pk).update(project=named.pop())


def projects_named(words, matcher):
    """Return the primary keys of the projects that words name for certain."""
    [naming] = name_all([Piece(Passage.Kind.PARAGRAPH, words)], matcher)
    return {one.entry for one in naming.found if one.entry and matcher.paths[one.entry][0] == Entry.Kind.PROJECT}
