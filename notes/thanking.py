"""Whom a passage thanks or says well done to: the people in the list right after the thanks, in the same sentence."""

import re
from bisect import bisect_left

from notes.days_said import SENTENCE_END
from notes.headings import sections_of
from notes.models import Passage
from notes.models.sections import heading_key

LONGEST = 600  # characters of a sentence that is looked at
SECTION = "thanks"  # the slug of the section whose bullets begin with whom they thank

S = "[ \u00a0]"
THANKS = re.compile(
    r"(?<![\w’'-])(?:thank(?:s|ed|ing)?(?:[ -]yous?)?|well done|bravo|congratulations|congrats|congratulat(?:ed?|ing)"
    r"|(?P<only_to>kudos|props|shout[ -]?outs?|hats? off|hat[ -]tips?|three cheers|round of applause"
    r"|credit(?: is due| goes| must go)?|grateful|thankful|indebted|obliged|gratitude|appreciation)"
    r"|(?P<without>(?:could|would)(?:n[’']t| not| never) have [^.!?;]{0,60}? without))(?![\w-])",
    re.I,
)
REFUSED = re.compile(rf"(?:\b(?:no|not|never|nobody|without)|n[’']t)(?:{S}\w+)?{S}$", re.I)
ENOUGH = re.compile(r"[^.!?;]{0,80}\benough\b")  # “I can’t thank Ann enough”
FILLER = re.compile(
    rf"(?:,?{S}(?:so|very|much|again|also|too|all|once|more|as|ever|always|indeed|especially|particularly|in|particular"
    rf"|this|week|of|course|go(?:es)?|out|must|are|is|due|well|done|for|to|you|huge|big|really|today|first)\b)*"
    rf"{S}?(?P<sign>[:,–—-]?){S}?",
    re.I,
)
JOIN = re.compile(
    rf"(?:{S}?[,;/+&]|{S}(?:and|or|plus|but|as well as|along with|not forgetting)\b)"
    rf"(?:{S}?(?:,|&|(?:and|plus|but|also|especially|particularly|including|to|for|not least|most of all)\b))*"
    rf"{S}?"
)
NAME = re.compile(rf"@?(?!I\b)[A-Z][\w’'.-]*(?:{S}[A-Z][\w’'-]*)*")  # of somebody unknown
TITLE = re.compile(rf"(?:Cllr|Councillor|Mayor|Deputy{S}Mayor|Dr|Mrs?|Ms|Miss|Mx|Prof|Professor|Sir|Dame)\.?{S}")
THEM = re.compile(
    r"(?:the|our|my|his|her|their|your|all|everyone|everybody|colleagues|both|those|staff|people)\b"
    rf"(?:{S}(?!and\b|for\b)[\w’'-]+){{0,7}}",
    re.I,
)
OUR = re.compile(  # “our brilliant Ann”, not “the team that Ann leads”
    rf"(?:the|our|my){S}(?:(?!who\b|that\b|which\b|of\b|in\b|at\b|from\b|with\b|by\b|on\b|about\b|for\b|to\b|when\b)"
    rf"[a-z-]+{S}){{0,2}}",
    re.I,
)
GOES_ON = re.compile(  # what may follow a name in a list of the thanked; by another word, it is who did something
    rf"$|{S}?[^\w\s’']|{S}(?:and|or|plus|for|who|whose|whom|from|in|at|of|on|with|as|to|by|over|across|again|too|also"
    rf"|both|this|last|yesterday|today|because|that|which|when|while|along|especially|particularly|not|i|i[’']\w+|we"
    rf"|it|they|you|he|she|there|the|our|my|a|an|his|her|their|its|so|all|\w+ing)\b",
    re.I,
)
IN_BRACKETS = re.compile(rf"{S}?\([^()]{{0,80}}\)")
PLACE = re.compile(rf"{S}(?:from|in|at|of){S}[^,;.!?:&()]{{1,50}}?(?={S}?[,;&]|{S}and\b)")
THEIR_WORK = re.compile(
    rf"[’']s?{S}(?:[a-z]+{S}){{0,2}}?(?:work|help|patience|support|efforts?|persistence|advice|time|care|kindness|energy"
    r"|leadership|idea|expertise|attention|courage|calm|guidance|generosity)\b"
)
DESERVES = re.compile(
    rf"{S}(?:(?:both|all|also|really|certainly){S})*(?:deserves?|earned|earns?|merits?){S}"
    rf"(?:(?:a|an|all|our|my|the|some|many|huge|big|special|every|real|much|so|your){S})*"
    rf"(?:thanks|thank{S}you|credit|praise|applause|medals?|round of applause|shout[ -]?out|congratulations)",
    re.I,
)
JOIN_BEFORE = re.compile(rf"(?:{S}?[,&]|{S}and)(?:{S}and)?{S}$")
LEAD = re.compile(rf"(?:[,;&]|\band){S}?(?:(?:and|also){S})*(?P<to>to{S})?$")
FOR = re.compile(rf"{S}for\b")
FOR_SOMETHING = re.compile(rf"{S}(?:so much{S}|very much{S}|again{S})?(?:for|on){S}")
SPEAKS = re.compile(rf"{S}(?:thank\w*|sa(?:id|ys)|ask\w*|wrote|told|wants?)\b", re.I)


