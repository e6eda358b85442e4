"""Names as they stand in a text: which entries of the directory answer to the words at a place.

A matcher is a tree of words, so looking up costs what the text is long, however many names are known.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max
from django.urls import reverse

from notes.ordinary_words import DAYS_AND_MONTHS, ORDINARY, PLAIN_WORDS, TITLES
from people.models import Alias, Entry, FormerSlug

LINKED_KINDS = (Entry.Kind.PERSON, Entry.Kind.PROJECT, Entry.Kind.ORGANISATION, Entry.Kind.MEETING_SERIES)

# Each stands for one character, so that places in the text hold.
SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\n\t", " "),
        **dict.fromkeys("‐‑", "-"),
    }
)
WORDS = re.compile(r"\w+|[^\w\s]")
UNLINKED = "\ufffc"  # stands for a character that is part of a link, code or an address
# Each part begins where a word does, so that a text without a space takes no longer.
ADDRESS = re.compile(r"(?<!\S)[^\s@]+@\S+\.\w+|\b(?:https?|ftp)://\S+|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}\b(?:/\S*)?")


def same(text):
    """Return the text, as long as it was, with quotes, hyphens and spaces that mean the same written the same."""
    return text.translate(SAME)


@dataclass(frozen=True)
class Name:
    """One name of one entry."""

    entry: int  # its primary key
    kind: str
    words: str  # as listed, through `same`

    def fits(self, found):
        """Whether these words of a text, which agree in all but case, are this name."""
        if " " in self.words or found == self.words:
            return True
        return self.words[:1].islower() and found == self.words[:1].upper() + self.words[1:]


class Matcher:
    """Every name of the directory. It is read, never changed; see `current`."""

    def __init__(self, names, slugs, paths):
        """Take `names`, an iterable of Name; `slugs`, {(kind, slug): entry}; and `paths`, {entry: (kind, slug)}."""
        self.slugs = slugs
        self.paths = paths
        self.tree = {}
        self.hashtags = defaultdict(set)
        for name in names:
            self.add(name)

    def add(self, name):
        node = self.tree
        for word in tokens(name.words):
            node = node.setdefault(word, {})
        node.setdefault(None, []).append(name)
        if name.kind == Entry.Kind.PROJECT or name.words.startswith("#"):
            self.hashtags[squash(name.words)].add(name.entry)

    def address(self, entry):
        """Return the address of an entry's page."""
        kind, slug = self.paths[entry]
        return reverse(Entry.ROUTES[kind], kwargs={"slug": slug})

    def called(self, words):
        """Return the entries with exactly these words for a name, in any case, or for a slug."""
        node = self.tree
        for word in tokens(same(words)):
            node = node.get(word, {})
        found = {name.entry for name in node.get(None, ())}
        return found or {entry for kind in LINKED_KINDS if (entry := self.slugs.get((kind, words.lower())))}

    def tagged(self, hashtag):
        """Return the entries that a hashtag (without its #) names: projects, and what lists it as an alias."""
        return self.hashtags.get(squash(hashtag), frozenset())

    def find(self, text, unlinked=()):
        """Yield (start, end, names, is_certain) for each name in a text, the longest at its place first.

        `names` are all those that fit there; `is_certain` is false where the words may well be part of something
        longer, or an ordinary word. `unlinked` are (start, end) in which nothing is looked for.
        """
        text = same(hide(text, unlinked))
        words = list(split(text))
        at = 0
        while at < len(words):
            found = self.longest(text, words, at)
            if found is None:
                at += 1
                continue
            last, names = found
            start, end = words[at].start, words[last].end
            yield start, end, names, is_certain(text, start, end, names)
            at = last + 1

    def longest(self, text, words, at):
        """Return (the last word's number, names) of the longest name that begins at a word, or None."""
        start, best = words[at].start, None
        node = self.tree.get(words[at].key)
        for last in range(at, len(words)):
            if node is None:
                break
            if listed := node.get(None):
                end = words[last].end
                fitting = [name for name in listed if name.fits(text[start:end])]
                if fitting and stands_alone(text, start, end):
                    best = last, fitting
            following = words[last + 1] if last + 1 < len(words) else None
            node = node.get(f"{following.gap}{following.key}") if following else None
        return best


@dataclass(frozen=True)
class Word:
    """A word or mark of a text. `gap` is what stands before it: nothing, a space, or more than one name has."""

    start: int
    end: int
    key: str
    gap: str


def split(text):
    """Yield the words and marks of a text; "stand-up" is as "stand up", "&" as "and"."""
    before = None
    for match in WORDS.finditer(text):
        if match[0] == "-" and before is not None and before == match.start():
            continue  # and the next word stands behind a gap
        gap = "" if before is None or match.start() == before else " "
        if match.start() - (before or 0) > 1 and before is not None:
            gap = "  "
        yield Word(match.start(), match.end(), "and" if match[0] == "&" else match[0].lower(), gap)
        before = match.end()


def tokens(name):
    """Yield the keys by which a name stands in the tree, each but the first with the gap before it."""
    for number, word in enumerate(split(name)):
        yield f"{word.gap}{word.key}" if number else word.key


def squash(words):
    """Return the letters and digits only, in small letters: "Digital apprenticeships" as in a hashtag."""
    return "".join(re.findall(r"[^\W_]", words.lower()))


