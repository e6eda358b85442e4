"""The ground floor: anything with a name, other names and a page."""

import re

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils.text import slugify

from people.models.changes import OfDirectory, OfDirectoryQuerySet
from people.slugs import free_slug

# Sent with the `entry` and the set of `names` that came or went, after somebody edited them. The texts that use
# those names lie on a floor above, which this one may not call.
names_changed = Signal()


class EntryQuerySet(OfDirectoryQuerySet):
    def called(self, name):
        """Return the entries with this slug, name or alias, in any case of letters."""
        words = " ".join(name.split())
        return self.filter(
            Q(slug=words) | Q(name__iexact=words) | Q(pk__in=Alias.objects.filter(name__iexact=words).values("entry"))
        )


class TreeQuerySet(EntryQuerySet):
    """Entries that may be part of one another."""

    def within(self, entry):
        """Return the primary keys of an entry and of all below it, however deep the tree: 1 query."""
        below = {}
        for pk, above in self.exclude(part_of=None).order_by().values_list("pk", "part_of"):
            below.setdefault(above, []).append(pk)
        found = [entry.pk]
        for pk in found:
            found += [inner for inner in below.get(pk, ()) if inner not in found]
        return found


class Entry(OfDirectory):
    """An entry of the directory: a person, team, organisation, project or series of meetings.

    They share one table, beside a table for each kind, so that a mention, an alias and a former address have one
    thing to point at, and so that names are compared across the kinds.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        TEAM = "team"
        ORGANISATION = "organisation"
        PROJECT = "project"
        MEETING_SERIES = "meeting_series", "meeting series"

    # What a page says of several; in the order in which it names them.
    PLURALS = {
        Kind.PROJECT: "Projects",
        Kind.PERSON: "People",
        Kind.TEAM: "Teams",
        Kind.ORGANISATION: "Organisations",
        Kind.MEETING_SERIES: "Meetings",
    }
    ROUTES = {
        Kind.PERSON: "people:detail",
        Kind.TEAM: "teams:detail",
        Kind.ORGANISATION: "organisations:detail",
        Kind.PROJECT: "projects:detail",
        Kind.MEETING_SERIES: "meetings:series",
    }
    KIND = None  # each kind says its own
    INSTEAD_OF_DELETING = "Rename it, or take away the aliases it should no longer answer to."

    kind = models.CharField(max_length=20, choices=Kind, editable=False)
    name = models.CharField(
        max_length=120, help_text="In full, as a page's title shows it. Texts that say it link here."
    )
    slug = models.SlugField(
        max_length=80,
        blank=True,
        help_text="The last part of the page's address, and the @handle. Made from the name when left empty. "
        "Keep it when the name changes; should you change it, the old address redirects.",
    )
    is_to_check = models.BooleanField(
        "to be checked",
        default=False,
        help_text="An author added it. Take the tick away once it is right, and no other entry is the same.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="entry_address_is_its_own",
                violation_error_message="Another page has this address already. Choose another slug.",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"])]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.KIND:
            self.kind = self.KIND

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save it, with a slug of its own, and remember the slug it had: its old address redirects."""
        siblings = Entry.objects.filter(kind=self.kind).exclude(pk=self.pk)
        if not self.slug:
            former = FormerSlug.objects.filter(kind=self.kind).exclude(entry=self.pk)  # they lead to others still
            self.slug = free_slug(self.name, siblings, former, otherwise=self.kind.replace("_", "-"))
        before = Entry.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before != self.slug:
            FormerSlug.objects.filter(kind=self.kind, slug=self.slug).delete()
            FormerSlug.objects.update_or_create(kind=self.kind, slug=before, defaults={"entry": self})

    def get_absolute_url(self):
        return reverse(self.ROUTES[self.kind], kwargs={"slug": self.slug})

    def clean(self):
        """What is part of something is not part of itself, however far up."""
        above, seen = self.pk and getattr(self, "part_of", None), set()
        while above and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"part_of": f"{self} cannot be part of itself."})
            seen.add(above.pk)
            above = above.part_of

    def forget(self, name):
        """Take a former name out of what the site says: as an alias, and in addresses. Texts stay as written.

        Aliases with a word of the former name that the name now has not are forgotten with it, and returned.
        """
        gone = words_of(name) - words_of(self.name)
        aliases = [alias for alias in self.aliases.all() if words_of(alias.name) & gone]
        self.aliases.filter(pk__in=[alias.pk for alias in aliases]).delete()
        made_of_it = re.compile(rf"{re.escape(slugify(name))}(-\d+)?")
        if made_of_it.fullmatch(self.slug):
            self.slug = ""
            self.save()
        self.former_slugs.all().delete()
        return [alias.name for alias in aliases]

    def names(self):
        """Return the set of everything it answers to in a text: its name and its aliases."""
        return {self.name, *self.aliases.values_list("name", flat=True)}


def words_of(name):
    return set(re.findall(r"\w{2,}", name.casefold()))


class Alias(OfDirectory):
    """Another name of an entry. A name of one word links only as it is written here."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="aliases")
    name = models.CharField(
        max_length=120,
        help_text="A name of one word links only as you write it here (one in small letters also with a capital). "
        "Of several words, all but the first need the capitals they have here. Short forms of a person’s name need "
        "no listing.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "name"],
                name="alias_is_given_once",
                violation_error_message="This alias is listed already.",
            ),
        ]
        indexes = [models.Index(fields=["name"])]

    def __str__(self):
        return self.name


class FormerSlug(OfDirectory):
    """A slug that an entry had. Its address redirects, and texts that say it as an @handle still mean the entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="former_slugs")
    kind = models.CharField(max_length=20, choices=Entry.Kind)
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_address_leads_to_one_page")]

    def __str__(self):
        return self.slug
