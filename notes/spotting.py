"""Where a passage may name something: what is said expressly, and where a name of the directory stands."""

import re

from django.utils.text import slugify

from notes.definitions import means_otherwise
from notes.forms import Form, Name
from notes.found import EXPLICIT, Found, Naming
from notes.models import Passage
from notes.surroundings import Look, is_headline, is_street, look_of_a_person, look_of_a_thing
from notes.words import overlaps, same
from people.models import Entry

HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9](?:[\w.-]{0,78}\w)?)")
HASHTAG = re.compile(r"(?<![\w#/&])#(?=[\w-]*[^\W\d_])(\w[\w-]{0,48}\w)")


def spot(piece, matcher, more, lowered):
    """Return the Naming of a piece: what is said expressly is linked, all else only found, with how it looks.

    `more` is a Tree of names beyond the directory's, `lowered` the words that the whole text has in small letters.
    """
    naming, text = Naming(), same(piece.words)
    taken = list(piece.unlinked)
    for start, end, entries in expressly(piece, matcher, more, naming.hashtags):
        words = piece.words[start:end]
        one = Found(start, end, words, text, tuple(Name(entry, matcher.paths[entry][0], words) for entry in entries))
        one.link(EXPLICIT, next(iter(entries))) if len(entries) == 1 else one.ask(entries)
        naming.found.append(one)
        taken.append((start, end))
    in_a_headline = piece.kind in Passage.HEADINGS and is_headline(text)
    for start, end, names in matcher.find(piece.words, [*taken, *naming.hashtags], more):
        one = Found(start, end, piece.words[start:end], text, tuple(names))
        one.look = look_at(one, matcher, lowered, in_a_headline=in_a_headline)
        naming.found.append(one)
    naming.found.sort(key=lambda one: one.start)
    return naming


def expressly(piece, matcher, more, hashtags):
    """Yield (start, end, entries) of each [[name]], @handle and #hashtag; put hashtags of nothing into `hashtags`."""
    taken = list(piece.unlinked)
    for start, end in piece.bracketed:
        if not overlaps(start, end, taken):
            taken.append((start, end))
            yield start, end, matcher.called(piece.words[start:end])
    for match in HANDLE.finditer(piece.words):
        entry = matcher.slugs.get((Entry.Kind.PERSON, match[1].lower()))
        if entry and not overlaps(*match.span(), taken):
            taken.append(match.span())
            yield *match.span(), {entry}
    for match in HASHTAG.finditer(piece.words):
        if overlaps(*match.span(), taken):
            continue
        entries = matcher.tagged(match[1]) or {name.entry for name in more.called(match[1])}
        if len(entries) == 1:
            yield *match.span(), entries
        elif slugify(match[1]):
            hashtags[match.span()] = match[1]


def look_at(one, matcher, lowered, *, in_a_headline):
    is_person = any(name.kind == Entry.Kind.PERSON for name in one.names)
    if not one.is_one_word:
        return Look.ELSEWHERE if is_person and is_street(one.text, one.start, one.end) else Look.SURE
    if means_otherwise(one.text, one.start, one.end):
        return Look.WORD
    if not is_person:
        is_place = any(name.entry in matcher.councils for name in one.names)
        return look_of_a_thing(one.text, one.start, one.end, is_place=is_place, is_headline=in_a_headline)
    is_listed = any(name.form == Form.LISTED for name in one.names)
    says_little = one.key in lowered or all(name.form == Form.TITLED for name in one.names)
    is_doubtful = says_little and not is_listed
    return look_of_a_person(one.text, one.start, one.end, is_doubtful=is_doubtful, is_headline=in_a_headline)
