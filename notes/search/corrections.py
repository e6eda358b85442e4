"""Did you mean ...? Words that nobody here writes, put right by those that somebody does."""

import re
import string
from collections import Counter

from notes.models import Passage, Text
from notes.search.backends import Match, Matches
from notes.search.stems import token, words_in
from notes.search.texts import NEWEST_FIRST
from notes.tags import tags_shown_to

SHORTEST, LONGEST = 4, 16  # letters of a word that is put right
LONG = 6  # letters of one in which two may be wrong
MOST_WORDS = 2
MOST_TAGS = TITLES = 2000
LOOKED_INTO = 40  # newest texts with one of the words that were perhaps meant
PASSAGES = 800  # of those texts
LETTERS = string.ascii_lowercase


def corrected(query, user, directory):
    """Return the query with its unknown words put right, as text; "" where nothing is known that is like them.

    Only words of the directory, of tags this user is told of, and of texts that are listed for them: 4 queries, and
    1 for each word.
    """
    listed = Text.objects.listed_for(user)
    asked = [word for term in query.terms for word in words_in(term.words) if is_wrong_perhaps(word)][:MOST_WORDS]
    unknown = [word for word in dict.fromkeys(asked) if not is_known(word, listed, directory)]
    if not unknown:
        return ""
    said = words_said({word: edits(word) for word in unknown}, listed)
    others = words_of_tags(user) | words_of_titles(listed)
    right = {word: best_of(word, said[word], [*directory.near(word), *others]) for word in unknown}
    better = replaced(query.text, {word: best for word, best in right.items() if best})
    return better if better != query.text else ""


def is_wrong_perhaps(word):
    return SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()


def is_known(word, listed, directory):
    """Whether the directory or a text of those listed says a word: at most 1 query."""
    if directory.whole(word) or token(word) in directory.stems:
        return True
    return listed.filter(Matches(Match((((token(word),),),)))).order_by().exists()


def words_of_tags(user):
    slugs = tags_shown_to(user).values_list("slug", flat=True)[:MOST_TAGS]
    return {word for slug in slugs for word in slug.split("-")}


def words_of_titles(listed):
    titles = listed.order_by(*NEWEST_FIRST).values_list("title", flat=True)[:TITLES]
    return {word for title in titles for word in words_in(title)}


def words_said(candidates, listed):
    """Return {word: how often each of its candidates is said in the newest texts that say any}: 2 queries."""
    wanted = {token(edit): word for word, found in candidates.items() for edit in found}
    match = Match((tuple((stem,) for stem in sorted(wanted)),))
    texts = list(listed.filter(Matches(match)).order_by(*NEWEST_FIRST).values_list("pk", flat=True)[:LOOKED_INTO])
    said = {word: Counter() for word in candidates}
    passages = Passage.objects.filter(text__in=texts).order_by("-on", "pk").values_list("words", flat=True)
    for words in passages[:PASSAGES] if texts else ():
        for other in words_in(words):
            for word, found in candidates.items():
                if other in found:
                    said[word][other] += 1
    return said


def best_of(word, said, others):
    """Return the likeliest: one letter off before two, and what is said more often before the rest; "" for none."""
    near = edits(word)
    said.update({other: 2 for other in others if other in near})
    if said:
        return max(sorted(said), key=lambda other: (other[0] == word[0], said[other]))
    if len(word) < LONG:
        return ""
    two_off = [other for other in set(others) if is_two_off(word, other)]
    return min(two_off, key=lambda other: (other[0] != word[0], abs(len(other) - len(word)), other), default="")


def edits(word):
    """Return all words one letter off: one missing, two swapped, another one, one too many."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(start + end[1:] for start, end in halves if end),
        *(start + end[1] + end[0] + end[2:] for start, end in halves if len(end) > 1),
        *(start + letter + end[1:] for start, end in halves if end for letter in LETTERS),
        *(start + letter + end for start, end in halves for letter in LETTERS),
    } - {word}


def is_two_off(word, other):
    """Whether two words are at most two letters apart."""
    if abs(len(word) - len(other)) > 2:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        above, row = row, [number]
        for place, letter_of_other in enumerate(other, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != letter_of_other)))
        if min(row) > 2:
            return False
    return row[-1] <= 2


def replaced(text, right):
    """Return the query as it was written, with words put right."""
    for word, better in right.items():
        text = re.sub(rf"(?<![^\W_]){word}(?![^\W_])", better, text, count=1, flags=re.IGNORECASE)
    return text
