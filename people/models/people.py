"""Who: people, teams and organisations."""

from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.constraints import ends_after_it_starts
from people.models.entries import Entry, EntryQuerySet, TreeQuerySet


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

    objects = TreeQuerySet.as_manager()


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