def thanks_of(pieces, namings, matcher, author):
    """Return for each piece the set of people it thanks, as primary keys, never the author.

    No query; 1 when a bullet under a heading begins with somebody's name, for whether the heading is one of thanks.
    """
    named = {one.entry for naming in namings for one in naming.found if one.entry}
    kinds = {entry: matcher.paths[entry][0] for entry in named}
    found, beginning = [], []
    for piece, naming in zip(pieces, namings, strict=True):
        is_asked = piece.kind not in Passage.HEADINGS
        found.append(thanked(piece.words, naming.found, kinds) if is_asked else set())
        is_bullet = piece.kind == Passage.Kind.ITEM and piece.heading
        beginning.append(begins_with(piece.words, naming.found, kinds) if is_bullet else set())
    if any(beginning):
        of = sections_of({heading_key(piece.heading) for piece in pieces})
        for piece, people, first in zip(pieces, found, beginning, strict=True):
            if of[heading_key(piece.heading)] == SECTION:
                people.update(first)
    return [people - {author} for people in found]


def thanked(words, found, kinds):
    """Return the people that words thank, as primary keys.

    `found` are the names in the words, with .start, .end and .entry; `kinds` is {entry: kind}.
    """
    names, people = Names(words, found, kinds), set()
    for match in THANKS.finditer(words) if names.found else ():
        before = words[max(0, match.start() - 40) : match.start()]
        is_refused = REFUSED.search(before) and not ENOUGH.match(words, match.end())
        if match["without"] or not is_refused:
            people |= names.after(match)
    for match in DESERVES.finditer(words) if names.found else ():
        people |= names.before(match.start())
    return people


def begins_with(words, found, kinds):
    """Return the people with whose names words begin, as a bullet under “Thanks” does."""
    names = Names(words, found, kinds)
    people, end = names.listed(0)
    return set() if not people or SPEAKS.match(words, end) else people | names.further(end)


