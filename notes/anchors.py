"""Anchors that stay: a passage keeps its own however it is edited or moved, and a link to it goes on working."""

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from hashlib import sha256

ALIKE = 0.6  # of 1: a passage that was edited less than this is still the same one
SHORT = 200  # characters: below it letters are compared, above it words
MOST_PAIRS = 2_000  # compared in one text: of a long one rewritten altogether, only what stands near the other,
NEAR = 5  # and so many on either side at least


def align(old, new, vanished):
    """Return an anchor for each of the new passages.

    `old` is a list of (anchor, kind, words), `new` of (kind, words); `vanished` are anchors of this text that are
    no longer in use. The title stays the title; then equal words keep their anchor, then words alike. What is new
    gets one made of its words; one that vanished comes back only for the words it was made of.
    """
    kept = {}
    left = list(old)
    for number, (kind, _) in enumerate(new):
        if kind == "title":
            take(kept, number, next((one for one in left if one[1] == "title"), None), left)
    by_words = defaultdict(list)
    for one in left:
        by_words[one[2]].append(one)
    for number, (_, words) in enumerate(new):
        if number not in kept and by_words[words]:
            take(kept, number, by_words[words].pop(0), left)
    for _, number, one in sorted(pairs_alike(left, new, kept), key=lambda pair: -pair[0]):
        if number not in kept and one in left:
            take(kept, number, one, left)
    used = {*kept.values(), *vanished, *(anchor for anchor, _, _ in old)}
    for number, (_, words) in enumerate(new):
        if number not in kept:
            kept[number] = fresh(words, used, set(kept.values()))
            used.add(kept[number])
    return [kept[number] for number in range(len(new))]


def take(kept, number, one, left):
    if one is not None:
        kept[number] = one[0]
        left.remove(one)


def pairs_alike(old, new, kept):
    """Yield (likeness, number of the new, the old one) for what is alike enough."""
    fresh_ones = [(number, words) for number, (_, words) in enumerate(new) if number not in kept]
    reach = max(NEAR, MOST_PAIRS // (len(fresh_ones) or 1))
    for place, (number, words) in enumerate(fresh_ones):
        around = place * len(old) // len(fresh_ones)
        for one in old[max(0, around - reach) : around + reach]:
            if (likeness := alike(one[2], words)) >= ALIKE:
                yield likeness, number, one


def alike(a, b):
    """Return how alike two passages are, from 0 to 1; 0 as soon as it is surely below ALIKE."""
    if 2 * min(len(a), len(b)) < ALIKE * (len(a) + len(b)):
        return 0.0
    if max(len(a), len(b)) > SHORT:
        a, b = a.split(), b.split()
    if 2 * (Counter(a) & Counter(b)).total() < ALIKE * (len(a) + len(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def fresh(words, used, in_use):
    """Return a new anchor: 8 hexadecimal digits of the words, with -2, -3 ... for one that is taken."""
    base = anchor = sha256(words.encode()).hexdigest()[:8]
    number = 1
    while anchor in (in_use if number == 1 else used):
        number += 1
        anchor = f"{base}-{number}"
    return anchor
