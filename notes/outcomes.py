"""Which project the decisions and actions of a meeting are about, where only their words say so."""

from notes import names
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
    return {
        name.entry
        for _, _, found, is_certain in matcher.find(words)
        for name in found
        if is_certain and len(found) == 1 and name.kind == Entry.Kind.PROJECT
    }
