"""What stands around a word of a text, and so whether it is surely the name it looks like."""

import re
import unicodedata
from enum import Enum, auto

from notes.ordinary_words import (
    AFTER_A_PERSON,
    AFTER_A_SERVICE,
    DAYS_AND_MONTHS,
    HONORIFICS,
    MONTHS,
    OF_ANOTHER,
    OF_PLACES,
    ORDINARY,
    PLACES,
    PLAIN_WORDS,
    RELATIONS,
    TITLES,
)

NEXT_CAPITAL = re.compile(r" ([^\W\d_a-z][\w'-]*)")
NEXT_WORD = re.compile(r"(?:'s)? ([\w]+)")
RELATION = re.compile(r", (?:my|his|her|their|our) (\w+)|[\"']? \(not (?:his|her|their) real name\)")
OF_A_PLACE = re.compile(r" (?:area|town|village|residents|people|office)\b")
STREET = re.compile(r" (?:road|street|lane|station|town hall|high street|hospital|school|library)\b")
WORD_BEFORE = re.compile(r"([^\s]+) $")
ENDS = ".!?:…|"  # of a sentence
BREAKS = ENDS + ";•–—-"
TIMES = frozenset("in by since until till from during last next this early mid late end of to before after".split())
BY_A_PERSON = frozenset("with thanks thank met and".split())
WITH_A_DOT = frozenset("cllr dr mr mrs ms prof rev st".split())
ON_A_STREET = frozenset("on along down up off".split())
AT_A_PLACE = frozenset("in at across near around outside".split())


class Look(Enum):
    SURE = auto()  # a name, as far as one can see
    TITLED = auto()  # a surname behind a title: "Cllr Williams"
    PERSONAL = auto()  # an ordinary word as well, but somebody seems to be meant: "Dawn from finance"
    WORD = auto()  # an ordinary word, as far as one can see: "Will this work?"
    LONGER = auto()  # half of a longer name that is not known: "Ian McKellen"
    ELSEWHERE = auto()  # part of the name of a place or a day: "Mark Lane"


def look_of_a_person(text, start, end, *, is_doubtful, is_headline):
    """Say of one word of a text (through `same`), which is half of somebody's name, what it seems to be.

    `is_doubtful`: as a name it says little. `is_headline`: the text is written With Capitals Like This.
    """
    key, before = text[start:end].lower(), word_before(text, start)
    if before in OF_ANOTHER or before in ("a", "an") or is_relation(text, end, before):
        return Look.WORD
    follower = follower_of(text, end)
    if before in HONORIFICS and not follower:
        return Look.TITLED
    in_a_place = before == "st" or (key in PLACES and before in AT_A_PLACE)
    if in_a_place or is_of_a_place(text, start, end, is_headline=is_headline):
        return Look.ELSEWHERE
    is_ordinary = text[start].isupper() and (key in ORDINARY or is_doubtful)
    begins = begins_sentence(text, start)
    if is_ordinary and (begins or is_headline or key in MONTHS):
        return look_of_a_word(text, start, end, begins=begins)
    return Look.LONGER if follower or is_second_name(text, start) else Look.SURE


def look_of_a_word(text, start, end, *, begins):
    """Say of an ordinary word that is somebody's name as well which of the two it seems to be."""
    before, after = word_before(text, start), NEXT_WORD.match(text, end)
    following = after[1].lower() if after else ""
    is_month = text[start:end].lower() in MONTHS
    if is_month and (before in TIMES or before.isdigit() or following.isdigit()):
        return Look.WORD
    does = following in AFTER_A_PERSON or following.endswith("ed")
    if text[end : end + 2] in ("'s", ", ") or does or before in BY_A_PERSON:
        return Look.PERSONAL if begins or is_month else Look.SURE
    return Look.WORD


def look_of_a_thing(text, start, end, *, is_place, is_headline):
    """Say of one word that is the name of a project, service or meeting what it seems to be.

    `is_place`: it is where somebody lives as well, as what a council is for.
    """
    key, before = text[start:end].lower(), word_before(text, start)
    if before in OF_ANOTHER:
        return Look.WORD
    in_a_place = is_place and (before in AT_A_PLACE - {"at"} or OF_A_PLACE.match(text, end))
    if in_a_place or is_of_a_place(text, start, end, is_headline=is_headline):
        return Look.ELSEWHERE
    if not text[start].isupper() or key not in ORDINARY:
        return Look.SURE
    if begins_sentence(text, start) or is_headline:
        after = NEXT_WORD.match(text, end)
        return Look.PERSONAL if after and after[1].lower() in AFTER_A_SERVICE else Look.WORD
    return Look.LONGER if follower_of(text, end) or is_second_name(text, start) else Look.SURE


def is_of_a_place(text, start, end, *, is_headline):
    """Whether a name is the first half of a street's, a school's or a day's: "Mark Lane", "Northmoor station"."""
    follower = NEXT_CAPITAL.match(text, end)
    is_named = follower is not None and follower[1].rstrip("'").lower() in OF_PLACES
    return (is_named and text[start + 1 : end].islower() and not is_headline) or bool(STREET.match(text, end))


def begins_sentence(text, start):
    before = WORD_BEFORE.search(text[max(0, start - 60) : start])
    return before is None or before[1][-1] in ENDS


def is_relation(text, end, previous):
    """Whether somebody is the author's sister, or has another name in truth."""
    behind = RELATION.match(text, end)
    return previous in RELATIONS or (behind is not None and (behind[1] is None or behind[1] in RELATIONS))


def is_name_like(word):
    """Whether a capitalised word may be somebody's second name: McAllister, but not LOTI, HackIT or Monday."""
    if "-" in word:
        return all(is_name_like(part) for part in word.split("-"))
    return (
        len(word) > 1
        and unicodedata.category(word[0]) == "Lu"
        and not any(letter.isupper() for letter in (word[1] if len(word) == 2 else "", *word[4:], word[-1]))
        and word.lower() not in DAYS_AND_MONTHS | PLAIN_WORDS
    )


def is_second_name(text, start):
    """Whether the word before is a capitalised one within a sentence: "Jim Henry", not "Thanks Henry"."""
    match = WORD_BEFORE.search(text[max(0, start - 60) : start])
    before = match[1] if match else ""
    if not before.isalpha() or not is_name_like(before) or before.lower() in TITLES:
        return False
    earlier = WORD_BEFORE.search(text[max(0, start - 120) : start - len(before) - 1])
    return earlier is not None and earlier[1][-1] not in BREAKS + "()\"'"


def follower_of(text, end):
    """Return the capitalised word behind a place, which may be a second name; empty for none."""
    match = NEXT_CAPITAL.match(text, end)
    return match[1].rstrip("'") if match and is_name_like(match[1]) else ""


def word_before(text, start):
    """Return the word before a place in small letters, without a bracket or the dot of "Dr."; empty for none."""
    before = WORD_BEFORE.search(text[max(0, start - 60) : start])
    word = before[1].lstrip("(\"'").lower() if before else ""
    return word[:-1] if word[:-1] in WITH_A_DOT and word[-1] == "." else word


def is_street(text, start, end):
    """Whether a name of two words is where somebody lives: "on Victoria Lane"."""
    last = text[start:end].split()[-1].lower()
    return last in OF_PLACES and word_before(text, start) in AT_A_PLACE | ON_A_STREET


def is_headline(text):
    """Whether a text is Written Like a Headline: three long words or more, and nearly all with a capital."""
    long = re.findall(r"[^\W\d_]{4,}", text)
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
