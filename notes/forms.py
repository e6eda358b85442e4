"""What people also write for a listed name: Cara for Cara McAllister, Matt for Matthew, HLT for a long name."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from nicknames import NickNamer

from notes.ordinary_words import GENERAL, HONORIFICS, OF_PROJECTS, ORDINARY, PLACES, PLAIN_WORDS, SUBJECTS, SURNAMES
from people.models import Entry

SMALL_WORDS = frozenset("of and the for in to on at by with a an & de la".split())
SAY_LITTLE = SURNAMES | PLACES | ORDINARY | PLAIN_WORDS  # alone, whoever is called so
PLACE_OF_NAME = re.compile(r"[\s-]+")
SHORTEST_ACRONYM = 3


class Form(IntEnum):
    """How a name relates to what is listed; a lower one counts more."""

    LISTED = 0  # as the directory has it, or as an author settled it
    FULL = 1  # as good as listed: Matt McAllister, C. McAllister, without a middle name
    SHORT = 2  # half of it: links when it fits one person only who was there
    GUEST = 3  # half of the name of somebody from elsewhere: asked
    NICKNAME = 4  # asked
    ACRONYM = 5  # asked
    INFLECTED = 6  # in the other number: links with a word such as "programme" behind it, else asked
    PART = 7  # two words or more of a longer name: asked
    HEAD = 8  # the telling word of a name that the same text says in full: asked
    TITLED = 9  # a surname that is a word or a place as well: needs a title


def has_capitals_of(ours, theirs):
    return all(their[:1].isupper() or not our[:1].isupper() for our, their in zip(ours, theirs, strict=False))


# A form of these means whom the same text names in full. A HEAD or PART never links by itself.
SETTLED_BY_FULL_NAME = frozenset({Form.LISTED, Form.FULL, Form.SHORT, Form.GUEST, Form.NICKNAME, Form.ACRONYM})


@dataclass(frozen=True)
class Name:
    """One name of one entry."""

    entry: int  # its primary key
    kind: str
    words: str  # through `same`
    form: Form = Form.LISTED

    def fits(self, found):
        """Whether these words of a text, which agree in all but case, are this name."""
        ours, theirs = PLACE_OF_NAME.split(self.words), PLACE_OF_NAME.split(found)
        if len(ours) == 1:
            return ours == theirs or (ours[0][:1].islower() and theirs[0] == ours[0][:1].upper() + ours[0][1:])
        if self.form == Form.PART:
            return has_capitals_of(ours[:1], theirs[:1])
        return (self.form != Form.FULL and not self.is_of_words()) or has_capitals_of(ours, theirs)

    def is_written_so(self, found):
        """Whether the words have the capitals of the name, but for its first; else they may be ordinary words."""
        ours, theirs = PLACE_OF_NAME.split(self.words), PLACE_OF_NAME.split(found)
        return self.kind == Entry.Kind.PERSON or len(ours) > 3 or has_capitals_of(ours[1:], theirs[1:])

    def is_of_words(self):
        """Whether it is somebody's name of which each part is a word, such as Will Young."""
        return self.kind == Entry.Kind.PERSON and all(
            part.lower() in ORDINARY | SURNAMES for part in self.words.split()
        )


def forms(kind, listed, *, preferred="", is_colleague=True):
    """Yield (words, form) of what people also write for an entry with these `listed` names, the first its own.

    `preferred` is what a person likes to be called; `is_colleague` is false for who is from elsewhere.
    """
    if kind == Entry.Kind.PERSON:
        half = Form.SHORT if is_colleague else Form.GUEST
        if preferred and preferred != listed[0]:
            yield preferred, Form.FULL if " " in preferred else half
        for name in listed:
            yield from forms_of_a_person(name, preferred, half)
    else:
        for name in listed:
            yield from forms_of_a_thing(name)
        yield from parts_of(listed[0])
        if kind == Entry.Kind.ORGANISATION:
            yield from forms_of_an_organisation(listed[0])


