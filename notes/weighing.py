"""What a name in a text means: one rule after the other, until one of them knows.

What counts, first to last: what was settled in this text; what the text says it calls something; whatever makes it
doubtful; what the text says elsewhere; what was settled before; what is listed; what fits one only.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from notes.choices import DROPPED, Choices
from notes.forms import SETTLED_BY_FULL_NAME, SMALL_WORDS, Form
from notes.found import CHOSEN, DEFINED, EXPLICIT, LINKED, SETTLED, SHORT
from notes.matcher import Matcher
from notes.ordinary_words import INTRODUCES, OF_ANYBODY, OF_MANY
from notes.surroundings import Look

FROM = re.compile(r" from ((?:[A-Z][\w&-]*(?: (?=[A-Z&]))?)+)")
HALVES = frozenset({Form.SHORT, Form.GUEST})


@dataclass
class Known:
    """What is known of a text, beside the directory."""

    matcher: Matcher
    choices: Choices
    day: object = None
    author: int | None = None
    defined: dict = field(default_factory=dict)  # {key: the entry that the text calls so}
    said: dict = field(default_factory=lambda: defaultdict(set))  # {entry: the keys by which the text says it}
    strangers: set = field(default_factory=set)  # given names of people nobody knows: of "Matthew Smith"


class Case:
    """One name in its place, and all that may be meant with it."""

    def __init__(self, one, known):
        self.one, self.known, self.matcher = one, known, known.matcher
        self.forms = self.candidates()
        self.listed = {entry for entry, form in self.forms.items() if form <= Form.FULL}
        self.halves = {entry for entry, form in self.forms.items() if form in HALVES}
        names = {entry for entry, form in self.forms.items() if form in SETTLED_BY_FULL_NAME}
        self.called = self.listed | self.halves or names
        is_clear = self.listed or self.halves or len(names) == 1  # of several with a pet name none is meant
        self.said = {entry for entry in self.called if is_clear and self.is_said(entry)}

    def candidates(self):
        """Return {entry: the form in which it is called so}, without those who cannot be meant."""
        one, forms = self.one, self.one.forms()
        if one.look in (Look.ELSEWHERE, Look.WORD):
            return {}
        if one.look == Look.LONGER:  # "Ian McAllister" may be the Ian of whom no more is known
            unknown = {entry for entry in forms if self.matcher.is_known_by_one_name(entry)}
            return {entry: form for entry, form in forms.items() if entry in unknown and form == Form.LISTED}
        if one.look == Look.TITLED:
            return self.titled(forms)
        if one.is_one_word:
            people = {entry for entry in forms if self.matcher.is_person(entry)}
            gone = people - self.matcher.here(people, self.known.day)
            forms = {entry: form for entry, form in forms.items() if entry not in gone}
        is_surname = {entry for entry, form in forms.items() if form == Form.TITLED}
        may_be = {entry for entry in is_surname if entry in self.known.said and one.look == Look.PERSONAL}
        return {entry: form for entry, form in forms.items() if entry not in is_surname - may_be}

    def titled(self, forms):
        """Return those who may be meant with a title: "Mrs Banks" is no colleague who was never called so."""
        fitting = {
            entry
            for entry in forms
            if self.matcher.has_title(entry, self.one.before) or self.matcher.is_known_by_one_name(entry)
        }
        if not fitting and self.one.before not in OF_ANYBODY:
            return forms
        may_be = fitting or {entry for entry, form in forms.items() if form != Form.TITLED}
        return {entry: form for entry, form in forms.items() if entry in may_be}

    def is_said(self, entry):
        """Whether the same text says an entry by another name, or where it may be a word, surely by this one."""
        keys = self.known.said.get(entry, set())
        return bool(keys) if self.one.look == Look.PERSONAL else bool(keys - {self.one.key})

    def earlier(self):
        """Return (whether something was settled before that can still hold, what)."""
        choices = self.known.choices.earlier()
        if self.one.key not in choices or self.one.look == Look.PERSONAL:
            return False, None
        entry = choices[self.one.key]
        is_called_so = entry in {name.entry for name in self.one.names}
        holds = entry is DROPPED or (entry in self.matcher.paths and (entry in self.called or not is_called_so))
        return holds, entry


def weigh(one, known, *, may_use_choices=False):
    """Say what a name means, by what is known of its text so far."""
    if one.how == EXPLICIT:
        return
    case = Case(one, known)
    of_text = known.choices.of_text if may_use_choices else {}
    if not case.forms and one.names:
        one.drop()
    elif one.key in of_text:
        choose(one, of_text[one.key], known.matcher)
    elif one.look == Look.LONGER or not case.forms:
        one.ask(case.forms)
    else:
        next(rule for rule in RULES if rule(case, may_use_choices))


def choose(one, entry, matcher):
    if entry is DROPPED or entry not in matcher.paths:
        one.drop()
    else:
        one.link(CHOSEN, entry)


# Each rule returns whether it has decided.


def by_definition(case, _):
    """The text says that it calls something so; should something else be listed so, that is a question."""
    entry = case.known.defined.get(case.one.key)
    if entry not in case.forms:
        return False
    listed_so = {name.entry for name in case.matcher.tree.called(case.one.key) if name.form == Form.LISTED}
    others = (listed_so & case.listed) - {entry}
    case.one.ask({entry, *others}) if others else case.one.link(DEFINED, entry)
    return True


def somebody_new(case, _):
    """A given name that the text gives to a stranger, introduces, or says to be from where none of them is."""
    if case.one.key not in case.known.strangers and not is_from_elsewhere(case):
        return False
    case.one.ask(case.called or case.forms)
    return True


def is_from_elsewhere(case):
    one = case.one
    if not one.is_one_word or not all(map(case.matcher.is_person, case.called)):
        return False
    behind = FROM.match(one.text, one.end)
    return one.before in INTRODUCES or (
        behind is not None and all(case.matcher.is_not_from(entry, behind[1]) for entry in case.called)
    )


def in_small_letters(case, may_use_choices):
    """A listed name that is written as ordinary words are: "the data foundations", "two warm spaces"."""
    one = case.one
    if not case.listed or is_written_so(one):
        return False
    holds, entry = case.earlier() if may_use_choices else (False, None)
    words = [part for name in one.names for part in name.words.split() if part not in SMALL_WORDS]
    if holds:
        choose(one, entry, case.matcher)
    elif all(part[0].isupper() for part in words) and not any(map(case.is_said, case.listed)):
        one.drop()
    else:
        one.ask(case.listed)
    return True


def is_written_so(one):
    words = one.text[one.start : one.end]
    if one.is_one_word:
        return not words.islower() or one.before not in ("a", "an")
    names = [name for name in one.names if name.form <= Form.FULL]
    is_counted = words.islower() and (one.before.isdigit() or one.before in OF_MANY)
    return any(name.words == words for name in names) or (
        not is_counted and any(name.is_written_so(words) for name in names)
    )


def said_elsewhere(case, _):
    """The text says one of them by another name."""
    if len(case.said) != 1:
        return False
    case.one.link(LINKED if case.called == case.said == case.listed else SETTLED, *case.said)
    return True


def settled_before(case, may_use_choices):
    holds, entry = case.earlier() if may_use_choices else (False, None)
    if holds:
        choose(case.one, entry, case.matcher)
    return holds


def perhaps_a_word(case, _):
    if case.one.look != Look.PERSONAL:
        return False
    case.one.ask(case.called or case.forms)
    return True


def with_a_title(case, _):
    one = case.one
    if one.look != Look.TITLED:
        return False
    is_theirs = any(case.matcher.has_title(entry, one.before) for entry in case.forms)
    is_sure = len(case.forms) == 1 and (case.listed or is_theirs)
    one.link(LINKED if case.listed else SHORT, *case.forms) if is_sure else one.ask(case.forms)
    return True


def by_name(case, _):
    """What is listed so links when nothing else is called so; half of a name when it is of one colleague only.

    Half of a name is a question where somebody else may well be called so for short.
    """
    one, called, author = case.one, case.called, {case.known.author}
    if not called:
        return False
    is_one = len(called) == 1
    usually = {entry for entry, form in case.forms.items() if form == Form.NICKNAME} - author  # Thomas, for Tom
    if is_one and case.listed:
        one.link(LINKED, *called)
    elif is_one and called != author and called >= usually and Form.SHORT in map(case.forms.get, called):
        one.link(SHORT, *called)
    else:
        one.ask(called | usually)
    return True


def by_part(case, _):
    """A part of a longer name, or a name in the other number: asked, where it can be but one."""
    one, forms = case.one, case.forms
    if min(forms.values()) == Form.HEAD:
        is_known = one.words[0].islower() or one.before in ("the", "our")
        said = (forms.keys() & case.known.said.keys()) if is_known else set()
        candidates = said or (forms if one.is_of_a_project else ())
        one.ask(candidates) if candidates else one.drop()
    elif len(forms) > 1:
        one.drop()
    elif min(forms.values()) == Form.INFLECTED and one.is_of_a_project:
        one.link(SHORT, *forms)
    else:
        one.ask(forms)
    return True


RULES = [
    by_definition,
    somebody_new,
    in_small_letters,
    said_elsewhere,
    settled_before,
    perhaps_a_word,
    with_a_title,
    by_name,
    by_part,
]
