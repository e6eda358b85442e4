"""Which of the texts that were found comes first. Done here, so that it is the same on every database."""

from dataclasses import dataclass
from datetime import date

from notes.search.stems import BREAK, line

# What each is worth. A text never has more than 40 without words of its title, so titles come first.
WHOLE_TITLE, PHRASE_IN_TITLE, WORDS_IN_TITLE, A_WORD_IN_TITLE = 1000, 90, 70, 24
PHRASE, IN_ONE_PASSAGE, OFTEN, NEW = 12, 6, 10, 8
HALF_AS_NEW = 365  # days until a text counts half as new
SEVERAL = 4  # times a word is said in a text of usual length that make it what the text is about
USUAL = 400  # stems


@dataclass
class Searched:
    """A text that was found, as it is kept."""

    pk: int
    title: str
    body: str
    on: date
    kind: str
    score: float = 0


def rank(found, query, week):
    """Give each text its score, and return them best first: of two that are as good, the newer one.

    `week` is the one it is now: within a week the order stays.
    """
    for text in found:
        text.score = score(text, query, week)
    return sorted(found, key=lambda text: (-text.score, -text.on.toordinal(), -text.pk))


def score(text, query, week):
    newness = NEW * 0.5 ** (max((week - text.on).days, 0) / HALF_AS_NEW)
    if not query.groups:
        return newness
    return score_of_title(text, query) + score_of_body(text, query) + newness


def score_of_title(text, query):
    phrase = line(query.stems)
    if text.title == phrase:
        return WHOLE_TITLE
    if phrase in text.title:
        return PHRASE_IN_TITLE
    share = sum(any(term.is_in(text.title) for term in group) for group in query.groups) / len(query.groups)
    return WORDS_IN_TITLE if share == 1 else A_WORD_IN_TITLE * share


def score_of_body(text, query):
    """A phrase, all words in one passage, and how often each word is said for a text of that length."""
    worth = PHRASE if line(query.stems) in text.body else 0
    passages = text.body.split(f" {BREAK} ")
    if any(all(any(term.is_in(f" {part} ") for term in group) for group in query.groups) for part in passages):
        worth += IN_ONE_PASSAGE
    length = SEVERAL * (0.5 + 0.5 * text.body.count(" ") / USUAL)
    often = sum(share(sum(text.body.count(term.line) for term in group), length) for group in query.groups)
    return worth + OFTEN * often / len(query.groups)


def share(times, length):
    return times / (times + length)
