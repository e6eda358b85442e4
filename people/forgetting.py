"""A former name that must not be seen any more, in what the desk wrote down."""

import json
import re

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import slugify

from people.models import Entry, Merge

DELETED = "one that was deleted"


def forget_in_history(name, entry):
    """Put an entry's name where the desk's history says its former one, as whole words.

    A name of one word may well be somebody else's, so it is looked for in the entry's own history only.
    """
    as_stored = json.dumps(name)[1:-1]
    said = Q(object_repr__contains=name) | Q(change_message__contains=name) | Q(change_message__contains=as_stored)
    history = LogEntry.objects.filter(said)
    if len(name.split()) == 1:
        history = history.filter(content_type=ContentType.objects.get_for_model(entry), object_id=str(entry.pk))
    for logged in history:
        logged.object_repr = whole_word(name).sub(lambda _: entry.name, logged.object_repr)[:200]
        message = whole_word(name).sub(lambda _: entry.name, logged.change_message)
        logged.change_message = whole_word(as_stored).sub(lambda _: json.dumps(entry.name)[1:-1], message)
        logged.save(update_fields=["object_repr", "change_message"])


def forget_in_merges(names, entry):
    """Take an entry's former names out of what was written down of its merges, undone ones as well.

    A merge that said one can no longer be undone. Return how many of those could be until now.
    """
    count = 0
    for merge in merges_of(entry):
        told = f"{merge.kept_name}\n{merge.gone_name}\n{json.dumps(merge.moved, ensure_ascii=False)}"
        if not any(as_said(name).search(told) for name in names):
            continue
        count += merge.undone_at is None and "gone" in merge.moved
        for name in names:
            merge.kept_name = as_said(name).sub(lambda _: entry.name, merge.kept_name)[:120]
            merge.gone_name = as_said(name).sub(lambda _: entry.name, merge.gone_name)[:120]
        merge.moved = {"is_forgotten": True}
        merge.save(update_fields=["kept_name", "gone_name", "moved"])
    return count


def forget_merges(entry):
    """Take an entry that is deleted out of what was written down of its merges: none can be undone any more."""
    merges = merges_of(entry)
    left = dict(
        Entry.objects.exclude(pk=entry.pk).filter(pk__in={merge.kept for merge in merges}).values_list("pk", "name")
    )
    for merge in merges:
        merge.kept_name = left.get(merge.kept, DELETED)
        merge.gone_name = DELETED
        merge.moved = {"is_forgotten": True}
        merge.save(update_fields=["kept_name", "gone_name", "moved"])


def merges_of(entry):
    """Return the merges that an entry had a part in, and those of what went into it before: a query a step."""
    found, keys = [], {entry.pk}
    while keys:
        of_these = Q(kept__in=keys) | Q(gone__in=keys)
        more = Merge.objects.filter(of_these, kind=entry.kind).exclude(pk__in=[merge.pk for merge in found])
        found += more
        keys = {merge.gone for merge in more} - {entry.pk}
    return found


def as_said(name):
    """Return what finds a name as it is said, in any case, or as an address is made of it."""
    ways = "|".join(re.escape(way) for way in {name, slugify(name)} if way)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


def whole_word(name):
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
