"""Names that are a question, and what was settled of them."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notes.matcher import LINKED_KINDS
from notes.models.passages import Passage
from notes.models.texts import OwnWorkQuerySet, Text
from notes.words import name_key, squash
from people.models import DirectoryVersion, Entry, OfDirectory, OfDirectoryQuerySet, Person

LONGEST_NAME = 120
SPACE = re.compile(r"(\s+)")
QUOTED = 24  # words, and the spaces between them, of a quotation on each side of the name


class Question(models.Model):
    """A passage says a name, and it is not clear whose: nothing links until it is settled."""

    class Kind(models.TextChoices):
        WHICH = "which", "several are called so"
        WHETHER = "whether", "perhaps somebody or something known"
        WHO = "who", "nobody known"

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=LONGEST_NAME)  # the words as notes.words.name_key writes them
    places = models.JSONField()  # a list of [start, end] in the passage's words

    class Meta:
        ordering = ["pk"]
        verbose_name = "name to settle"
        verbose_name_plural = "names to settle"
        constraints = [models.UniqueConstraint(fields=["passage", "key"], name="name_is_asked_once_a_passage")]
        indexes = [models.Index(fields=["key", "passage"], name="questions_by_name")]

    def __str__(self):
        return f"{self.key} in {self.passage}"

    @property
    def quotation(self):
        """(What stands before the name where it is first said, the name, what stands behind it), in short."""
        start, end = self.places[0]
        words = self.passage.words
        before, after = SPACE.split(words[:start]), SPACE.split(words[end:])
        left = f"… {''.join(before[-QUOTED:]).lstrip()}" if len(before) > QUOTED else words[:start]
        right = f"{''.join(after[:QUOTED]).rstrip()} …" if len(after) > QUOTED else words[end:]
        return left, words[start:end], right


class NameChoiceQuerySet(OfDirectoryQuerySet, OwnWorkQuerySet):
    def theirs(self, user):
        return self.filter(author__login=user)

    def holding_for(self, text):
        """Return what holds for a note or meeting: for itself, for all its author writes, or for everybody."""
        holds = Q(author__isnull=True, text__isnull=True)
        if text.author:
            holds |= Q(author=text.author)
        if text.pk:
            holds |= Q(text=text.pk)
        return self.filter(holds)


class NameChoice(OfDirectory):
    """What somebody settled once: "Michael" is this Michael; or, without an entry, these words name nobody.

    It holds for one text, for what one author writes, or, with neither, for everybody; the narrowest one counts.
    """

    version = DirectoryVersion.CHOICES

    text = models.ForeignKey(Text, models.CASCADE, null=True, blank=True, editable=False, related_name="name_choices")
    author = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="name_choices",
        help_text="In whose texts the name is settled. Empty: in everybody’s.",
    )
    words = models.CharField("when they write", max_length=LONGEST_NAME, help_text="Such as “Michael”.")
    key = models.CharField(
        max_length=LONGEST_NAME, default="", editable=False
    )  # the words as notes.words.name_key writes them
    entry = models.ForeignKey(
        Entry,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="chosen_by",
        limit_choices_to={"kind__in": LINKED_KINDS},
        verbose_name="they mean",
        help_text="The one they mean. Empty: nobody and nothing, it is just a word.",
    )
    made_on = models.DateField(default=timezone.localdate, editable=False)

    objects = NameChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "key"],
                condition=Q(author__isnull=False),
                name="name_is_settled_once_an_author",
                violation_error_message="This author has settled that name already.",
            ),
            models.UniqueConstraint(
                fields=["text", "key"],
                condition=Q(text__isnull=False),
                name="name_is_settled_once_a_text",
                violation_error_message="That name is settled in this text already.",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(author__isnull=True, text__isnull=True),
                name="name_is_settled_once_for_everybody",
                violation_error_message="That name is settled for everybody already.",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(text__isnull=True),
                name="name_is_settled_for_a_text_or_an_author",
                violation_error_message="A name is settled for one text or for one author.",
            ),
        ]

    def __str__(self):
        return f"{self.words}: {self.entry or 'not a name'}"

    def save(self, *args, **kwargs):
        self.clean()
        super().save(*args, **kwargs)

    def clean(self):
        self.key = name_key(self.words)
        if not squash(self.words):
            raise ValidationError("Say a name.")
        if len(self.key) > LONGEST_NAME:
            raise ValidationError("That is too long for a name.")


class Waiting(models.Model):
    """A text whose links do not follow yet what changed in the directory. See notes.renaming."""

    text = models.OneToOneField(Text, models.CASCADE, related_name="waiting")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.text)
