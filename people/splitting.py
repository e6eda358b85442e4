"""One entry that was always two becomes two: what an editor chooses goes to the new one.

What a model may say of its own rows: FOLLOWS_FROM_TEXTS, the fields which linking fills in by itself. Nobody chooses
those rows: they come right when the texts are linked anew.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models, transaction
from django.db.models import F
from django.utils.dateparse import parse_date

from people.merging import Refused
from people.models import Alias, DirectoryVersion
from people.rows import Pointer, as_key, has_field, in_parts, links_of, pointers_at, with_words, words_of

MOST_LISTED = 200  # rows of a group; more are chosen by a date
STAYS, GOES, BOTH = "stays", "goes", "both"  # another name


@dataclass
class Row:
    """One row that may go: what it is in words, and its day."""

    key: int
    words: str
    day: object = None


@dataclass(eq=False)
class Group:
    """The rows of one Pointer at the entry that is split."""

    pointer: Pointer
    entry: object

    @property
    def name(self):
        return self.pointer.accessor

    @cached_property
    def day(self):
        """The path to the day of a row, or an empty string."""
        return day_of(self.pointer.model)

    @cached_property
    def count(self):
        return self.rows().count()

    @property
    def is_long(self):
        return self.count > MOST_LISTED

    def rows(self):
        return self.pointer.at(self.entry)

    @cached_property
    def listed(self):
        """The newest rows as a Row each: 1 query."""
        return self.in_words(self.rows())

    def in_words(self, rows):
        rows = with_words(rows).order_by("pk")
        if self.day:
            rows = rows.annotate(day_of_row=F(self.day)).order_by(F(self.day).desc(nulls_last=True), "-pk")
        return [
            Row(row.pk, words_of(row, self.entry), getattr(row, "day_of_row", None)) for row in rows[:MOST_LISTED]
        ]

    def chosen(self, data):
        """Return the keys of the rows that a form chose: those ticked, and all before or from a day."""
        ticked = [key for said in data.getlist(self.name) if (key := as_key(said))]
        keys = set(self.rows().filter(pk__in=ticked[:MOST_LISTED]).values_list("pk", flat=True))
        day, when = day_in(data.get(f"{self.name}-day", "")), data.get(f"{self.name}-when")
        if self.day and day and when in ("lt", "gte"):
            keys |= set(self.rows().filter(**{f"{self.day}__{when}": day}).values_list("pk", flat=True))
        return sorted(keys)

    def give(self, keys, new):
        """Let rows point at the new one. What has an address of its own is saved, so that an old one redirects."""
        rows = self.rows().filter(pk__in=keys)
        if not hasattr(self.pointer.model, "keep_former_address"):
            rows.update(**{self.pointer.name: new.pk})
            return
        for row in self.pointer.model.objects.filter(pk__in=keys):
            setattr(row, self.pointer.name, new)
            row.save()

    def say(self, keys):
        """Return how many rows there are with these keys, in words."""
        return f"{len(keys):,} {self.pointer.words(len(keys))}"


def day_in(words):
    """Return a date as a browser sends it, or None."""
    try:
        return parse_date(words)
    except ValueError:
        return None


def day_of(model):
    """Return the path to the day by which rows are listed: their own, else that of the text they belong to."""
    if has_field(model, "on"):
        return "on"
    dates = [one for one in model._meta.concrete_fields if type(one) is models.DateField]
    certain = [one.name for one in dates if not one.null]
    links = {name: model._meta.get_field(name).related_model for name in links_of(model)}
    of_text = [f"{name}__on" for name, other in links.items() if has_field(other, "on")]
    return next(iter([*certain, *of_text, *(one.name for one in dates)]), "")


class Splitting:
    """What can go from an entry to a new one of its kind, and letting it go."""

    def __init__(self, entry):
        self.entry = entry

    @cached_property
    def groups(self):
        """A Group of each sort of rows, other names left out: 1 query each to count, and 1 to list."""
        found = [
            Group(pointer, self.entry)
            for pointer in pointers_at(type(self.entry))
            if pointer.model is not Alias and pointer.name not in getattr(pointer.model, "FOLLOWS_FROM_TEXTS", ())
        ]
        return [group for group in found if group.count]

    def do(self, new, chosen, aliases):
        """Store `new`, an entry of the same kind, and let it have what was chosen, in one transaction.

        `chosen` is {the name of a group: the keys of rows}, `aliases` {the key of one: STAYS, GOES or BOTH}.
        Return {group: keys} of what went. Refused is raised where there is one of that name beside the entry.
        """
        with transaction.atomic():
            DirectoryVersion.go_on()  # whoever splits it in the same moment waits here
            self.refuse_known(new.name)
            list(type(self.entry).objects.select_for_update().filter(pk=self.entry.pk).values_list("pk"))
            if new.slug:
                self.entry.former_slugs.filter(slug=new.slug).delete()
            new.save()
            self.share_names(new, aliases)
            for group in self.groups:
                for keys in in_parts(chosen.get(group.name, [])):
                    group.give(keys, new)
        return {group: chosen[group.name] for group in self.groups if chosen.get(group.name)}

    def refuse_known(self, name):
        """Refuse a name that another has: it may be the one that was made a moment ago."""
        other = type(self.entry).objects.called(name).exclude(pk=self.entry.pk).first()
        if other is not None:
            raise Refused(
                [f"There is {other} in the directory already: was it split before? Else say the name in full."]
            )

    def share_names(self, new, aliases):
        for alias in self.entry.aliases.all():
            goes = aliases.get(alias.pk, STAYS)
            if goes == GOES and alias.name == new.name:
                alias.delete()
            elif goes == GOES:
                alias.entry_id = new.pk
                alias.save()
            elif goes == BOTH and alias.name != new.name:
                Alias.objects.get_or_create(entry_id=new.pk, name=alias.name)
