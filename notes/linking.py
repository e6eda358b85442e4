"""Who and what each passage names, and the links put in for it."""

import re
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import slugify
from lxml.html.builder import A

from notes.names import same
from people.models import Entry

LINKED, EXPLICIT, SUGGESTED = "linked", "explicit", "suggested"

HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9](?:[\w.-]{0,78}\w)?)")
HASHTAG = re.compile(r"(?<![\w#/&])#(?=[\w-]*[^\W\d_])(\w[\w-]{0,48}\w)")


@dataclass
class Found:
    """Words of a passage that name one of `entries`: just one when it is settled, several or none while it is not."""

    start: int
    end: int
    how: str
    entries: frozenset
    is_certain: bool = True  # that the words are a whole name, whoever's

    @property
    def entry(self):
        """The entry that is named, or None while it is a question."""
        return next(iter(self.entries)) if self.how != SUGGESTED else None


@dataclass
class Naming:
    """What one passage names."""

    found: list = field(default_factory=list)
    hashtags: dict = field(default_factory=dict)  # {(start, end): tag} for those that name nothing

    def by_entry(self):
        """Return {entry: [[start, end, how], ...]}; what is not settled stands under None."""
        places = {}
        for one in self.found:
            places.setdefault(one.entry, []).append([one.start, one.end, one.how])
        return places


def name_all(pieces, matcher, choices):
    """Return the Naming of each piece of one text.

    `choices` is what the author settled before: {words in small letters: entry}. A name that several entries share
    is settled by another name in the same text which only one of them has, else by the author's choice.
    """
    namings = [name_one(piece, matcher) for piece in pieces]
    settled = {one.entry for naming in namings for one in naming.found if one.entry}
    for piece, naming in zip(pieces, namings, strict=True):
        for one in naming.found:
            if one.how == SUGGESTED and one.is_certain and len(one.entries) > 1:
                settle(one, piece.words, settled, choices)
    return namings


def settle(one, words, settled, choices):
    meant = one.entries & settled
    chosen = choices.get(same(words[one.start : one.end]).lower())
    if len(meant) == 1:
        one.entries, one.how = meant, LINKED
    elif chosen in one.entries:
        one.entries, one.how = frozenset([chosen]), LINKED


def name_one(piece, matcher):
    naming = Naming()
    taken = list(piece.unlinked)
    for start, end in piece.bracketed:
        if not overlaps(start, end, taken):
            candidates = frozenset(matcher.called(piece.words[start:end]))
            naming.found.append(Found(start, end, EXPLICIT if len(candidates) == 1 else SUGGESTED, candidates))
            taken.append((start, end))
    for match in HANDLE.finditer(piece.words):
        entry = matcher.slugs.get((Entry.Kind.PERSON, match[1].lower()))
        if entry and not overlaps(*match.span(), taken):
            naming.found.append(Found(*match.span(), EXPLICIT, frozenset([entry])))
            taken.append(match.span())
    for match in HASHTAG.finditer(piece.words):
        if not overlaps(*match.span(), taken):
            entries = matcher.tagged(match[1])
            if len(entries) == 1:
                naming.found.append(Found(*match.span(), EXPLICIT, frozenset(entries)))
            elif slugify(match[1]):
                naming.hashtags[match.span()] = match[1]
            taken.append(match.span())
    for start, end, names, is_certain in matcher.find(piece.words, taken):
        entries = frozenset(name.entry for name in names)
        how = LINKED if is_certain and len(entries) == 1 else SUGGESTED
        naming.found.append(Found(start, end, how, entries, is_certain))
    naming.found.sort(key=lambda one: one.start)
    return naming


def overlaps(start, end, spans):
    return any(start < other_end and end > other_start for other_start, other_end in spans)


def link(piece, naming, matcher, tag_slugs):
    """Put the links into a piece's element. Its words stay as they are.

    `tag_slugs` are the slugs of hashtags whose tag may have another one than they would make.
    """
    if piece.element is None:
        return
    targets = [(one.start, one.end, "mention", matcher.address(one.entry)) for one in naming.found if one.entry] + [
        (start, end, "hashtag", reverse("tags:detail", args=[tag_slugs.get(tag) or slugify(tag)]))
        for (start, end), tag in naming.hashtags.items()
    ]
    for start, end, kind, address in sorted(targets, reverse=True):
        runs = []
        for spot_start, element, where in piece.spots:
            text = getattr(element, where) or ""
            left, right = max(start - spot_start, 0), min(end - spot_start, len(text))
            if left < right:
                runs.append((right - left, left, right, element, where))
        if runs:  # of a name across markup, such as **Ann** Lee, its longest part: one name, one link
            _, left, right, element, where = max(runs, key=lambda run: run[0])
            wrap(element, where, left, right, {"class": kind, "href": address})


def wrap(element, where, left, right, attributes):
    """Make a link of a stretch of an element's text or tail."""
    text = getattr(element, where)
    anchor = A(text[left:right], **{"href": attributes["href"], "class": attributes["class"]})
    anchor.tail = text[right:] or None
    setattr(element, where, text[:left] or None)
    if where == "text":
        element.insert(0, anchor)
    else:
        parent = element.getparent()
        parent.insert(parent.index(element) + 1, anchor)
