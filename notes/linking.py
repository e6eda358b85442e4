"""Who and what each passage names. What the text leaves open is asked, never guessed."""

import re

from notes.choices import Choices
from notes.definitions import defined
from notes.forms import Form, Name
from notes.found import Found, keep_a_few
from notes.matcher import Tree
from notes.spotting import spot
from notes.strangers import strangers
from notes.surroundings import Look, follower_of
from notes.weighing import Known, weigh
from notes.words import name_key, overlaps, same

SMALL = re.compile(r"(?<![\w'@#])[a-z]{2,}")


def name_all(pieces, matcher, choices=None, *, day=None, author=None):
    """Return the Naming of each piece of one text.

    `day` is the text's: who was not there then is not meant by half of a name. `author` is the primary key of who
    wrote it, who does not say their own name.
    """
    known = Known(matcher, choices or Choices(), day, author)
    namings = find_all(pieces, known)
    everything = [one for naming in namings for one in naming.found]
    known.strangers = {one.key for one in everything if one.look == Look.LONGER and follower_of(one.text, one.end)}
    for one in everything:
        weigh(one, known)
    for one in everything:
        if one.entry:
            known.said[one.entry].add(f"{one.before} {one.key}" if one.look == Look.TITLED else one.key)
    for one in everything:
        weigh(one, known, may_use_choices=True)
    for piece, naming in zip(pieces, namings, strict=True):
        add_strangers(piece, naming, known)
        naming.keep(lambda one: one.entry or one.kind)
    keep_a_few(namings)
    return namings


def find_all(pieces, known):
    """Return what may be named in each piece, also by what was settled and by what the text itself calls it."""
    matcher, more = known.matcher, Tree()
    for words, entry in known.choices.entries():
        if entry in matcher.paths and not matcher.tree.called(name_key(words)):
            more.add(Name(entry, matcher.paths[entry][0], same(words)))
    lowered = frozenset(SMALL.findall(" ".join(piece.words for piece in pieces)))
    namings = [spot(piece, matcher, more, lowered) for piece in pieces]
    for naming in namings:
        for one in naming.found:
            learn(one, known, more)
    return [spot(piece, matcher, more, lowered) for piece in pieces] if known.defined else namings


def learn(one, known, more):
    """Take in what the text says it calls what it names in full."""
    entries = {entry for entry, form in one.forms().items() if form <= Form.FULL}
    if len(entries) == 1 and not one.is_one_word and (short := defined(one.text, one.start, one.end)):
        [entry] = entries
        known.defined.setdefault(name_key(short), entry)
        more.add(Name(entry, known.matcher.paths[entry][0], short))


def add_strangers(piece, naming, known):
    """Ask about names that nobody knows, where they seem to be somebody's."""
    people = [(one.start, one.end) for one in naming.found if any(map(known.matcher.is_person, one.entries))]
    taken = [*piece.unlinked, *((one.start, one.end) for one in naming.found if one.entry or one.kind)]
    settled = {**known.choices.earlier(), **known.choices.of_text}
    for start, end in strangers(piece.words, people, taken):
        one = Found(start, end, piece.words[start:end])
        if one.key not in settled:
            one.ask(())
            naming.keep(lambda other, span=(start, end): not overlaps(*span, [(other.start, other.end)]))
            naming.found.append(one)
    naming.found.sort(key=lambda one: one.start)
