"""When a name comes, goes or changes, the texts that say it follow.

They are put on a list first, `Waiting`, and each is taken off it in the transaction that links it: whatever happens
in between, what is left to do is on the list. A web request links a few; the desk's page of the list and `manage.py
relink --waiting` do the others.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify
from tqdm import tqdm

from notes import names as directory
from notes.forms import forms, sets_apart
from notes.models import Meeting, Mention, Note, Passage, Question, Waiting
from notes.saying import newest_first, texts_saying
from notes.words import name_key, squash
from notes.writing import rewrite
from people.models import DirectoryVersion, Entry, names_changed, words_of
from people.rows import in_parts

MOST_AT_ONCE = 200  # in one web request


@dataclass
class Followed:
    """What came of linking texts anew."""

    linked: int = 0
    changed: int = 0  # of those, which had other links before


class Overtaken(Exception):
    """The directory was changed while a text was being linked by what it was."""


class TakenAlready(Exception):
    """Another process has linked the text."""


@receiver(names_changed)
def follow(sender, entry, names, **more):
    """Let the texts that say one of the names follow; say in a sentence how many there were.

    More may be said: the names that must not be seen any more, as `forgotten`; a `merge`, of which the texts that it
    moved follow as well; the day `since` which the texts are concerned.
    """
    forget_choices(entry, names, more.get("forgotten", ()))
    keys = texts_naming(entry, names, more.get("since"))
    if merge := more.get("merge"):
        keys = list(dict.fromkeys([*keys, *texts_moved_by(merge)]))
    asked = questions_about(entry, names)
    sentence = let_follow(keys, f"the names of {entry}")
    more = questions_about(entry, names) - asked
    if more <= 0:
        return sentence
    ask = "1 passage asks" if more == 1 else f"{more:,} passages ask"
    return format_html("{} {} now whom or what such a name means.", sentence, ask)


def let_follow(keys, what):
    """Link texts anew, the first of them at once; return a sentence with how many, or nothing if nothing was new."""
    wait(keys)
    followed = link_waiting(keys[:MOST_AT_ONCE])
    texts = "1 text was" if followed.changed == 1 else f"{followed.changed:,} texts were"
    done = f"{texts} linked anew with {what}."
    left = len(keys) - MOST_AT_ONCE
    if left > 0:
        page = reverse("admin:notes_waiting_changelist")
        more = "1 more waits" if left == 1 else f"{left:,} more wait"
        return format_html('{} {}: <a href="{}">let them follow</a>.', done, more, page)
    return done if followed.changed else ""


def forget_choices(entry, names, forgotten=()):
    """Take away what was settled of names that the entry no longer has, and of those that must not be seen."""
    if not entry.pk:
        return
    gone = {name_key(name) for name in names}
    hidden = words_of(" ".join(forgotten)) - words_of(entry.name)
    called = Entry.objects.filter(pk=entry.pk)
    for choice in entry.chosen_by.all():
        is_gone = name_key(choice.words) in gone and not called.called(choice.words).exists()
        if is_gone or words_of(choice.words) & hidden:
            choice.delete()


def texts_naming(entry, names, since=None):
    """Return the keys, newest first, of the texts that may say one of the names, or half of one, or a pet name of it.

    Where its address is among the names, all that link to the entry; and always what says that it wrote what it did
    not. `since` leaves out what is older than that day.
    """
    passages = Passage.objects.filter(on__gte=since) if since else Passage.objects.all()
    others = Q(tags__slug__in={slug for name in names for slug in (squash(name), slugify(name))})
    if entry.pk and entry.slug in names:
        others |= Q(entries=entry.pk) | Q(text__meeting__series=entry.pk)
    if entry.pk and entry.kind == Entry.Kind.PERSON:
        theirs = Passage.objects.filter(author=entry.pk).exclude(text__note__author=entry.pk)
        others |= Q(pk__in=theirs.order_by().values("pk"))
    found = dict(passages.filter(others).order_by().values_list("text", "on"))
    return newest_first(texts_saying(ways_to_say(entry, names), passages) | found)


def ways_to_say(entry, names):
    """Return the names, their other forms, and the parts of others' names that are no longer, or again, theirs alone.

    A query where one of the names may take away from another what half of its name says: "Hackney Homes" beside
    "Hackney Council".
    """
    ways = set(names)
    for name in names:
        if name.strip():
            ways |= {words for words, _ in forms(entry.kind, [name], preferred=getattr(entry, "preferred_name", ""))}
    if parts := {word for name in names for word in name.split() if sets_apart(word)}:
        organisations = Entry.objects.filter(kind=Entry.Kind.ORGANISATION).exclude(pk=entry.pk)
        ways |= parts & {name.split()[0] for name in organisations.values_list("name", flat=True)}
    return ways


def texts_moved_by(merge):
    """Return the keys of the texts whose mentions a merge moved or joined: 1 query for each 5,000."""
    moved = list(merge.moved["rows"].get(Mention._meta.label_lower, {}).get("entry", ()))
    moved += [key for label, key, _ in merge.moved["changed"] if label == Mention._meta.label_lower]
    texts = [
        Mention.objects.filter(pk__in=keys).order_by("-on", "pk").values_list("passage__text", flat=True)
        for keys in in_parts(moved)
    ]
    return [key for some in texts for key in some]


def questions_about(entry, names):
    """Return how many passages ask which of several such a name means: 1 query."""
    keys = {name_key(name) for name in names}
    for name in names:
        if name.strip():
            keys |= {name_key(words) for words, _ in forms(entry.kind, [name])}
    return Question.objects.filter(kind=Question.Kind.WHICH, key__in=keys).count()


def wait(keys):
    """Put texts on the list of those that do not follow yet.

    Only after what they follow was committed: by then whoever links one of them by what was before is told.
    """
    for some in in_parts(keys):
        Waiting.objects.bulk_create((Waiting(text_id=key) for key in some), ignore_conflicts=True)


def link_waiting(keys=None, *, shows_progress=False):
    """Link texts from the list anew, those with some keys or else all of them; return how many followed.

    Several processes may do so at once: none does what another has done, and none waits for another.
    """
    followed = Followed()
    todo = Waiting.objects.values_list("text", flat=True)
    for key in tqdm(
        list(todo) if keys is None else keys, unit="text", desc="Linking", disable=None if shows_progress else True
    ):
        changed = link_one(key)
        followed.linked += changed is not None
        followed.changed += bool(changed)
    return followed


def link_one(key):
    """Link a text that waits anew and take it off the list; return whether anything was new, or None if none waits.

    Where the database can, it is kept from others meanwhile. Where it cannot, nobody is held up, and what another
    process was quicker with is left.
    """
    can_skip = connection.features.has_select_for_update_skip_locked
    while True:
        version = DirectoryVersion.with_choices()
        try:
            with transaction.atomic() if can_skip else nullcontext():
                waiting = Waiting.objects.filter(text=key)
                if not (waiting.select_for_update(skip_locked=True) if can_skip else waiting).first():
                    return None
                text = Note.objects.filter(pk=key).select_related("author").first() or Meeting.objects.get(pk=key)
                return rewrite(text, directory.current(), first=partial(take_off, key, version))
        except TakenAlready:
            return None
        except Overtaken:
            continue
        except IntegrityError:  # what it was going to be linked to is gone, unless something else is wrong
            if DirectoryVersion.with_choices() == version:
                raise


def take_off(key, version):
    """Take a text off the list, unless another has, or what it was linked by is no longer so."""
    if not Waiting.objects.filter(text=key).delete()[0]:
        raise TakenAlready
    if DirectoryVersion.with_choices() != version:
        raise Overtaken


def relink(texts, *, shows_progress=False):
    """Link texts anew from their bodies, all of them; return how many were not up to date."""
    keys = list(texts.values_list("pk", flat=True))
    wait(keys)
    return link_waiting(keys, shows_progress=shows_progress).changed
