"""What a text itself says that it will call something: "London Office of Technology and Innovation ('LOTI')"."""

import re

from notes.words import squash

SHORT = r"""(["']?)((?:[Tt]he )?[A-Z][\w&-]*(?: [A-Z][\w&-]*)?)\1"""
BEHIND = re.compile(rf"\s?\((?:or |aka |known as |hereafter )?{SHORT}\)")
AS_WELL = re.compile(rf",? (?:or|aka|also known as|known as|called) {SHORT}(?: for short|,|\))")
BEFORE = re.compile(r"([A-Z][\w&-]*) \($")
MEANS = re.compile(r"""["')]* (?:[a-z]+ ){0,4}(?:means|meant|stands for|is short for)\b""")
IS = re.compile(r"""["')]* (?:is|was|\(|=) ?(?:the |a |an )?((?:[\w-]+ ?)+)""")


def defined(text, start, end):
    """Return the short form that a text, through `same`, gives to the name from `start` to `end`, or None."""
    for pattern in (BEHIND, AS_WELL):
        match = pattern.match(text, end)
        if match and is_short_for(match[2], text[start:end], is_quoted=bool(match[1])):
            return match[2]
    match = BEFORE.search(text[max(0, start - 40) : start])
    if match and text[end : end + 1] == ")" and is_short_for(match[1], text[start:end]):
        return match[1]
    return None


def is_short_for(short, name, *, is_quoted=False):
    """Whether words may be short for a name: capitals, or in quotes, and all their letters are in it, in order."""
    letters = iter(squash(name))
    short = short.removeprefix("the ").removeprefix("The ")
    is_shorter = 1 < len(short) < len(name) and all(letter in letters for letter in squash(short))
    return is_shorter and (is_quoted or sum(letter.isupper() for letter in short) > 1)


def means_otherwise(text, start, end):
    """Whether a text says itself that capitals mean something: "the CAB is the citizens advice bureau"."""
    short = text[start:end]
    if not (short.isupper() and len(short) > 1):
        return False
    if MEANS.match(text, end):
        return True
    said = IS.match(text, end)
    return said is not None and "".join(word[0] for word in said[1].split()[: len(short)]).upper() == short
