"""Who and what each passage names. What the text leaves open is asked, never guessed."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.text import slugify

from notes.choices import DROPPED, Choices
from notes.definitions import defined, means_otherwise
from notes.forms import SETTLED_BY_FULL_NAME, SMALL_WORDS, Form, Name
from notes.matcher import Tree
from notes.models import Passage, Question
from notes.ordinary_words import INTRODUCES, OF_ANYBODY, OF_MANY, OF_PROJECTS
from notes.strangers import strangers
from notes.surroundings import Look, follower_of, is_headline, is_street, look, title_before
from notes.words import name_key, same
from people.models import Entry

# How a name was linked: as listed; by @handle, [[name]] or hashtag; as a short form that fits one only; because the
# same text says elsewhere who is meant; because it says what it calls it; because somebody settled it.
LINKED, EXPLICIT, SHORT, SETTLED, DEFINED, CHOSEN = "linked", "explicit", "short", "settled", "defined", "chosen"
SUGGESTED = "suggested"
MOST_OFFERS = 10  # questions a text: more would not be read

HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9](?:[\w.-]{0,78}\w)?)")
HASHTAG = re.compile(r"(?<![\w#/&])#(?=[\w-]*[^\W\d_])(\w[\w-]{0,48}\w)")
SMALL = re.compile(r"(?<![\w'])[a-z]{2,}")
FROM = re.compile(r" from ((?:[A-Z][\w&-]*(?: (?=[A-Z&]))?)+)")
FOLLOWING = re.compile(r" (\w+)")
HALVES = frozenset({Form.SHORT, Form.GUEST})


@dataclass
class Found:
    """Words of a passage that name one of `entries`: just one when it is settled, several or none while it is not."""

    start: int
    end: int
    words: str
    how: str = SUGGESTED
    entries: frozenset = frozenset()
    kind: str = ""  # of the question, while it is one
    names: tuple = ()
    look: Look = Look.SURE

    @property
    def key(self):
        return name_key(self.words)

    @property
    def entry(self):
        """The entry that is named, or None while it is a question."""
        return next(iter(self.entries)) if self.how != SUGGESTED else None

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


def name_all(pieces, matcher, choices=None, *, day=None, author=None):
    """Return the Naming of each piece of one text.

    `day` is the text's: who was not there then is not meant by half of a name. `author` is the primary key of who
    wrote it, who does not say their own name.
    """
    return Namer(pieces, matcher, choices or Choices(), day, author).namings()


class Namer:
    """One walk through a text. What counts, first to last: what is said expressly, what was settled in this text,
    what the text itself says elsewhere, what was settled before, what is listed, what fits one only."""

    def __init__(self, pieces, matcher, choices, day, author):
        self.pieces, self.matcher, self.choices, self.day, self.author = pieces, matcher, choices, day, author
        self.more = Tree()
        for words, entry in choices.entries():
            if entry in matcher.paths and not matcher.tree.called(name_key(words)):
                self.more.add(Name(entry, matcher.paths[entry][0], same(words)))
        self.lowered = frozenset(SMALL.findall(" ".join(piece.words for piece in pieces)))
        self.defined = {}  # {key: entry}
        self.settled = defaultdict(set)  # {entry: the keys by which the text says it}
        self.strangers = set()  # given names of people nobody knows: the Matthew of "Matthew Smith"

    def namings(self):
        namings = [self.name_one(piece) for piece in self.pieces]
        if self.learn(namings):
            namings = [self.name_one(piece) for piece in self.pieces]
        everything = [
            (piece, one) for piece, naming in zip(self.pieces, namings, strict=True) for one in naming.found
        ]
        for piece, one in everything:
            if one.look == Look.LONGER and follower_of(same(piece.words), one.end):
                self.strangers.add(one.key)
        for piece, one in everything:
            self.decide(piece, one)
        for _, one in everything:
            if one.entry:
                self.settled[one.entry].add(f"{one.look.name} {one.key}" if one.look == Look.TITLED else one.key)
        for piece, one in everything:
            self.decide(piece, one, may_use_choices=True)
        for piece, naming in zip(self.pieces, namings, strict=True):
            self.look_for_strangers(piece, naming)
            naming.found = [one for one in naming.found if one.entry or one.kind]
        keep_a_few(namings)
        return namings

    def name_one(self, piece):
        """Return what may be named in a piece; what is said expressly is linked already."""
        naming, words = Naming(), piece.words
        taken = list(piece.unlinked)

        def take(start, end, entries):
            names = (Name(entry, self.matcher.paths[entry][0], words[start:end]) for entry in entries)
            one = Found(start, end, words[start:end], names=tuple(names))
            naming.found.append(one)
            taken.append((start, end))
            one.link(EXPLICIT, next(iter(entries))) if len(entries) == 1 else one.ask(entries)

        for start, end in piece.bracketed:
            if not overlaps(start, end, taken):
                take(start, end, self.matcher.called(words[start:end]))
        for match in HANDLE.finditer(words):
            entry = self.matcher.slugs.get((Entry.Kind.PERSON, match[1].lower()))
            if entry and not overlaps(*match.span(), taken):
                take(*match.span(), {entry})
        for match in HASHTAG.finditer(words):
            if not overlaps(*match.span(), taken):
                if len(entries := self.tagged(match[1])) == 1:
                    take(*match.span(), entries)
                elif slugify(match[1]):
                    naming.hashtags[match.span()] = match[1]
                taken.append(match.span())
        in_a_headline = piece.kind in Passage.HEADINGS and is_headline(words)
        for start, end, names in self.matcher.find(words, taken, self.more):
            one = Found(start, end, words[start:end], names=tuple(names))
            if is_one_word(one.words):
                one.look = self.look(same(words), one, is_headline=in_a_headline)
            elif any(name.kind == Entry.Kind.PERSON for name in names) and is_street(same(words), start, end):
                one.look = Look.ELSEWHERE
            naming.found.append(one)
        naming.found.sort(key=lambda one: one.start)
        return naming

    def look(self, text, one, *, is_headline):
        if means_otherwise(text, one.start, one.end):
            return Look.WORD
        return look(
            text,
            one.start,
            one.end,
            is_person=any(name.kind == Entry.Kind.PERSON for name in one.names),
            is_headline=is_headline,
            is_place=any(
                name.entry in self.matcher.councils and name.kind == Entry.Kind.ORGANISATION for name in one.names
            ),
            is_doubtful=all(name.form for name in one.names)
            and (one.key in self.lowered or all(name.form == Form.TITLED for name in one.names)),
        )

    def tagged(self, hashtag):
        """Return the entries that a hashtag (without its #) names."""
        defined_here = self.defined.get(hashtag.lower())
        return self.matcher.tagged(hashtag) or ({defined_here} if defined_here else frozenset())

    def learn(self, namings):
        """Take in what the text says it calls what it names in full; return whether there was any."""
        for piece, naming in zip(self.pieces, namings, strict=True):
            for one in naming.found:
                entries = {name.entry for name in one.names if name.form in (Form.LISTED, Form.FULL)}
                if (
                    len(entries) == 1
                    and " " in same(one.words)
                    and (short := defined(piece.words, one.start, one.end))
                ):
                    [entry] = entries
                    self.defined.setdefault(name_key(short[1]), entry)
                    self.more.add(Name(entry, self.matcher.paths[entry][0], short[1], Form.LISTED))
        return bool(self.defined)

    def decide(self, piece, one, *, may_use_choices=False):
        """Say what a name means, by what is known of the text so far."""
        if one.how == EXPLICIT:
            return
        candidates = self.candidates(piece, one)
        if not candidates and one.names:
            one.drop()
        elif may_use_choices and one.key in self.choices.of_text:
            self.choose(one, self.choices.of_text[one.key])
        elif one.look == Look.LONGER or not candidates:
            one.ask(candidates)
        else:
            self.weigh(piece, one, candidates, may_use_choices=may_use_choices)

    def candidates(self, piece, one):
        """Return {entry: the form in which it is called so}, without those who cannot be meant."""
        if one.look in (Look.ELSEWHERE, Look.WORD):
            return {}
        if one.look == Look.LONGER:
            names = [name for name in one.names if name.form == Form.LISTED and self.matcher.is_person(name.entry)]
            return {name.entry: name.form for name in names if name.entry not in self.matcher.surnamed}
        found = {}
        for name in one.names:
            found[name.entry] = min(name.form, found.get(name.entry, name.form))
        if one.look == Look.TITLED:
            return self.titled(found, title_before(same(piece.words), one.start))
        if is_one_word(one.words):
            halves = {entry for entry in found if self.matcher.is_person(entry)}
            gone = halves - self.matcher.here(halves, self.day)
            found = {entry: form for entry, form in found.items() if entry not in gone}
        return {
            entry: form
            for entry, form in found.items()
            if form != Form.TITLED or (entry in self.settled and one.look == Look.PERSONAL)
        }

    def titled(self, found, title):
        """Return those who may be meant with a title: "Mrs Banks" is no colleague who was never called so."""
        fitting = {entry: form for entry, form in found.items() if title in self.matcher.titles.get(entry, ())}
        fitting |= {entry: form for entry, form in found.items() if entry not in self.matcher.surnamed}
        if fitting or title not in OF_ANYBODY:
            return fitting or found
        return {entry: form for entry, form in found.items() if form != Form.TITLED}

    def weigh(self, piece, one, candidates, *, may_use_choices):
        key = one.key
        earlier = self.choices.earlier() if may_use_choices else {}
        listed = {entry for entry, form in candidates.items() if form <= Form.FULL}
        halves = {entry for entry, form in candidates.items() if form in HALVES}
        called = listed | halves or {entry for entry, form in candidates.items() if form in SETTLED_BY_FULL_NAME}
        may_be_said = listed | halves or (called if len(called) == 1 else set())
        said = {entry for entry in may_be_said if self.is_said(entry, one)}
        if key in self.defined and self.defined[key] in candidates:
            others = (self.listed_as(key) & listed) - {self.defined[key]}
            one.ask({self.defined[key], *others}) if others else one.link(DEFINED, self.defined[key])
        elif key in self.strangers or self.is_from_elsewhere(piece, one, called):
            one.ask(called or candidates)
        elif listed and not self.is_written_so(piece, one):
            self.weigh_small_letters(one, listed, earlier)
        elif len(said) == 1:
            one.link(LINKED if called == said == listed else SETTLED, *said)
        elif key in earlier and one.look != Look.PERSONAL and self.may_be_meant(one, earlier[key], called):
            self.choose(one, earlier[key])
        elif one.look == Look.PERSONAL:
            one.ask(called or candidates)
        elif one.look == Look.TITLED:
            title = title_before(same(piece.words), one.start)
            is_theirs = any(title in self.matcher.titles.get(entry, ()) for entry in candidates)
            is_sure = len(candidates) == 1 and (listed or is_theirs)
            one.link(LINKED if listed else SHORT, *candidates) if is_sure else one.ask(candidates)
        elif len(called) == 1 and listed:
            one.link(LINKED, *called)
        elif len(called) == 1 and halves and candidates[min(halves)] == Form.SHORT and halves != {self.author}:
            one.link(SHORT, *halves)
        elif called:
            one.ask(called)
        else:
            self.weigh_parts(piece, one, candidates)

    def is_written_so(self, piece, one):
        """Whether the words are written as a name: not in small letters that it has not, nor as "two warm spaces"."""
        words = same(one.words)
        before = title_before(same(piece.words), one.start)
        if is_one_word(words):
            return not words.islower() or before not in ("a", "an")
        if any(name.words == words for name in one.names if name.form <= Form.FULL):
            return True
        if words.islower() and (before.isdigit() or before in OF_MANY):
            return False
        return any(name.is_written_so(words) for name in one.names if name.form <= Form.FULL)

    def weigh_small_letters(self, one, listed, earlier):
        """Ask about a name that is written in small letters and not listed so, unless it surely is no name."""
        has_capitals_inside = all(
            part[:1].isupper() for name in one.names for part in name.words.split() if part not in SMALL_WORDS
        )
        if one.key in earlier and self.may_be_meant(one, earlier[one.key], listed):
            self.choose(one, earlier[one.key])
        elif has_capitals_inside and not any(self.is_said(entry, one) for entry in listed):
            one.drop()
        else:
            one.ask(listed)

    def is_from_elsewhere(self, piece, one, entries):
        """Whether the text says of a short name that it is somebody new, or from where none of them is."""
        text = same(piece.words)
        if not is_one_word(one.words) or not all(map(self.matcher.is_person, entries)):
            return False
        if title_before(text, one.start) in INTRODUCES:
            return True
        behind = FROM.match(text, one.end)
        return behind is not None and all(self.matcher.is_not_from(entry, behind[1]) for entry in entries)

    def is_said(self, entry, one):
        """Whether the same text says an entry by another name, or where it may be a word, surely by this one."""
        keys = self.settled.get(entry, set())
        return bool(keys) if one.look == Look.PERSONAL else bool(keys - {one.key})

    def weigh_parts(self, piece, one, candidates):
        """Say what is meant with a part of a longer name, or a name in another form."""
        best = min(candidates.values())
        following = FOLLOWING.match(same(piece.words), one.end)
        is_project = following is not None and following[1].lower() in OF_PROJECTS
        if best == Form.HEAD:
            is_known = one.words[0].islower() or title_before(same(piece.words), one.start) in ("the", "our")
            said = candidates.keys() & self.settled.keys()
            candidates = said if said and is_known else candidates if is_project else ()
            one.ask(candidates) if candidates else one.drop()
        elif len(candidates) > 1:
            one.drop()
        elif best == Form.INFLECTED and is_project:
            one.link(SHORT, *candidates)
        else:
            one.ask(candidates)

    def listed_as(self, key):
        return {name.entry for name in self.matcher.tree.called(key) if name.form == Form.LISTED}

    def may_be_meant(self, one, entry, candidates):
        """Whether an earlier choice can still hold: who is called so, but had left by then, is not meant."""
        if entry is DROPPED:
            return True
        is_called_so = entry in {name.entry for name in one.names}
        return entry in self.matcher.paths and (entry in candidates or not is_called_so)

    def choose(self, one, entry):
        if entry is DROPPED or entry not in self.matcher.paths:
            one.drop()
        else:
            one.link(CHOSEN, entry)

    def look_for_strangers(self, piece, naming):
        """Ask about names that nobody knows, where they seem to be somebody's."""
        people = [(one.start, one.end) for one in naming.found if any(map(self.matcher.is_person, one.entries))]
        taken = [*piece.unlinked, *((one.start, one.end) for one in naming.found if one.entry or one.kind)]
        dropped = {**self.choices.earlier(), **self.choices.of_text}
        for start, end in strangers(piece.words, people, taken):
            one = Found(start, end, piece.words[start:end])
            if one.key in dropped or one.key in self.lowered:
                continue
            one.ask(())
            naming.found = [other for other in naming.found if not (start < other.end and end > other.start)]
            naming.found.append(one)
        naming.found.sort(key=lambda one: one.start)


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
            naming.found = [one for one in naming.found if one.entry or one.key in kept]


def is_one_word(words):
    return " " not in same(words)


def overlaps(start, end, spans):
    return any(start < other_end and end > other_start for other_start, other_end in spans)
