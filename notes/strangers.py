"""People whom a text names and nobody knows: found only where the words around say that it is somebody."""

import re

from notes.forms import is_given_name
from notes.ordinary_words import (
    AFTER_A_PERSON,
    DAYS_AND_MONTHS,
    OF_PLACES,
    ORDINARY,
    PLACES,
    PLAIN_WORDS,
    TITLES,
)
from notes.surroundings import ENDS, is_name_like
from notes.words import hide, overlaps, same

PART = r"[^\W\d_a-z](?:[\w-]|'(?!s\b))+"
ONE = rf"{PART}(?: {PART})?"
MOST_LISTED = 30  # names before the last of a list: without an end, a page of names would take minutes
LIST = re.compile(rf"(?<![\w'-])(?:{ONE})(?:, (?:{ONE})){{0,{MOST_LISTED}}},? (?:and|&) (?:{ONE}|I)(?![\w-])")
THANKED = re.compile(
    rf"\b(?:[Tt]hanks|[Tt]hank you|[Ww]ell done|[Kk]udos|[Ss]hout-?\s?out|[Cc]ongratulations|[Ww]elcome) "
    rf"(?:to |so much to |also to |again to )?({ONE}(?:, {ONE})*(?:,? (?:and|&) {ONE})?)"
)
SOMEBODY = re.compile(rf"(?<=[a-z,] )({ONE})(?='s [a-z]| ([a-z]+))")
NAME = re.compile(ONE)
LONGEST = 120
SMALL = re.compile(r"(?<![\w'@#])[a-z]{2,}")
BEFORE_A_NAME = TITLES | DAYS_AND_MONTHS | PLAIN_WORDS


def strangers(text, people, taken):
    """Yield (start, end) of the names of people nobody knows in a passage.

    `people` are (start, end) of the people it names, `taken` of everything that is named or linked already.
    """
    text = same(hide(text, ()))
    small = set(SMALL.findall(text))
    found = {
        (without_title(text, start, end), end)
        for start, end in [*in_lists(text, people), *thanked(text), *doing(text)]
    }
    for start, end in sorted(found):
        words = text[start:end]
        begins = start == 0 or text[:start].rstrip()[-1:] in ENDS
        is_sure = is_given_name(words.split()[0]) if begins else words.lower() not in small
        if is_sure and may_be_a_person(words) and not overlaps(start, end, taken):
            yield start, end


def in_lists(text, people):
    """Yield the others of a list in which somebody known is, or "I": "Darrell, Erdem and Nana"."""
    for match in LIST.finditer(text):
        names = [(match.start() + name.start(), match.start() + name.end()) for name in NAME.finditer(match[0])]
        known = [span for span in names if overlaps(*span, people)]
        if known or match[0].endswith((" and I", " & I")):
            yield from (span for span in names if span not in known)


def thanked(text):
    for match in THANKED.finditer(text):
        yield from ((match.start(1) + name.start(), match.start(1) + name.end()) for name in NAME.finditer(match[1]))


def doing(text):
    """Yield the given names of somebody who does or has something: "with Esra's help", "when Esra presented"."""
    for match in SOMEBODY.finditer(text):
        does = match[2] is None or match[2] in AFTER_A_PERSON - {"and"}
        if does and is_given_name(match[1].split()[0]):
            yield match.span(1)


def may_be_a_person(words):
    parts = words.split()
    return (
        len(words) <= LONGEST
        and all(is_name_like(part) for part in parts)
        and not {part.lower() for part in parts} & (PLACES | ORDINARY | OF_PLACES | DAYS_AND_MONTHS | TITLES)
        and parts[0].lower() not in PLAIN_WORDS
        and (not parts[-1].endswith("s") or is_given_name(parts[0]))
        and not parts[0].startswith("I'")
    )


def without_title(text, start, end):
    """Return where a name begins behind a title, a day or another word with a capital that is no part of it."""
    first, _, rest = text[start:end].partition(" ")
    return start + len(first) + 1 if rest and first.lower() in BEFORE_A_NAME else start
