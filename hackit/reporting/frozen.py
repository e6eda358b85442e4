"""A dated copy of a report: what it said then, and what became of its sources since.

What is stored never changes. What is shown of it follows its sources in two ways only: the words of a text that was
withdrawn or deleted are for editors alone, and the audience narrows when that of a source does.
"""

from copy import deepcopy

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hackit.models import Report
from hackit.reporting.gathering import gather
from hackit.reporting.highlights import OTHER
from notes.models import Action, Decision, Passage, Text
from notes.models.texts import EDITS_EVERY_TEXT, Audience
from notes.weeks import parse_day
from people.models import Entry

DAYS = {"on", "due_on", "closed_on", "read_on", "week", "first", "last", "as_of"}
WORDS_OF_SOURCE = {"words": "", "source": "", "heading": "", "trail": [], "author": None, "owner": None}
KINDS = {"passage": Passage, "decision": Decision, "action": Action}
CHANGED, WITHDRAWN, DELETED = "changed", "withdrawn", "deleted"


def freeze(report, subject, period, title):
    """Keep a copy of a report as its owner sees it now, and return it. 25 queries.

    It is for everyone when everyone would be told exactly the same, else for colleagues.
    """
    choice = {"picks": report.picks, "lines": report.lines}
    body = gather(subject, period, report.owner, **choice)
    is_for_all = body == gather(subject, period, AnonymousUser(), **choice)
    return Report.objects.create(
        owner=report.owner,
        title=title,
        entry=report.entry,
        first=report.first,
        last=report.last,
        picks=report.picks,
        lines=report.lines,
        frozen_at=timezone.now(),
        body=body,
        audience=Audience.EVERYONE if is_for_all else Audience.SIGNED_IN,
    )


def as_shown(report, user):
    """Return (the body of a frozen report as this reader is shown it, whether they may see it at all): 5 queries.

    Each quotation, outcome and meeting says what became of it `since`; one that `is_hidden` has no words.
    """
    body = thawed(deepcopy(report.body))
    dicts = list(dicts_in(body))
    sources = [one for one in dicts if "text" in one]
    texts = Text.objects.only("withdrawn_at", "published_at", "audience").in_bulk({one["text"] for one in sources})
    is_narrow = any(text.audience == Audience.SIGNED_IN for text in texts.values())
    if is_narrow and not user.is_authenticated:
        return body, False
    words = words_now(sources)
    sees_all = user.has_perm(EDITS_EVERY_TEXT)
    for one in sources:
        one["since"] = became(one, texts.get(one["text"]), words)
        if one["since"] in (WITHDRAWN, DELETED):
            one["is_hidden"] = not sees_all
            if not sees_all:
                one.update({name: empty for name, empty in WORDS_OF_SOURCE.items() if name in one}, address="")
    for theme in body["themes"]:
        if theme["passages"] and all(one.get("is_hidden") for one in theme["passages"]):
            theme.update(name=OTHER, more=0)  # its name may be a tag that nothing else has
    body["first_named"] = [one for one in body["first_named"] if not one.get("is_hidden")]
    name_as_now(dicts)
    body["is_narrow"] = is_narrow or report.audience == Audience.SIGNED_IN
    body["since"] = {one["since"] for one in sources} - {""}
    return body, True


def became(source, text, words):
    """Return what became of a quotation, outcome or meeting."""
    if text is None:
        return DELETED
    if not text.is_published:
        return WITHDRAWN
    key = next(((name, source[name]) for name in KINDS if name in source), None)
    return CHANGED if key and words.get(key) != source["words"] else ""


def words_now(sources):
    """Return {(kind, key): what it says now}: 3 queries."""
    found = {}
    for name, model in KINDS.items():
        keys = [one[name] for one in sources if name in one]
        rows = model.objects.filter(pk__in=keys).order_by().values_list("pk", "words") if keys else ()
        found |= {(name, pk): words for pk, words in rows}
    return found


def name_as_now(dicts):
    """Let every entry have the name and address it has in the directory now: 1 query."""
    told = [one for one in dicts if "entry" in one]
    entries = Entry.objects.in_bulk({one["entry"] for one in told})
    for one in told:
        if entry := entries.get(one["entry"]):
            one.update(name=entry.name, address=entry.get_absolute_url())


def dicts_in(value):
    """Yield every dict within data, the outermost first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from dicts_in(one)


def thawed(body):
    """Make dates again of the days in data as JSON keeps it."""
    for one in list(dicts_in(body)):
        for name in DAYS & one.keys():
            if isinstance(one[name], str):
                one[name] = parse_day(one[name])
    return body
