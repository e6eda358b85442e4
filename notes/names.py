"""The matcher of the directory as it is now, with everything that people also write for a name."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from notes.forms import Form, Name, forms
from notes.matcher import LINKED_KINDS, Matcher, PersonFacts
from notes.ordinary_words import HONORIFICS, OF_COUNCILLORS
from notes.words import same, squash
from people.models import Alias, DirectoryVersion, Entry, FormerSlug, Person

_current = ("of no version yet", None)


def current():
    """Return the matcher of the directory as it is now: 1 query, and 4 more after a change.

    Kept until the directory changes, whichever process changed it.
    """
    global _current  # noqa: PLW0603 - a cache of one
    version = DirectoryVersion.now()
    if _current[0] != version:
        _current = version, load()
    return _current[1]


@dataclass
class Listed:
    """What the directory says of an entry that matters to texts. Its own name is the first of `names`."""

    kind: str
    slug: str
    names: list
    is_to_check: bool = False
    preferred: str = ""
    category: str = Person.Category.COLLEAGUE
    came: date | None = None
    left: date | None = None
    place: str = ""  # role, team and organisation


def load():
    """Build the matcher of the whole directory: 4 queries."""
    entries = {
        pk: Listed(kind, slug, [name], is_to_check)
        for pk, kind, slug, name, is_to_check in Entry.objects.filter(kind__in=LINKED_KINDS).values_list(
            "pk", "kind", "slug", "name", "is_to_check"
        )
    }
    for pk, alias in Alias.objects.filter(entry__kind__in=LINKED_KINDS).values_list("entry", "name"):
        if pk in entries:
            entries[pk].names.append(alias)
    places = ("role", "place", "team__name", "team__slug", "organisation__name", "organisation__slug")
    columns = ("preferred_name", "category", "started_on", "left_on", *places)
    for pk, preferred, category, came, left, *place in Person.objects.values_list("pk", *columns):
        if pk in entries:
            entry = entries[pk]
            entry.preferred, entry.category, entry.came, entry.left = preferred, category, came, left
            entry.place = " ".join(filter(None, place))
    former = FormerSlug.objects.filter(kind__in=LINKED_KINDS).values_list("entry", "kind", "slug")
    return build(entries, {(kind, slug): pk for pk, kind, slug in former})


def build(entries, former=()):
    """Return the matcher of {primary key: Listed}; `former` is {(kind, former slug): primary key}."""
    unchecked = {pk for pk, entry in entries.items() if entry.is_to_check}
    names = telling([name for pk, entry in entries.items() for name in all_names(pk, entry)])
    return Matcher(
        without_claims(names, unchecked),
        dict(former) | {(entry.kind, entry.slug): pk for pk, entry in entries.items()},
        {pk: (entry.kind, entry.slug) for pk, entry in entries.items()},
        {
            pk: PersonFacts(entry.came, entry.left, titles_of(entry), entry.place)
            for pk, entry in entries.items()
            if entry.kind == Entry.Kind.PERSON
        },
    )


def titles_of(entry):
    """Return what somebody is addressed with, in small letters."""
    said = {name.split()[0].rstrip(".").lower() for name in entry.names if " " in name} & HONORIFICS
    is_councillor = entry.category == Person.Category.COUNCILLOR or said & OF_COUNCILLORS
    return frozenset(said | OF_COUNCILLORS if is_councillor else said)


def all_names(pk, entry):
    """Return every name of an entry, each in the form that counts most."""
    listed = [tidy(name) for name in entry.names]
    best = dict.fromkeys(listed, Form.LISTED)
    is_colleague = entry.category == Person.Category.COLLEAGUE
    for words, form in forms(entry.kind, listed, preferred=tidy(entry.preferred), is_colleague=is_colleague):
        best[words] = min(form, best.get(words, form))
    return [Name(pk, entry.kind, words, form) for words, form in best.items() if squash(words)]


def telling(names):
    """Leave out the one-word parts of names that are in other entries' names too: "Hackney" says none of them."""
    used = defaultdict(set)
    for name in names:
        if name.form == Form.LISTED:
            for word in name.words.split():
                used[word].add(name.entry)
    return [name for name in names if name.form != Form.PART or len(used.get(name.words, ())) < 2]


def without_claims(names, unchecked):
    """Leave out what an entry that no editor has looked at claims of another's names: it would unlink them."""
    if not unchecked:
        return names
    of_checked = defaultdict(set)
    for name in names:
        if name.entry not in unchecked:
            of_checked[squash(name.words)].add(name.entry)
    return [name for name in names if name.entry not in unchecked or squash(name.words) not in of_checked]


def tidy(name):
    return same(unicodedata.normalize("NFC", " ".join(name.split())))
