"""What a highlight report says, as plain data: the page, a frozen copy and every export are made of the same."""

from collections import Counter

from django.db.models import Count, DateField, Exists, F, Min, OuterRef, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from hackit.reporting.arranging import arrange, placed
from hackit.reporting.highlights import LEARNT, Candidates, about
from hackit.reporting.outcomes import aimed_at, asked_for, decided, entity, met
from notes.models import Mention, Passage
from notes.models.texts import listed
from notes.weeks import week_of
from people.models import Entry
from projects.models import Project

PEOPLE, NEW = 12, 12
MOST_ASKED = 500  # entries of which it is found out whether they are new


def gather(subject, period, user, *, picks=(), lines=()):
    """Return what a report says to this reader: a dict of words, dates, numbers, and lists and dicts of such.

    At most 12 queries, whatever the length. `picks` and `lines` are those of a Report. Every quotation, outcome and
    meeting has the key of its `text`; every entry its own as `entry`.
    """
    candidates = Candidates(subject, period, user, picked=[pick["passage"] for pick in picks if pick["in"]])
    themes, count_of_new = arrange(candidates, picks)
    passages = about(subject, period, user)
    days = dict(passages.order_by().values_list("on").annotate(Count("pk")))
    rows = named_or_wrote(passages)
    at_top, under = placed(lines, [theme.name for theme in themes])
    return {
        "subject": described(subject),
        "period": {"first": period.first, "last": period.last, "name": period.name},
        "as_of": timezone.localdate(),
        "activity": activity(days, period),
        "lines": at_top,
        "themes": [as_theme(theme, under, subject, period) for theme in themes],
        "is_cut": candidates.is_cut,
        "new": count_of_new,
        "decisions": decided(subject, period, user),
        "actions": asked_for(subject, period, user),
        "targets": aimed_at(subject, period),
        "meetings": met(subject, period, user),
        "people": people(rows, subject),
        "partners": partners(subject),
        "first_named": first_named(rows, passages, subject, period, user),
    }


def described(subject):
    """Return what the directory says of a subject."""
    entry = subject.entry
    found = entity(entry) | {"kind": subject.kind, "query": subject.query, "aim": "", "state": "", "lead": None}
    if isinstance(entry, Project):
        found |= {
            "what": entry.get_category_display(),
            "aim": entry.aim,
            "phase": entry.get_phase_display(),
            "state": "" if entry.state == Project.State.ACTIVE else entry.get_state_display(),
            "lead": entity(entry.lead),
            "part_of": entity(entry.part_of),
            "parts": len(subject.keys) - 1,
        }
    else:
        found |= {"what": subject.kind, "aim": getattr(entry, "about", "") or getattr(entry, "role", "")}
    return found


def activity(days, period):
    """Return how many passages there are of each week; a week whose Monday is not in the period only with some."""
    weeks = Counter()
    for day, count in days.items():
        weeks[week_of(day)] += count
    mondays = sorted({*period.weeks(until=timezone.localdate()), *weeks})
    shown = [monday for monday in mondays if monday >= period.first or weeks[monday]]
    return {
        "total": weeks.total(),
        "weeks": [{"week": monday, "count": weeks[monday]} for monday in shown],
        "quiet": [{"week": monday} for monday in shown if not weeks[monday]],
    }


def as_theme(theme, under, subject, period):
    return {
        "name": theme.name,
        "is_learning": theme.name == LEARNT,
        "lines": under.get(theme.name, []),
        "passages": [quoted(passage) for passage in theme.chosen],
        "more": len(theme.passages) - len(theme.chosen),
        "query": f"{subject.query}&{period.query}{theme.filter}",
    }


def quoted(passage):
    """Return a passage as a report keeps it."""
    source = passage.source
    return {
        "passage": passage.pk,
        "text": passage.text_id,
        "anchor": passage.anchor,
        "address": passage.get_absolute_url(),
        "words": passage.words,
        "kind": passage.kind,
        "heading": passage.heading,
        "trail": passage.trail,
        "on": passage.on,
        "is_week": source.kind == "weeknote",
        "says_day": source.kind == "meeting" and not source.title,  # as its name does
        "author": entity(passage.author),
        "source": str(source),
    }


