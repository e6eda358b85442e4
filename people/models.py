"""Who: people, teams and organisations. And the ground floor: anything with a name, other names and a page."""

import re
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from people.constraints import ends_after_it_starts
from people.slugs import free_slug

# Sent with the `entry` and the set of `names` that came or went, after somebody edited them. The texts that use
# those names lie on a floor above, which this one may not call.
names_changed = Signal()


class EntryQuerySet(models.QuerySet):
    def called(self, name):
        """Return the entries with this slug, name or alias, in any case of letters."""
        words = " ".join(name.split())
        return self.filter(
            Q(slug=words) | Q(name__iexact=words) | Q(pk__in=Alias.objects.filter(name__iexact=words).values("entry"))
        )


class Entry(models.Model):
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


class Alias(models.Model):
    """Another name of an entry. A name of one word links only as it is written here."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="aliases")
    name = models.CharField(
        max_length=120,
        help_text="A name of one word links only as you write it here (one in small letters also with a capital). "
        "Names of several words link in any case.",
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


class FormerSlug(models.Model):
    """A slug that an entry had. Its address redirects, and texts that say it as an @handle still mean the entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="former_slugs")
    kind = models.CharField(max_length=20, choices=Entry.Kind)
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_address_leads_to_one_page")]

    def __str__(self):
        return self.slug


class TeamQuerySet(EntryQuerySet):
    def within(self, team):
        """Return the primary keys of a team and of all below it, however deep the tree: 1 query."""
        below = {}
        for pk, above in self.values_list("pk", "part_of"):
            below.setdefault(above, []).append(pk)
        found = [team.pk]
        for pk in found:
            found += [inner for inner in below.get(pk, ()) if inner not in found]
        return found


class Team(Entry):
    KIND = Entry.Kind.TEAM
    INSTEAD_OF_DELETING = "Move its people and teams elsewhere first, or rename it."

    # Named, as a person has a `team` too.
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, related_name="as_team")
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        help_text="The team it belongs to, which then shows what this one writes as well.",
    )
    about = models.TextField(blank=True, help_text="What it is there for. Its page says it.")

    objects = TeamQuerySet.as_manager()


class Organisation(Entry):
    KIND = Entry.Kind.ORGANISATION

    class Category(models.TextChoices):
        INTERNAL = "internal", "internal service"
        COUNCIL = "council"
        PARTNER = "partner"
        SUPPLIER = "supplier"

    # Named, as a person has an `organisation` too.
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, related_name="as_organisation")
    category = models.CharField(
        max_length=12, choices=Category, default=Category.PARTNER, help_text="What it is to us."
    )
    about = models.TextField(blank=True, help_text="What it does. Its page says it.")


class PersonQuerySet(EntryQuerySet):
    def with_places(self):
        """Load the team and organisation that a list of people shows: no query more."""
        return self.select_related("team", "organisation")

    def here(self):
        """Return the people who have not left."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=timezone.localdate()))


class Person(Entry):
    KIND = Entry.Kind.PERSON
    INSTEAD_OF_DELETING = "If they have left, fill in “Left on” instead: what they wrote stays theirs."

    class Category(models.TextChoices):
        COLLEAGUE = "colleague"
        COUNCILLOR = "councillor"
        PARTNER = "partner"

    preferred_name = models.CharField(
        max_length=60, blank=True, help_text="What colleagues call them, if not by the name above."
    )
    category = models.CharField(
        max_length=12, choices=Category, default=Category.COLLEAGUE, help_text="Who they are to us."
    )
    role = models.CharField(max_length=150, blank=True, help_text="What they do, such as “Service designer”.")
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        help_text="Their team now. What they write shows there.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        help_text="The service, council or firm they are from, where it has a page.",
    )
    place = models.CharField(
        "team or organisation in words",
        max_length=120,
        blank=True,
        help_text="For a team or organisation without a page of its own.",
    )
    photo = models.ImageField(
        upload_to="people",
        blank=True,
        help_text="It is cut to a square of 480 pixels, and where and when it was taken is forgotten.",
    )
    email = models.EmailField(blank=True, help_text="Also where an invitation to sign in goes.")
    telephone = models.CharField(max_length=40, blank=True, help_text="As colleagues should dial it.")
    contact_is_open = models.BooleanField(
        "photo and contact details for everyone",
        default=False,
        help_text="Without this, photo, email and telephone are shown to signed-in colleagues only.",
    )
    started_on = models.DateField(null=True, blank=True, help_text="Their first day, where it is known.")
    left_on = models.DateField(
        null=True,
        blank=True,
        help_text="From this day on they have left, and cannot sign in. What they wrote stays theirs.",
    )
    login = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        help_text="The account they sign in with.",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            ends_after_it_starts(
                "person_leaves_after_they_started",
                "started_on",
                "left_on",
                "“Left on” is before “Started on”.",
            ),
        ]

    @property
    def has_left(self):
        return self.left_on is not None and self.left_on <= timezone.localdate()

    @property
    def initials(self):
        """The first letters of their first and last name, for where there is no photo."""
        words = [word for word in self.name.split() if word[0].isalpha()] or [self.name]
        return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][0]).upper()

    @property
    def photo_version(self):
        """What changes with the photo: each is kept under a name of its own."""
        return PurePosixPath(self.photo.name).stem[-8:]

    def contact_shown_to(self, user):
        """Whether this reader sees photo, email and telephone."""
        return self.contact_is_open or user.is_authenticated
