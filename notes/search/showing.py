"""The passage that answers best of each text that is shown, with the words of the query marked."""

import re
import unicodedata
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from notes.models import Passage
from notes.search.stems import stems

SHOWN = 240  # characters of a passage
BEFORE = 70  # of them, at most, before the first word that is marked
WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
FIRST_PASSAGES = 3  # of a text: one of them is shown when only the title answers


def best_passages(texts, query):
    """Return {text: the passage that answers best} of some primary keys: 1 query.

    Where no passage has a word of the query it is the first that is neither title nor heading.
    """
    wanted = [Q(stems__contains=f" {stem} ") for stem in dict.fromkeys(query.stems)]
    places = reduce(or_, wanted, Q(position__lt=FIRST_PASSAGES))
    rows = Passage.objects.filter(places, text__in=texts).only("text", "kind", "anchor", "words", "stems", "position")
    best = {}
    for passage in rows.order_by("text", "position"):
        worth = worth_of(passage, query)
        if passage.text_id not in best or worth > best[passage.text_id][0]:
            best[passage.text_id] = worth, passage
    return {text: passage for text, (_, passage) in best.items()}


def worth_of(passage, query):
    """Return what a passage says of the query: its words, as a phrase, and more than a heading does."""
    has = sum(any(term.is_in(passage.stems) for term in group) for group in query.groups)
    stands_together = has > 1 and f" {' '.join(query.stems)} " in passage.stems
    return has if passage.kind != Passage.Kind.TITLE else 0, stands_together, passage.kind not in Passage.HEADINGS


def excerpt(words, query):
    """Return what to show of a passage, as HTML: from before the first word of the query, with all of them marked."""
    words = unicodedata.normalize("NFC", " ".join(words.split()))
    wanted = set(query.stems)
    places = [match.span() for match in WORD.finditer(words) if not wanted.isdisjoint(stems(match[0]))]
    start = cut_before(words, places[0][0] if places else 0)
    end = cut_after(words, start)
    return marked(words, [place for place in places if start <= place[0] and place[1] <= end], start, end)


def marked(words, places, start=0, end=None):
    """Return words from `start` to `end` as HTML with the places in it marked, and dots where something is cut."""
    end = len(words) if end is None else end
    parts, at = ["… "] if start else [], start
    for first, last in places:
        parts += [conditional_escape(words[at:first]), "<mark>", conditional_escape(words[first:last]), "</mark>"]
        at = last
    parts += [conditional_escape(words[at:end]), " …" if end < len(words) else ""]
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def cut_before(words, first):
    if first <= BEFORE:
        return 0
    space = words.find(" ", first - BEFORE, first)
    return first - BEFORE if space < 0 else space + 1


def cut_after(words, start):
    if len(words) - start <= SHOWN:
        return len(words)
    space = words.rfind(" ", start + SHOWN // 2, start + SHOWN)
    return start + SHOWN if space < 0 else space


def with_marks(words, query):
    """Return a title or description whole, as HTML, with the words of the query marked."""
    wanted = set(query.stems)
    places = [match.span() for match in WORD.finditer(words) if not wanted.isdisjoint(stems(match[0]))]
    return marked(words, places)