def named_or_wrote(passages):
    """Return (pk, kind, name, slug, in how many passages, since which day) of who is named or wrote: 1 query.

    Somebody who did both is there twice, as an author without a day. Who names themself is not counted as named.
    """
    fields = ("pk", "kind", "name", "slug")
    kinds = [Entry.Kind.PERSON, Entry.Kind.ORGANISATION]
    named = Mention.objects.filter(passage__in=passages.order_by().values("pk"), entry__kind__in=kinds).order_by()
    named = named.exclude(passage__author=F("entry"))
    wrote = passages.order_by().filter(author__isnull=False)
    rows = [
        some.values_list(*(f"{who}__{one}" for one in fields)).annotate(count=Count("pk"), since=since)
        for some, who, since in (
            (named, "entry", Min("on")),
            (wrote, "author", Cast(Value(None), DateField())),
        )
    ]
    return list(rows[0].union(rows[1], all=True))


def people(rows, subject):
    """Return who wrote or is named most, with in how many passages."""
    found, names = Counter(), {}
    for pk, kind, name, slug, count, _ in rows:
        if kind == Entry.Kind.PERSON and pk != subject.entry.pk:
            found[pk] += count
            names[pk] = (kind, name, slug)
    most = sorted(found, key=lambda pk: (-found[pk], names[pk]))[:PEOPLE]
    return [as_entity(pk, *names[pk]) | {"count": found[pk]} for pk in most]


def as_entity(pk, kind, name, slug):
    return {"entry": pk, "name": name, "address": reverse(Entry.ROUTES[kind], args=[slug])}


def partners(subject):
    """Return the organisations that a project is done with: 1 query, else none."""
    if subject.kind != Entry.Kind.PROJECT:
        return []
    entries = Entry.objects.filter(as_organisation__partnerships__project__in=subject.keys).distinct()
    return [entity(entry) for entry in entries[:PEOPLE]]


def first_named(rows, passages, subject, period, user):
    """Return people and organisations that no earlier passage about it names, and where they first are: 2 queries."""
    named = {pk: (since, name, kind, slug) for pk, kind, name, slug, _, since in rows if since is not None}
    earlier = Mention.objects.filter(listed(user, "passage__"), entry=OuterRef("pk"), on__lt=period.first)
    if subject.kind == Entry.Kind.PROJECT:  # asked of each entry's own mentions, as a project may have very many
        known = earlier.filter(passage__mentions__entry__in=subject.keys)
    else:
        known = earlier.filter(passage__in=Passage.objects.filter(subject.passages()).order_by().values("pk"))
    asked = list(named)[:MOST_ASKED]
    old = set(Entry.objects.filter(Exists(known), pk__in=asked).values_list("pk", flat=True)) | set(subject.keys)
    fresh = sorted((pk for pk in asked if pk not in old), key=named.get)[:NEW]
    where = Mention.objects.filter(entry__in=fresh, on__in={named[pk][0] for pk in fresh})
    where = where.filter(passage__in=passages.order_by().values("pk")).exclude(passage__author=F("entry"))
    heavy = [f"passage__{name}" for name in ("html", "text__body", "text__html", "text__vanished_anchors")]
    places = {}
    for one in (
        where.select_related("passage__text__note", "passage__text__meeting__series")
        .defer(*heavy)
        .order_by("-on", "-passage__text", "-passage__position")
    ):
        places[one.entry_id] = one.passage  # the earliest comes last, and stays
    return [as_entity(pk, *(named[pk][part] for part in (2, 1, 3))) | first_place(places[pk]) for pk in fresh]


def first_place(passage):
    return {
        "text": passage.text_id,
        "where": passage.get_absolute_url(),
        "on": passage.on,
        "is_week": passage.source.kind == "weeknote",
    }