class Names:
    """The names of one passage by where they stand."""

    def __init__(self, words, found, kinds):
        self.words, self.kinds = words, kinds
        self.found = sorted(found, key=lambda one: one.start)
        self.starts = [one.start for one in self.found]
        self.by_end = {one.end: one for one in self.found}

    def are_people(self, names):
        return {one.entry for one in names if one and one.entry and self.kinds.get(one.entry) == "person"}

    def between(self, start, end):
        """Return the names that begin in a stretch."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def has_people(self, start, end):
        return bool(self.are_people(self.between(start, end)))

    def after(self, match):
        """Return whom a thanks is to: “to Ann and Bob for …, and to Cy”, or “for coming, Ann”."""
        filler = FILLER.match(self.words, match.end())
        is_to = re.search(rf"\b(?:to|for){S}?$", filler[0], re.I)
        is_list = filler["sign"] and filler["sign"] != "," and not match[0].lower().startswith("credit")
        if match["only_to"] and not is_to and not is_list:
            return set()
        people, end = self.listed(filler.end(), is_sure=filler["sign"] != ",")
        if end > filler.end():
            return people | self.further(end)
        return self.called_at_the_end(match.end()) if not match["only_to"] else set()

    def listed(self, start, *, is_sure=True):
        """Return the people of the list that begins at a place, and where it ends.

        Who then does something is not in it, and neither is who does it with them: “thanks to Ann, Bob and Cy went”.
        The first is, unless `is_sure` is false.
        """
        kept, clause, end = [], [], start
        while item := self.item(start):
            one, after = item
            is_first = start == end and not kept and not clause
            if not (is_first and is_sure) and not GOES_ON.match(self.words, after):
                return self.are_people(kept), end
            (kept if is_first and is_sure else clause).append(one)
            join, end = JOIN.match(self.words, after), after
            if not join:
                break
            if re.search(r"[,;]", join[0]):
                kept += clause
                clause = []
            start = join.end()
        return self.are_people(kept + clause), end

    def item(self, start):
        """Return (the name or None, where it ends) of one item of a list, or None where there is none."""
        title = TITLE.match(self.words, start)
        begin = title.end() if title else start
        ours = OUR.match(self.words, start)
        for at in (begin, ours.end() if ours else begin):
            for one in self.between(at, at + 1):
                if at == start or self.are_people([one]):
                    return self.whole_item(one)
        other = NAME.match(self.words, start) or THEM.match(self.words, start)
        return None if other is None or self.has_people(*other.span()) else (None, other.end())

    def whole_item(self, one):
        """Return a name with what belongs to it: brackets, where they are from, and what of theirs is thanked for."""
        end = one.end
        if re.match(r"[’'](?:s\b|(?!\w))", self.words[end : end + 3]):
            work = THEIR_WORK.match(self.words, end)
            return (one, work.end()) if work else None
        for pattern in (IN_BRACKETS, PLACE):
            more = pattern.match(self.words, end)
            if more and not self.has_people(*more.span()):
                end = more.end()
        return one, end

    def end_of_sentence(self, start):
        longest = min(start + LONGEST, len(self.words))
        end = SENTENCE_END.search(self.words, start, longest)
        return end.start() if end else longest

    def further(self, start):
        """Return who is thanked for something else in the same sentence: “… for the tea, Bob for the cake”."""
        people, before = set(), None
        for one in self.between(start, self.end_of_sentence(start)):
            lead = LEAD.search(self.words, max(start, one.start - 20), one.start)
            is_joined = before and JOIN.fullmatch(self.words, before.end, one.start)
            if lead and not is_joined and (lead["to"] or FOR.match(self.words, one.end)):
                people |= self.are_people([one])
            before = one
        return people

    def called_at_the_end(self, start):
        """Return who is spoken to at the end of the sentence: “thanks for coming, Ann”."""
        if not FOR_SOMETHING.match(self.words, start):
            return set()
        end = self.end_of_sentence(start)
        last = self.between(start, end)[-1:]
        is_last = last and not re.search(r"\w", self.words[last[0].end : end])
        return self.are_people(last) if is_last and self.words[: last[0].start].endswith((", ", ",\u00a0")) else set()

    def before(self, end):
        """Return the people of the list that ends at a place, as in “Ann and Bob deserve thanks”."""
        people = set()
        while one := self.by_end.get(end):
            people |= self.are_people([one])
            join = JOIN_BEFORE.search(self.words, max(0, one.start - 10), one.start)
            end = join.start() if join else -1
        return people
