"""What somebody may be typing, by kind: entries and tags by name, notes and meetings by title."""

from dataclasses import replace

from django.urls import reverse

from notes.models import Text
from notes.search import entries
from notes.search.backends import Matches
from notes.search.entries import Fit
from notes.search.results import find_tags
from notes.search.texts import NEWEST_FIRST
from notes.weeks import day_in_words, week_in_words
from people.models import Entry

FEW = 4  # of a kind
MOST_ENTRIES = 8
SHORTEST = 2  # letters
LABELS = Entry.PLURALS | {Entry.Kind.MEETING_SERIES: "Series of meetings"}


def suggest(user, query):
    """Return [{"kind", "label", "items"}], each item with its name, a word about it and its address: 3 queries.

    Only what this user is shown in lists. Nothing for a query with filters, or of one letter.
    """
    if not query.groups or query.pairs or len(query.text) < SHORTEST:
        return []
    groups = suggested_entries(query)
    tags = [item(tag.name, "", reverse("tags:detail", args=[tag.slug])) for _, tag in find_tags(user, query)[:FEW]]
    texts = [item(str(text), day_of(text), text.get_absolute_url()) for text in titled(user, query)]
    groups += [("tag", "Tags", tags), ("note", "Notes and meetings", texts)]
    return [{"kind": kind, "label": label, "items": items} for kind, label, items in groups if items]


def suggested_entries(query):
    """Return the groups of entries, the kind of the best one first."""
    by_kind = {}
    found = [entry for fit, entry in entries.current().find(query, most=50) if fit < Fit.ABOUT]
    for entry in found:
        some = by_kind.setdefault(entry.kind, [])
        if len(some) < FEW and sum(map(len, by_kind.values())) < MOST_ENTRIES:
            some.append(item(entry.name, entry.in_short, entry.get_absolute_url()))
    return [(kind, LABELS[kind], items) for kind, items in by_kind.items()]


def titled(user, query):
    """Return the newest notes and meetings with the words in their title, of which the last may be only begun."""
    match = replace(query.match().in_title(), is_begun=True)
    texts = Text.objects.listed_for(user).filter(Matches(match)).with_addresses().without_body()
    return [text.whole for text in texts.order_by(*NEWEST_FIRST)[:FEW]]


def day_of(text):
    return week_in_words(text.week) if text.kind == "weeknote" else day_in_words(text.on)


def item(name, about, address):
    return {"name": name, "about": about, "address": address}
