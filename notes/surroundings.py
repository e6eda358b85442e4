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
from notes.words import UNLINKED

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


def look(text, start, end, *, is_person, is_headline=False, is_doubtful=False, is_place=False):
    """Say of one word of a text (through `same`) what it seems to be.

    `is_headline`: the text is written With Capitals Like This. `is_doubtful`: as a name it says little. `is_place`: it is where somebody lives as well, as what a council is for.
    """
    word = text[start:end]
    key = word.lower()
    before = WORD_BEFORE.search(text[max(0, start - 60) : start])
    previous = title_before(text, start)
    if previous in OF_ANOTHER or (is_person and (previous in ("a", "an") or is_relation(text, end, previous))):
        return Look.WORD
    if is_place and (previous in AT_A_PLACE or OF_A_PLACE.match(text, end)):
        return Look.ELSEWHERE
    if is_person and previous == "st":
        return Look.ELSEWHERE
    if is_person and previous in HONORIFICS and not follower_of(text, end):
        return Look.TITLED
    begins = before is None or before[1][-1] in BREAKS or UNLINKED in before[1]
    begins_sentence = before is None or before[1][-1] in ENDS
    follower = NEXT_CAPITAL.match(text, end)
    following = follower[1].rstrip("'") if follower else ""
    if following.lower() in OF_PLACES and word[1:].islower() and not is_headline:
        return Look.ELSEWHERE
    if STREET.match(text, end):
        return Look.ELSEWHERE
    if is_person and key in PLACES and previous in AT_A_PLACE:
        return Look.ELSEWHERE
    is_ordinary = word[0].isupper() and (key in ORDINARY or is_doubtful)
    if is_ordinary and (begins_sentence or is_headline or key in MONTHS):
        return look_at_ordinary(text, end, key, previous, is_person=is_person, begins=begins_sentence)
    if not is_ordinary and not is_person:
        return Look.SURE
    if following and is_name_like(following):
        return Look.LONGER
    if not begins and is_second_name(text, start, before[1]):
        return Look.LONGER
    return Look.SURE


def is_relation(text, end, previous):
    """Whether somebody is the author's sister, or has another name in truth."""
    behind = RELATION.match(text, end)
    return previous in RELATIONS or (behind is not None and (behind[1] is None or behind[1] in RELATIONS))


def look_at_ordinary(text, end, key, previous, *, is_person, begins):
    after = NEXT_WORD.match(text, end)
    following = after[1].lower() if after else ""
    if not is_person:
        return Look.PERSONAL if following in AFTER_A_SERVICE else Look.WORD
    does = following in AFTER_A_PERSON or following.endswith("ed")
    if key in MONTHS and (previous in TIMES or previous.isdigit() or following.isdigit()):
        return Look.WORD
    if text[end : end + 2] in ("'s", ", ") or does or previous in BY_A_PERSON:
        return Look.PERSONAL if begins or key in MONTHS else Look.SURE
    return Look.WORD


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


def is_second_name(text, start, before):
    """Whether the word before is a capitalised one within a sentence: "Jim Henry", not "Thanks Henry"."""
    if not before.isalpha() or not is_name_like(before) or before.lower() in TITLES:
        return False
    earlier = WORD_BEFORE.search(text[max(0, start - 120) : start - len(before) - 1])
    return earlier is not None and earlier[1][-1] not in BREAKS + "()\"'"


def follower_of(text, end):
    """Return the capitalised word behind a place, which may be a second name; empty for none."""
    match = NEXT_CAPITAL.match(text, end)
    return match[1].rstrip("'") if match and is_name_like(match[1]) else ""


def title_before(text, start):
    """Return the word before a place in small letters, without a bracket or the dot of "Dr."; empty for none."""
    before = WORD_BEFORE.search(text[max(0, start - 60) : start])
    word = before[1].lstrip("(\"'").lower() if before else ""
    return word[:-1] if word[:-1] in WITH_A_DOT and word[-1] == "." else word


def is_street(text, start, end):
    """Whether a name of two words is where somebody lives: "on Victoria Lane"."""
    last = text[start:end].split()[-1].lower()
    return last in OF_PLACES and title_before(text, start) in AT_A_PLACE | ON_A_STREET


def is_headline(text):
    """Whether a text is Written Like a Headline: three long words or more, and nearly all with a capital."""
    long = re.findall(r"[^\W\d_]{4,}", text)
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
