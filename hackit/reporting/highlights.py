"""Which passages a report may quote, under which themes, and which ones it quotes unless somebody chooses."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Length, RowNumber

from notes.models import Mention, Passage, SectionHeading, TaggedNote, TaggedPassage
from notes.models.sections import LEARNING
from notes.weeks import week_of
from people.models import Entry

QUOTED = [Passage.Kind.PARAGRAPH, Passage.Kind.ITEM, Passage.Kind.QUOTATION]
MOST = 120  # passages to choose from: more would not be read
A_DAY = 4  # of them at least, from every day with some
READS_WELL = (50, 450)  # characters
SHOWN, SHOWN_OF_LONG, SHOWN_A_THEME, LEARNINGS = 12, 15, 5, 4
LONG = 45  # days
FEWEST = (2, 2, 3)  # passages, by rank: less is no theme
OTHER, LEARNT = "Other", "What we are learning"
FIGURE = re.compile(r"\d")


@dataclass
class Theme:
    """Passages that belong together."""

    name: str
    filter: str = ""  # what the address of the list of them asks, beside subject and days
    rank: int = 9
    passages: list = field(default_factory=list)


class Candidates:
    """The passages of a subject and period that this reader may see and a report may quote, in themes."""

    def __init__(self, subject, period, user, *, picked=()):
        """Take the primary keys of passages that somebody picked: they are here however many there are. 2 queries."""
        self.subject, self.period = subject, period
        shown = about(subject, period, user).filter(kind__in=QUOTED)
        self.passages = list(sample(shown, period, picked))
        names = defaultdict(list)
        for passage, *name in names_in([passage.pk for passage in self.passages]):
            names[passage].append(tuple(name))
        for passage in self.passages:
            passage.names = names[passage.pk]
        learnt = [passage for passage in self.passages if passage.section == LEARNING]
        self.themes = self.grouped([passage for passage in self.passages if passage.section != LEARNING])
        if learnt:
            self.themes.append(Theme(LEARNT, f"&section={LEARNING}", passages=learnt))
        for theme in self.themes:
            theme.passages.sort(key=lambda one: (one.on, one.text_id, one.position))
            for passage in theme.passages:
                passage.theme = theme.name

    @property
    def is_cut(self):
        return len(self.passages) >= MOST

    def grouped(self, passages):
        """Return the themes: the part or project that is named, else the section, else the commonest tag."""
        offered = {passage: self.themes_of(passage) for passage in passages}
        common = Counter(theme for some in offered.values() for theme in set(some))
        found = {}
        for passage, some in offered.items():
            enough = [theme for theme in some if common[theme] >= FEWEST[theme[0]]]
            # Those of one rank compete: the commonest wins, so that there are few themes.
            ranked = sorted(enough, key=lambda theme: (theme[0], -common[theme], theme[1]))
            best = ranked[0] if ranked else (len(FEWEST), OTHER, "")
            found.setdefault(best[1], Theme(best[1], best[2], best[0])).passages.append(passage)
        return sorted(found.values(), key=lambda theme: (theme.rank, -len(theme.passages), theme.name))

    def themes_of(self, passage):
        """Return the (rank, name, filter) of every theme that a passage might stand under."""
        subject = self.subject
        projects = [name for name in passage.names if name[0] == Entry.Kind.PROJECT and name[3] != subject.entry.pk]
        if subject.kind == Entry.Kind.PROJECT:
            projects = [name for name in projects if name[3] in subject.keys]
        ways = [(0, name, f"&project={slug}") for _, slug, name, _ in projects]
        if passage.section:
            ways.append((1, passage.section_name, f"&section={passage.section}"))
        return ways + [(2, f"#{name}", f"&tag={slug}") for kind, slug, name, _ in passage.names if kind == "tag"]

    def choice(self):
        """Return the primary keys of the passages that a report quotes unless somebody chooses.

        The worthiest first, but none twice from a text while others have something to say, and few of one theme.
        """
        is_long = self.period.days > LONG
        most = {True: LEARNINGS, False: SHOWN_OF_LONG if is_long else SHOWN}
        left = {passage: self.worth(passage) for passage in self.passages if self.worth(passage) >= 0}
        texts, weeks, themes, kinds = Counter(), Counter(), Counter(), Counter()
        chosen = set()
        while left:
            best = max(
                left,
                key=lambda one: (left[one] - 2 * texts[one.text_id] - weeks[week_of(one.on)], one.on, -one.pk),
            )
            del left[best]
            is_learnt = best.theme == LEARNT
            if kinds[is_learnt] < most[is_learnt] and (is_learnt or themes[best.theme] < SHOWN_A_THEME):
                chosen.add(best.pk)
                texts[best.text_id] += 1
                weeks[week_of(best.on)] += 1
                themes[best.theme] += 1
                kinds[is_learnt] += 1
        return chosen

    def worth(self, passage):
        """Return how much a passage says by itself: 0 is not much, below it needs what stands around it."""
        words = passage.words
        kinds = {name[0] for name in passage.names}
        names_it = any(name[3] in self.subject.keys for name in passage.names)
        return (
            (2 if READS_WELL[0] <= len(words) <= READS_WELL[1] else -2)
            + (3 if names_it else 2 if Entry.Kind.PROJECT in kinds else 0)
            + (1 if FIGURE.search(words) else 0)
            - (2 if words[:1].islower() else 0)
            - (9 if words.endswith(":") else 1 if words.endswith("?") else 0)
            - len(passage.trail)
        )


def about(subject, period, user):
    """Return the passages about a subject in a period that this reader may see, but titles and headings."""
    passages = Passage.objects.listed_for(user).exclude(kind__in=Passage.HEADINGS)
    of_days = subject.passages(period.first, period.last)
    return passages.filter(of_days, on__gte=period.first, on__lte=period.last)


def sample(passages, period, picked):
    """Return at most MOST passages, from every day with some, those that read well before others: 1 query.

    What was picked comes first. Each has its `section`, a slug, and `section_name`.
    """
    a_day = max(A_DAY, MOST // max(1, period.days // 7))
    headings = SectionHeading.objects.filter(key=OuterRef("heading_key"), key__gt="")
    reads_well = Case(When(length__range=READS_WELL, then=Value(0)), default=Value(1))
    is_picked = Case(When(pk__in=picked, then=Value(0)), default=Value(1)) if picked else Value(1)
    ranked = passages.annotate(length=Length("words"), is_other=is_picked).annotate(
        rank=Window(RowNumber(), partition_by=[F("on")], order_by=[reads_well, "position", "-text"]),
    )
    kept = ranked.filter(Q(rank__lte=a_day) | Q(pk__in=picked)) if picked else ranked.filter(rank__lte=a_day)
    chosen = kept.order_by("is_other", "rank", "-on", "pk").values("pk")[:MOST]
    return (
        Passage.objects.filter(pk__in=chosen)
        .with_links()
        .annotate(
            section=Subquery(headings.values("section__slug")[:1]),
            section_name=Subquery(headings.values("section__name")[:1]),
        )
    )


def names_in(passages):
    """Return (passage, kind, slug, name, key) of the entries and tags that passages have: 1 query."""
    if not passages:
        return []
    kinds = [Entry.Kind.PROJECT, Entry.Kind.TEAM, Entry.Kind.PERSON]
    entries = Mention.objects.filter(passage__in=passages, entry__kind__in=kinds).order_by()
    hashtags = TaggedPassage.objects.filter(content_object__in=passages).order_by()
    tags = TaggedNote.objects.filter(content_object__passages__in=passages).order_by()
    tag = [Value("tag"), "tag__slug", "tag__name", "tag"]
    return entries.values_list("passage", "entry__kind", "entry__slug", "entry__name", "entry").union(
        hashtags.values_list("content_object", *tag), tags.values_list("content_object__passages", *tag), all=True
    )
