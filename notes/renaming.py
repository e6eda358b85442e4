"""When a name comes, goes or changes, the texts that say it follow."""

import re

from django.db.models import Q
from django.dispatch import receiver
from django.utils.text import slugify
from tqdm import tqdm

from notes.models import Meeting, Note, Passage, Text
from notes.names import current, squash
from notes.writing import rewrite
from people.models import Entry, names_changed

MOST_AT_ONCE = 200  # in one web request; more is for the command


@receiver(names_changed)
def follow(sender, entry, names, **kwargs):
    """Link the texts that say one of the names anew, and say in a sentence how many there were."""
    forget_choices(entry)
    texts = texts_saying(entry, names)
    changed = relink(texts[:MOST_AT_ONCE])
    if texts[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists():
        return (
            f"{changed} texts were linked anew with the names of {entry}. There are more of them: "
            "ask whoever runs the site for “manage.py relink”."
        )
    if not changed:
        return ""
    if changed == 1:
        return f"1 text was linked anew with the names of {entry}."
    return f"{changed} texts were linked anew with the names of {entry}."


def forget_choices(entry):
    """Take away what authors settled of names that the entry no longer has."""
    for choice in entry.chosen_by.all() if entry.pk else ():
        if not Entry.objects.called(choice.words).filter(pk=entry.pk).exists():
            choice.delete()


PLAIN_LETTERS = re.compile(r"[A-Za-z0-9]+")


def texts_saying(entry, names):
    """Return the texts that name the entry, or that may say one of the names.

    They are found by the longest run of plain letters in a name: that much is the same however it is spelt, with a
    curly quote or a no-break space, and every database compares it in any case.
    """
    said = Q(entries=entry.pk) if entry.pk else Q()
    for name in names:
        said |= Q(words__icontains=max(PLAIN_LETTERS.findall(name), key=len, default=name))
        said |= Q(tags__slug__in={squash(name), slugify(name)})
    return Text.objects.filter(pk__in=Passage.objects.filter(said).order_by().values("text")).order_by("-on", "pk")


def relink(texts, *, shows_progress=False):
    """Walk texts again from their bodies; return how many were not up to date. Each is a transaction of its own."""
    matcher = current()
    changed = 0
    keys = list(texts.values_list("pk", flat=True))
    for pk in tqdm(keys, unit="text", desc="Linking", disable=None if shows_progress else True):
        text = Note.objects.filter(pk=pk).select_related("author").first() or Meeting.objects.get(pk=pk)
        changed += rewrite(text, matcher)
    return changed
