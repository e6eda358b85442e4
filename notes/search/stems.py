"""Words as search compares them: both databases are given exactly these, so they find the same.

PostgreSQL's own dictionaries drop "IT" and "who", and SQLite's stemmer is another one. Here a text becomes tokens of
a to z and 0 to 9, which the simplest tokenizer of either keeps whole.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST_TOKEN = 40
LONGEST_LINE = 600_000  # characters of tokens of one text: PostgreSQL keeps no more than a megabyte of them
BREAK = "0"  # stands between passages, so that no phrase goes across; no token begins with a digit
APOSTROPHES = re.compile("['’‘‛ʼ`´′]")
OWNING = re.compile(r"['’‘‛ʼ`´′]s\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
PLAIN = re.compile(r"[a-z0-9]+")
LIKE_A_NUMBER = re.compile(r"z*[0-9]")
WITHOUT_A_MARK = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def fold(text):
    """Return the text in small letters, without accents and apostrophes: "Delibaş’s" is "delibas"."""
    text = APOSTROPHES.sub("", OWNING.sub("", text))
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return APOSTROPHES.sub("", bare.casefold().translate(WITHOUT_A_MARK))


def words_in(text):
    """Return the words of a text, folded: of "WiFi-4-All" wifi, 4 and all."""
    return WORD.findall(fold(text))


def stems(text):
    """Return the stem of each word of a text, in its order, as a token of at most 40 of a to z and 0 to 9."""
    return [token(word) for word in words_in(text)]


@lru_cache(maxsize=65536)
def token(word):
    """Return the token of a folded word: its stem, written so that every tokenizer takes it for one word.

    PostgreSQL cuts what looks like a number ("1e5a"), so that gets a letter before it.
    """
    stem = snowballstemmer.stemmer("english").stemWord(word[:LONGEST_TOKEN])  # one for each: it keeps its place
    if not PLAIN.fullmatch(stem):
        stem = "x" + stem.encode().hex()
    if LIKE_A_NUMBER.match(stem):
        stem = "z" + stem
    return stem[:LONGEST_TOKEN]


def line(tokens):
    """Return tokens as they are kept: with a space before and after each, to be found by " token "."""
    return f" {' '.join(tokens)} " if tokens else ""


def stem_line(text):
    """Return the stems of a text as they are kept."""
    return line(stems(text))


def stem_lines(texts):
    """Return the stems of several passages as one line in which no phrase goes from one to the next."""
    kept = f" {BREAK} ".join(" ".join(found) for found in map(stems, texts) if found)
    return f" {kept[:LONGEST_LINE].rsplit(' ', 1)[0] if len(kept) > LONGEST_LINE else kept} " if kept else ""
