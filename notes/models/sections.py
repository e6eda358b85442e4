"""Recurring parts of notes, such as what somebody is learning, whatever heading each author gives them."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from people.models import OfDirectory, OfDirectoryQuerySet
from people.slugs import free_slug

LEARNING = "learning"  # the section with a page of its own
LONGEST_KEY = 120
APOSTROPHES = re.compile("['’‘ʼ`]")
NO_WORD = re.compile(r"[\W_]+")


def heading_key(heading):
    """Return a heading as it is compared: "Something I\u2019m learning..." is "something im learning"."""
    return NO_WORD.sub(" ", APOSTROPHES.sub("", heading)).strip().casefold()[:LONGEST_KEY]


class Section(OfDirectory):
    """What stands under certain headings, in every note and meeting."""

    name = models.CharField(max_length=80, help_text="As its page is called, such as “What we are learning”.")
    slug = models.SlugField(
        max_length=80,
        blank=True,
        unique=True,
        help_text="The last part of its address. Made from the name when left empty.",
    )
    about = models.TextField(blank=True, help_text="A sentence for whoever comes to its page.")
    position = models.PositiveSmallIntegerField(
        "place in a new note",
        null=True,
        blank=True,
        help_text="1 for the first. Its first heading is then offered with “Write this week’s note”. Empty: not "
        "offered.",
    )

    class Meta:
        ordering = [models.F("position").asc(nulls_last=True), "name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = free_slug(self.name, Section.objects.exclude(pk=self.pk), otherwise="section")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("learning") if self.slug == LEARNING else reverse("sections:detail", args=[self.slug])


class Standing(models.TextChoices):
    """How a heading came to a section, or did not."""

    LISTED = "listed", "an editor listed it"
    FOUND = "found", "recognised by its words"
    REFUSED = "refused", "not of this section"


class SectionHeadingQuerySet(OfDirectoryQuerySet):
    def agreed(self):
        """Return those that are listed or were recognised, and that no editor refused."""
        return self.exclude(standing=Standing.REFUSED)

    def bulk_create(self, *args, **kwargs):
        """Add headings with a text that is saved, which says by itself that it changed: links follow from none."""
        return models.QuerySet.bulk_create(self, *args, **kwargs)


class SectionHeading(OfDirectory):
    """A heading that a section goes by."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="headings")
    words = models.CharField(
        "heading",
        max_length=LONGEST_KEY,
        help_text="As authors write it. Capitals, apostrophes and dots at the end make no difference.",
    )
    key = models.CharField(max_length=LONGEST_KEY, editable=False)
    standing = models.CharField(
        "how it is here",
        max_length=8,
        choices=Standing,
        default=Standing.LISTED,
        help_text="What is refused stays known, so that it is not recognised again.",
    )

    objects = SectionHeadingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "heading"
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="heading_is_of_one_section",
                violation_error_message="This heading is listed already, here or in another section.",
            ),
        ]

    def __str__(self):
        return self.words

    def save(self, *args, **kwargs):
        self.key = heading_key(self.words)
        super().save(*args, **kwargs)

    def clean(self):
        self.key = heading_key(self.words)
        if not self.key:
            raise ValidationError({"words": "A heading needs a letter or a number."})


def under_heading(**section):
    """Return the condition that a passage stands under a heading of the sections that these lookups find."""
    sections = {f"section__{lookup}": value for lookup, value in section.items()}
    keys = SectionHeading.objects.filter(**sections).agreed().order_by().values("key")
    return models.Q(heading_key__gt="", heading_key__in=keys)
