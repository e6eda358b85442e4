"""What was settled of names before: for one text, for all an author writes, or for everybody."""

from dataclasses import dataclass, field

from notes.models import NameChoice
from notes.words import name_key

DROPPED = None  # chosen instead of an entry: these words name nobody


@dataclass
class Choices:
    """{key: entry, or DROPPED} for each of the three."""

    of_text: dict = field(default_factory=dict)
    of_author: dict = field(default_factory=dict)
    of_all: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)  # {key: as it was written}

    def earlier(self):
        """Return what holds for this text, but was not settled in it."""
        return {**self.of_all, **self.of_author}

    def entries(self):
        """Yield (words, entry) of every choice of an entry that may hold."""
        for key, entry in {**self.earlier(), **self.of_text}.items():
            if entry is not DROPPED:
                yield self.words.get(key, key), entry


def choices_for(text):
    """Return the choices that hold for a note or meeting: 1 query."""
    found = Choices()
    columns = ("words", "entry", "author", "text")
    for words, entry, author, of_text in NameChoice.objects.holding_for(text).values_list(*columns):
        key = name_key(words)
        found.words[key] = words
        (found.of_text if of_text else found.of_author if author else found.of_all)[key] = entry
    return found
