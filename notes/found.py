"""What was found in a passage: names that link, names that are a question, hashtags that are neither."""

import re
from dataclasses import dataclass, field

from notes.forms import Form
from notes.models import Question
from notes.ordinary_words import OF_PROJECTS
from notes.surroundings import Look, word_before
from notes.words import is_one_word, name_key

# How a name was linked: as listed; by @handle, [[name]] or hashtag; as a short form that fits one only; because the
# same text says elsewhere who is meant; because it says what it calls it; because somebody settled it.
LINKED, EXPLICIT, SHORT, SETTLED, DEFINED, CHOSEN = "linked", "explicit", "short", "settled", "defined", "chosen"
SUGGESTED = "suggested"
MOST_OFFERS = 10  # questions a text: more would not be read

FOLLOWING = re.compile(r" (\w+)")


@dataclass
class Found:
    """Words of a passage that name one of `entries`: just one when it is settled, several or none while it is not.

    What is neither linked nor of a kind of question is no name after all.
    """

    start: int
    end: int
    words: str
    text: str = ""  # of the passage, through `same`
    names: tuple = ()  # of the directory that fit
    look: Look = Look.SURE
    how: str = SUGGESTED
    entries: frozenset = frozenset()
    kind: str = ""  # of the question

    @property
    def key(self):
        return name_key(self.words)

    @property
    def entry(self):
        """The entry that is named, or None while it is a question."""
        return next(iter(self.entries)) if self.how != SUGGESTED else None

    @property
    def is_one_word(self):
        return is_one_word(self.words)

    @property
    def before(self):
        """The word before it, in small letters."""
        return word_before(self.text, self.start)

    @property
    def is_of_a_project(self):
        """Whether the word behind it makes a project of it: "digital apprenticeship programme"."""
        following = FOLLOWING.match(self.text, self.end)
        return following is not None and following[1].lower() in OF_PROJECTS

    def forms(self):
        """Return {entry: the form that counts most of those in which it is called so}."""
        found = {}
        for name in self.names:
            found[name.entry] = min(name.form, found.get(name.entry, name.form))
        return found

    def likelihood(self):
        """Return what sorts questions: the form in which somebody is called so, people nobody knows in between."""
        forms = [name.form for name in self.names if name.entry in self.entries]
        is_in_small_letters = " " in self.words and self.words.islower()
        return min(forms, default=Form.ACRONYM) + (len(Form) if is_in_small_letters else 0)

    def link(self, how, entry):
        self.how, self.entries, self.kind = how, frozenset([entry]), ""

    def ask(self, entries):
        kinds = Question.Kind
        self.how, self.entries = SUGGESTED, frozenset(entries)
        self.kind = kinds.WHICH if len(self.entries) > 1 else kinds.WHETHER if self.entries else kinds.WHO

    def drop(self):
        self.how, self.entries, self.kind = SUGGESTED, frozenset(), ""


@dataclass
class Naming:
    """What one passage names."""

    found: list = field(default_factory=list)
    hashtags: dict = field(default_factory=dict)  # {(start, end): tag} for those that name nothing

    def by_entry(self):
        """Return {entry: [[start, end, how], ...]} of what is linked."""
        places = {}
        for one in self.found:
            if one.entry:
                places.setdefault(one.entry, []).append([one.start, one.end, one.how])
        return places

    def questions(self):
        """Return {key: (kind, [[start, end], ...])} of what is asked."""
        asked = {}
        for one in self.found:
            if one.entry is None:
                asked.setdefault(one.key, (one.kind, []))[1].append([one.start, one.end])
        return asked

    def keep(self, is_kept):
        self.found = [one for one in self.found if is_kept(one)]


def keep_a_few(namings):
    """Leave out the questions beyond what somebody would read: what is most likely a name stays."""
    asked = {}
    for naming in namings:
        for one in naming.found:
            if one.entry is None:
                asked[one.key] = min(one.likelihood(), asked.get(one.key, one.likelihood()))
    kept = set(sorted(asked, key=asked.get)[:MOST_OFFERS])
    if len(kept) < len(asked):
        for naming in namings:
            naming.keep(lambda one: one.entry or one.key in kept)