def hide(text, spans):
    """Return the text with the spans, and the web and mail addresses in it, made unreadable, as long as it was."""
    for start, end in [*spans, *(match.span() for match in ADDRESS.finditer(text))]:
        text = text[:start] + UNLINKED * (end - start) + text[end:]
    return text


def stands_alone(text, start, end):
    """Whether the words are whole words there, and not the half of a hyphenated name or of O'Cynthia."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if is_in_word(before) or (text[end - 1].isalnum() and is_in_word(after)):
        return False
    if before == "'" and text[start - 2 : start - 1].isalpha():
        return False
    if after == "'" and text[end + 1 : end + 2].isalpha() and not re.match(r"'(s|d|ll|ve|re|m)\b", text[end:], re.I):
        return False
    if before == "-" and text[start - 2 : start - 1].isalpha():
        return not re.search(r"(?:^|[^\w-])[^\W\d_a-z]\w*-$", text[max(0, start - 40) : start])
    return not (after == "-" and text[end + 1 : end + 2].isupper())


def is_in_word(character):
    return character.isalnum() or character in ("_", "@") if character else False


NEXT_CAPITAL = re.compile(r" ([^\W\d_a-z][\w-]*)")
WORD_BEFORE = re.compile(r"([^\s]+) $")


def is_certain(text, start, end, names):
    """Whether a name of one word is surely this name, and no half of a longer one or an ordinary word."""
    if " " in text[start:end]:
        return True
    word = text[start:end].lower()
    is_ordinary = word in ORDINARY and text[start].isupper()
    if not is_ordinary and all(name.kind != Entry.Kind.PERSON for name in names):
        return True
    before = WORD_BEFORE.search(text[max(0, start - 60) : start])
    begins = before is None or before[1][-1] in ".!?:;•–—-|" or UNLINKED in before[1]
    if is_ordinary and (before is None or before[1][-1] in ".!?:…|"):
        return False
    follower = NEXT_CAPITAL.match(text, end)
    if follower and is_name_like(follower[1]):
        return False
    return begins or not is_second_name(text, start, before[1])


def is_name_like(word):
    """Whether a capitalised word may be somebody's second name: McLaurin, but not LOTI, HackIT or Monday."""
    return (
        len(word) > 1
        and unicodedata.category(word[0]) == "Lu"
        and not any(letter.isupper() for letter in (word[1] if len(word) == 2 else "", *word[4:], word[-1]))
        and word.lower() not in DAYS_AND_MONTHS | PLAIN_WORDS
    )


def is_second_name(text, start, before):
    """Whether the word before is a capitalised one within a sentence: "Jim Henry", not "Thanks Henry"."""
    if not before.isalpha() or not is_name_like(before) or before.lower() in TITLES:
        return False
    earlier = WORD_BEFORE.search(text[max(0, start - 120) : start - len(before) - 1])
    return earlier is not None and earlier[1][-1] not in ".!?:;•–—-…()\"'"


_current = (None, None)


def current():
    """Return the matcher of the directory as it is now: 3 queries, and 4 more after a change.

    Kept until the directory changes, whichever process changed it.
    """
    global _current  # noqa: PLW0603 - a cache of one
    seen = fingerprint()
    if _current[0] != seen:
        _current = seen, load()
    return _current[1]


def fingerprint():
    """Return what differs as soon as a name, alias or slug came, changed or went."""
    return tuple(
        tuple(model.objects.aggregate(Count("pk"), Max("pk"), newest).values())
        for model, newest in (
            (Entry, Max("changed_at")),
            (Alias, Max("changed_at")),
            (FormerSlug, Max("slug")),
        )
    )


def competes(name, unchecked, of_checked):
    """Whether an entry that no editor has looked at claims another's name: it would unlink what is linked."""
    return name.entry in unchecked and squash(name.words) in of_checked


def load():
    """Build the matcher of the whole directory: 4 queries."""
    entries = {
        pk: (kind, slug, name)
        for pk, kind, slug, name in Entry.objects.filter(kind__in=LINKED_KINDS).values_list(
            "pk", "kind", "slug", "name"
        )
    }
    names = {Name(pk, kind, tidy(name)) for pk, (kind, _, name) in entries.items()}
    for pk, alias in Alias.objects.filter(entry__kind__in=LINKED_KINDS).values_list("entry", "name"):
        names.add(Name(pk, entries[pk][0], tidy(alias)))
    slugs = {
        (kind, slug): pk
        for pk, kind, slug in FormerSlug.objects.filter(kind__in=LINKED_KINDS).values_list("entry", "kind", "slug")
    }
    slugs |= {(kind, slug): pk for pk, (kind, slug, _) in entries.items()}
    unchecked = set(Entry.objects.filter(is_to_check=True).values_list("pk", flat=True))
    of_checked = {squash(name.words) for name in names if name.entry not in unchecked}
    return Matcher(
        (name for name in names if squash(name.words) and not competes(name, unchecked, of_checked)),
        slugs,
        {pk: (kind, slug) for pk, (kind, slug, _) in entries.items()},
    )


def tidy(name):
    return same(unicodedata.normalize("NFC", " ".join(name.split())))