def forms_of_a_person(name, preferred, half):
    parts = name.split()
    if parts[0].lower() == "the":
        yield f"our {' '.join(parts[1:])}", Form.FULL
        return
    parts = [part for part in without_titles(parts) if part[0].isalpha()]
    if len(parts) < 2 or not parts[0][0].isupper() or parts[-1].islower():
        return
    first, last = parts[0], surname(parts)
    yield " ".join(parts), Form.FULL
    yield f"{first[0]}. {last}", Form.FULL
    if first[0] not in "AI":
        yield f"{first[0]} {last}", Form.FULL
    short = dict.fromkeys(nicknames(first), Form.NICKNAME) | {first: half}
    if preferred and " " not in preferred:
        short[preferred] = half
    for other, form in short.items():
        yield f"{other} {last}", Form.FULL
        if form == half:
            yield f"{other} {last[0]}", Form.FULL
        if len(other) > 1:
            yield other, Form.GUEST if form == Form.SHORT and other.lower() in PLACES else form
    if len(last) > 1:
        says_little = last.lower() in SAY_LITTLE or is_given_name(last)
        yield last, Form.TITLED if says_little else half


@cache
def is_given_name(word):
    return bool(NAMES.nicknames_of(word) or NAMES.canonicals_of(word))


def without_titles(parts):
    while len(parts) > 1 and parts[0].rstrip(".").lower() in HONORIFICS:
        parts = parts[1:]
    return parts


def surname(parts):
    """Return the last part, with what belongs to it: van der Berg, de Souza."""
    start = len(parts) - 1
    while start > 1 and parts[start - 1].islower():
        start -= 1
    return " ".join(parts[start:])


NAMES = NickNamer()


@cache
def nicknames(first):
    """Return the short and pet names of a given name, each with a capital: Matt and Matty for Matthew."""
    found = {other for other in NAMES.nicknames_of(first) if len(other) > 1 and other != first.lower()}
    found |= {first[:end].lower() for end in range(3, min(len(first) - 1, 6))}
    found = {other for other in found if other not in PLAIN_WORDS | SURNAMES | PLACES | SUBJECTS}
    return frozenset(other.capitalize() for other in found)


def forms_of_a_thing(name):
    words = name.split()
    if words[0].lower() == "the" and len(words) > 1:
        yield f"our {' '.join(words[1:])}", Form.FULL
        if len(words) > 2:
            yield " ".join(words[1:]), Form.FULL
    words = words[1:] if words[0].lower() == "the" else words
    if len(words) < 2 or "#" in name:
        return
    if other := toggled(words[-1]):
        yield " ".join([*words[:-1], other]), Form.INFLECTED
    long = [word for word in words if word.lower() not in SMALL_WORDS]
    for letters in {"".join(word[0] for word in some).upper() for some in (words, long)}:
        if len(letters) >= SHORTEST_ACRONYM and letters.isalpha():
            yield letters, Form.ACRONYM


def parts_of(name):
    """Yield what may be said for a long name: its end, its first and last word, its last word."""
    words = name.split()
    for start in range(1, len(words) - 1):
        end = words[start:]
        is_of_a_list = words[start - 1].lower() in ("and", "&", "or")
        says_little = all(word.lower() in SAY_LITTLE | SMALL_WORDS for word in end)
        if not (is_of_a_list or says_little or end[0].lower() in SMALL_WORDS):
            yield " ".join(end), Form.PART
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}", Form.PART
        if words[-2].lower() not in SMALL_WORDS:
            yield " ".join(words[:-1]), Form.PART
    if len(words) > 1 and words[0].lower() in OF_PROJECTS:
        yield " ".join(words[1:]), Form.NICKNAME
    last = words[-1]
    if len(words) > 1 and last.lower() not in ORDINARY | OF_PROJECTS | PLAIN_WORDS and len(last) > 5:
        yield last, Form.HEAD


def forms_of_an_organisation(name):
    words = name.split()
    if len(words) == 1:
        for what in ("Services", "Service", "team", "department"):
            yield f"{name} {what}", Form.FULL
    elif sets_apart(words[0]):
        yield words[0], Form.PART


def sets_apart(word):
    """Whether the first word of an organisation's name may be said for all of it."""
    return word[0].isupper() and word.lower() not in SAY_LITTLE | GENERAL and len(word) > 3


def toggled(word):
    """Return a noun in the other number, by the plainest rule; empty where that would be no word."""
    if word.isupper() or not word.isalpha() or len(word) < 4:
        return ""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("s"):
        return "" if word.endswith(("ss", "us", "is")) else word[:-1]
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
