"""A break that an author announces in a note, such as "I'm on leave next week", to be offered as a Break.

Only what they say of themselves, and only when a Friday lies in it: a day off is no break from weeknotes.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import Truncator

from notes.days_said import SENTENCE_END, days_said
from notes.models import Break, Passage
from notes.weeks import week_of

WEEK = timedelta(days=7)
LONGEST = 255  # characters of Break.words
TOO_LONG = 600  # characters of a sentence: nobody announces a break in such a one
SAYING = [Passage.Kind.PARAGRAPH, Passage.Kind.ITEM, Passage.Kind.HEADING]  # a quotation is somebody else's

NUMBERS = {"a": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
COUNT = "|".join([*NUMBERS, r"\d\d?", "a few", "several"])
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKS = rf"(?:{COUNT})(?: whole| full)? weeks?|a fortnight|a month|(?:{COUNT}) months"
NEXT = r"(?:all (?:of )?)?next week(?: and the (?:one|week) after| and the following week)?"
NEXT_FEW = rf"the (?:next|coming|following) (?:(?:{COUNT}) weeks|fortnight|month|week)"
LATER = (  # when it ends, though not on which day
    r"(?:the new year|the end of (?:the )?\w+|further notice|(?:after )?(?:Christmas|Easter)|I[’']m back"
    rf"|(?:{MONTH})\b(?! \d))"
)
WHENEVER = re.compile(rf"\b(?:until|till|in) {LATER}|\bfrom\b|\b(?:for a month|months|(?:several|a few) weeks)\b")
TIME = (  # § stands for a day that is certain
    rf"(?:{NEXT}\b(?!(?:[’']s| on)? (?:Mon|Tues|Wednes|Thurs|Fri)day)|(?:for )?{NEXT_FEW}\b|for (?:{WEEKS})\b"
    rf"|(?:until|till) {LATER}|(?:until|till|from)(?: \w+day)?(?: at least)? §)"
)
NOTE = r"(?:week ?)?notes?"
I_AM = r"(?<![“\"‘'])\bI(?:[’']m|[’']ll be| am| will be| shall be)(?: also| then| now| sadly| happily)?"
ON_LEAVE = (
    r"(?:on (?:[a-z]+ )?leave|on (?:my )?holidays?|taking (?:some |my )?(?:annual )?leave|taking (?:some )?time off)"
)
ON_A_BREAK = (
    r"(?:taking|having|on) (?:a|my)(?: (?!lunch|tea|coffee|quick|screen)[\w’'-]+){0,2} break"
    rf"(?: from (?:(?:my |these |writing )?{NOTE}|writing|blogging|work))?(?! from)"
)
AWAY = r"(?:away|off(?: work)?|out of (?:the )?office|not (?:here|around|in|working|writing))"
WITH = r"(?: with (?:my|the) \w+| on (?:annual )?leave| on holiday| from work)?,?"
GAP = r"(?:,? (?!and|but|so|to|when|if|as|while|days?|half|most|part|some|tomorrow|today|\w+day\b)[\w’'-]+){0,4}?,?"
BACK = (
    r"[Bb]ack(?: at work| at my desk| in the office| here| online| writing| with you| with (?:a )?(?:week)?notes?)?"
)
NEXT_NOTE = (
    rf"[Nn]ext {NOTE}(?:[’']s)?(?: from me)?"
    r"(?: will|[’']ll| should| is| comes?| arrives?| be| arrive| follow| land| appear| out| with you)*:?"
)
CLOSED = r"(?=$|[.,;:!?)–—]| with| and| after| refreshed| [–-])"
SAYS = [
    re.compile(pattern)
    for pattern in (
        rf"{I_AM} (?:{ON_LEAVE}|{ON_A_BREAK}){GAP} {TIME}",
        rf"{I_AM} {AWAY}{WITH} {TIME}",
        rf"{I_AM} {ON_A_BREAK} this week\b",
        rf"{I_AM} taking (?:{NEXT}|{NEXT_FEW}|{WEEKS}) off\b",
        rf"(?<![“\"‘'])\bI(?: have|[’']ve got| have got) (?:{NEXT}|{NEXT_FEW}) off\b",
        rf"^[Tt]aking (?:a|my)(?: [\w’'-]+)? break(?: from (?:(?:my |these )?{NOTE}|writing))?,? {TIME}",
        rf"(?:^|\b(?:be|so|means|and|but) )[Nn]o (?:more )?{NOTE}(?: from me| here)?,? {TIME}",
        r"\bI (?:won[’']t|will not|shan[’']t) (?:be )?(?:writ|do|post|publish)\w*"
        rf"(?: an?| any| another)? {NOTE},? {TIME}",
        rf"(?:^|{I_AM} ){BACK}(?: on| in| from)? §{CLOSED}",
        rf"(?:^|\b[Mm]y |\b[Tt]he |[,;] ?){NEXT_NOTE}(?: on| in| for)? §",
        rf"(?:^|\b[Mm]y ){NEXT_NOTE} in (?:{WEEKS}|{LATER})",
        r"\bI(?: will|[’']ll)? write again(?: on| in)? §",
        r"(?:^|\b[Mm]y )[Ww]eek ?notes (?:will )?(?:return|resume|be back|are back|start again)(?: on| in)? §",
    )
]
NOT_SO = re.compile(  # before it: it is not sure, or somebody else says it
    r"\b(?:if|unless|in case|whether|when|whenever|imagine|wish|says|said|told|tells|asked|wrote|thinks?|before"
    r"|pretend|as though)\b[^,;]*$",
    re.IGNORECASE,
)
ANOTHERS = re.compile(r"[^.;]{0,30} (?:from|by|for) (?!I\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[A-Z]\w+")
SOME_SEASON = re.compile(rf"\b(?:in|during|over) (?:{MONTH}|the (?:spring|summer|autumn|winter)|Christmas|Easter)\b")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
LENGTH = re.compile(
    rf"\b(?:for |the (?:next|coming|following) |taking )"
    rf"(?:(?P<count>{COUNT}) weeks?|(?:a )?(?:fortnight|(?P<one>week)))\b"
)
IN_WEEKS = re.compile(rf"\b[Nn]ext {NOTE}\b.* in (?:(?P<count>{COUNT}) weeks?|a fortnight)\b")
STARTS = re.compile(r"\b(?:from|starting|beginning|between)(?: \w+day)? $")
ENDS = re.compile(rf"\b(?:until|till|[Bb]ack|write again|[Nn]ext {NOTE}|[Ww]eek ?notes)\b[^.;]*$")
BETWEEN = re.compile(r" ?(?:to|until|till|and|[-–—]) ?")


@dataclass
class Days:
    """What a sentence says of when a break is. It ends on the last day of coming back, or of a next note, it says."""

    starts_on: date = None
    ends_on: date = None


def break_offered(note):
    """Return the Break that a saved note announces, not saved, unless its author has one of those days: 2 queries."""
    passages = note.passages.filter(kind__in=SAYING).values_list("words", flat=True)
    found = read_break(passages, note.on, note.author)
    if found and note.author.breaks.overlapping(found.starts_on, found.ends_on).exists():
        return None
    return found


def read_break(passages, on, author):
    """Return the Break, not saved, that an author announces in the words of their passages, or None.

    `on` is the day of the note. Unless its start is said, a break starts on the Monday after the note's week.
    """
    sentences = [sentence for words in passages for sentence in sentences_of(words) if says_break(sentence, on)]
    if not sentences:
        return None
    told = [read_days(sentence, on) for sentence in sentences]
    starts_on = next((days.starts_on for days in told if days.starts_on), week_of(on) + WEEK)
    ends_on = next((days.ends_on for days in told if days.ends_on), None)
    weeks = next((weeks for sentence in sentences if (weeks := weeks_of(sentence))), 0)
    if ends_on is None and weeks:
        ends_on = starts_on + weeks * WEEK
    is_some_time = ends_on is not None or any(WHENEVER.search(sentence) for sentence in sentences)
    if not is_some_time or starts_on < week_of(on) or (ends_on and not has_a_friday(starts_on, ends_on)):
        return None
    words = Truncator(sentences[0]).chars(LONGEST, truncate="…")
    return Break(person=author, starts_on=starts_on, ends_on=ends_on, words=words)


def sentences_of(words):
    """Yield the sentences of a passage, without the brackets around one."""
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(words)), len(words)]:
        sentence = words[start:end].strip().removeprefix("(").removesuffix(")").strip()
        if 0 < len(sentence) < TOO_LONG:
            yield sentence
        start = end


def says_break(sentence, on):
    """Whether a sentence says that its author will not write for a while."""
    sentence = with_marks(sentence, on)
    quoted = [match.span() for match in QUOTED.finditer(sentence)]
    for match in filter(None, (pattern.search(sentence) for pattern in SAYS)):
        before, after = sentence[: match.start()], sentence[match.end() :]
        is_anothers = NOT_SO.search(before) or ANOTHERS.match(after)
        is_vague = "§" not in sentence and SOME_SEASON.search(f"{before}{after}")
        if not is_anothers and not is_vague and not any(start <= match.start() < end for start, end in quoted):
            return True
    return False


def with_marks(sentence, on):
    """Return a sentence with § for each day that is certain."""
    for said in reversed(days_said(sentence, on)):
        sentence = f"{sentence[: said.start]}§{sentence[said.end :]}"
    return sentence


def read_days(sentence, on):
    days, before = Days(), None
    for said in days_said(sentence, on):
        lead = sentence[: said.start]
        if STARTS.search(lead):
            days.starts_on = said.day
        elif before and BETWEEN.fullmatch(sentence, before.end, said.start):
            days.starts_on, days.ends_on = before.day, working_day_after(said.day)
        elif ENDS.search(lead) and said.day > on:
            days.ends_on = said.day
        before = said
    match = IN_WEEKS.search(sentence)
    if match and not days.ends_on and (weeks := number(match["count"] or "two")):
        days.ends_on = week_of(on) + weeks * WEEK
    return days


def weeks_of(sentence):
    """Return how many weeks a sentence says, or 0 for none or for an unknown number."""
    if match := re.search(rf"\b{NEXT}\b", sentence):
        return 2 if " and " in match[0] else 1
    if match := LENGTH.search(sentence):
        return number(match["count"]) if match["count"] else 1 if match["one"] else 2
    return 1 if re.search(r"\bbreak\b[^.;]* this week\b", sentence) else 0


def number(words):
    return int(words) if words.isdigit() else NUMBERS.get(words, 0)


def working_day_after(day):
    return day + timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))


def has_a_friday(starts_on, ends_on):
    """Whether a Friday lies between the first day and the day of coming back."""
    return starts_on + timedelta(days=(4 - starts_on.weekday()) % 7) < ends_on
