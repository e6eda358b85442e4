"""A text as words: what reads the same is the same, and what is no word of the text is hidden."""

import re
import unicodedata
from dataclasses import dataclass

WORDS = re.compile(r"\w+|[^\w\s]")
UNLINKED = "\ufffc"  # stands for a character that is part of a link, code or an address
# Each part begins where a word does, so that a text without a space takes no longer.
ADDRESS = re.compile(r"(?<!\S)[^\s@]+@\S+\.\w+|\b(?:https?|ftp)://\S+|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}\b(?:/\S*)?")


class SameLetters(dict):
    """How each character is compared: quotes, hyphens and spaces of every sort alike, and letters without accents."""

    def __missing__(self, code):
        parts = unicodedata.normalize("NFD", chr(code))
        is_accented = len(parts) > 1 and all(unicodedata.combining(part) for part in parts[1:])
        self[code] = parts[0] if is_accented else chr(code)
        return self[code]


# Each stands for one character, so that places in the text hold.
SAME = SameLetters(
    {
        ord(character): meant
        for meant, characters in {
            "'": "‘’‚‛ʼ`´",
            '"': "“”„‟«»",
            " ": "\u00a0\u2002\u2003\u2009\u200a\u202f\n\t",
            "-": "‐‑",
            "o": "ø",
            "O": "Ø",
            "l": "ł",
            "L": "Ł",
        }.items()
        for character in characters
    }
)


def same(text):
    """Return the text, as long as it was, with everything that reads the same written the same."""
    return text.translate(SAME)


def name_key(words):
    """Return the words as a name is compared by them, in whatever case: what a question or choice is about."""
    return " ".join(same(words).split()).lower()


def squash(words):
    """Return the letters and digits only, in small letters: "Digital apprenticeships" as in a hashtag."""
    return "".join(re.findall(r"[^\W_]", words.lower()))


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
        start, end = match.span()
        word = match[0]
        if word == "-" and before == start:
            continue  # and the next word stands behind a gap
        distance = 0 if before is None else start - before
        gap = " " * min(distance, 2)
        yield Word(start, end, "and" if word == "&" else word.lower(), gap)
        before = end


def tokens(name):
    """Yield the keys by which a name stands in a tree of words, each but the first with the gap before it."""
    for number, word in enumerate(split(name)):
        yield f"{word.gap}{word.key}" if number else word.key


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


def is_one_word(words):
    return " " not in same(words)


def overlaps(start, end, spans):
    return any(start < other_end and end > other_start for other_start, other_end in spans)
