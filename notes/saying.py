"""Which texts say a name: found roughly by the database, and then by its words, in whatever way they are spelt."""

import re

from django.db.models import Q

from notes.words import same

LETTERS = re.compile(r"[^\W_]+")
PLAIN_LETTERS = re.compile(r"[a-z0-9]+")
# A letter with an accent, or of another alphabet: a database does not know what it reads like.
UNUSUAL = "[^\t-\u00bf\u2000-\u2bff\U0001f000-\U0001faff]"
A_BATCH = 2000  # passages


def texts_saying(ways, passages):
    """Return {key of a text: its day} of those of whose `passages` one says one of the `ways` as whole words.

    1 query, which reads the words of every passage that may say one: no more than 2,000 are held at once.
    """
    says = what_says(ways)
    rows = passages.filter(roughly(ways)).order_by().values_list("text", "on", "words")
    return {text: on for text, on, words in rows.iterator(chunk_size=A_BATCH) if says(words)}


def newest_first(texts):
    """Return the keys of {key of a text: its day}."""
    return sorted(texts, key=lambda key: (-texts[key].toordinal(), key))


def what_says(ways):
    """Return a function that tells whether a text says one of the names as whole words.

    It says them in any case of letters, with any quotes, hyphens and accents, and written together, as hashtags are.
    """
    patterns = {r"[\W_]*".join(LETTERS.findall(plainly(way))) for way in ways} - {""}
    if not patterns:
        return lambda words: False
    found = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(patterns))})(?![^\W_])")
    return lambda words: found.search(plainly(words)) is not None


def plainly(words):
    return same(words).lower().replace("&", " and ")


def longest_run(way):
    """Return the longest run of plain letters in a name; not of "and", which may be written as a sign."""
    runs = PLAIN_LETTERS.findall(same(way).lower())
    return max([run for run in runs if run != "and"] or runs, key=len, default="")


def roughly(ways):
    """Return the condition, on passages, that every one which says one of the names fulfils.

    It is the longest run of plain letters in a name, which is the same however it is spelt; any passage with a letter
    that is not plain may say any name.
    """
    runs = {longest_run(way) for way in ways} - {""}
    condition = Q(words__regex=UNUSUAL)
    for letters in sorted(run for run in runs if not any(other in run for other in runs - {run})):
        condition |= Q(words__icontains=letters)
    return condition
