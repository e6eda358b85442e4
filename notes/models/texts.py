"""What notes and meetings share: a text, who may see it and since when."""

from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from PIL import Image

from notes.markdown import refuse_unreadable
from notes.models.revisions import SEEN_BY, Revised, RevisedQuerySet
from notes.weeks import refuse_another_age

# What people show at meetings. Nothing that a browser would run as a page of this site.
DOCUMENTS = "pdf pptx ppt odp key docx doc odt rtf txt md xlsx xls ods csv png jpg jpeg gif mp3 m4a mp4 zip".split()
LARGEST = 50 * 2**20  # bytes


def kept_as(attachment, name):
    """Return where a file is kept: under its own name, in a folder nobody can guess."""
    return f"files/{get_random_string(16).lower()}/{name}"


def refuse_large(upload):
    if upload.size > LARGEST:
        raise ValidationError(
            f"This file is larger than {LARGEST // 2**20} MB. Keep it elsewhere, and give its address here."
        )


def measure(upload):
    """Return the width and height of a picture in pixels; of any other file, None and None."""
    try:
        upload.seek(0)
        with Image.open(upload) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow says of no picture
        return None, None
    finally:
        upload.seek(0)


class Audience(models.TextChoices):
    EVERYONE = "everyone"
    SIGNED_IN = "signed-in", "Signed-in colleagues"


EDITS_EVERY_TEXT = "notes.edit_every_text"  # the permission of editors


def came_out_for(user, text=""):
    """Return the condition that a text was published, for an audience that this user is in; it may be withdrawn."""
    condition = Q(**{f"{text}published_at__lte": timezone.now()})
    if not user.is_authenticated:
        condition &= Q(**{f"{text}audience": Audience.EVERYONE})
    return condition


def listed(user, text=""):
    """Return the one rule for every outlet, as a condition: published, and in the audience of this user.

    `text` is the path from the model that is asked to its text, such as "text__".
    """
    return came_out_for(user, text) & Q(**{f"{text}withdrawn_at__isnull": True})


class OwnWorkQuerySet(models.QuerySet):
    """Rows that are somebody's work: each model says with `theirs(user)` whose."""

    def changeable_by(self, user):
        """Return what this user may change: what is theirs; editors, everything."""
        return self if user.has_perm(EDITS_EVERY_TEXT) else self.theirs(user)

    def mine(self, user):
        """Return what a list shows this user as their own."""
        return self.theirs(user)


class TextQuerySet(RevisedQuerySet, OwnWorkQuerySet):
    def update(self, **values):
        """Update the texts, and what their passages say of who sees them: 2 queries more where that is new."""
        seen_by = {name: values[name] for name in SEEN_BY if name in values}
        if not seen_by:
            return super().update(**values)
        with transaction.atomic():
            texts = list(self.order_by().values_list("pk", flat=True))
            updated = super(TextQuerySet, self.model.objects.filter(pk__in=texts)).update(**values)
            Text.passages.field.model.objects.filter(text__in=texts).update(**seen_by)  # after them: as `store` does
            return updated

    def published(self):
        """Return the texts whose moment of publication has come."""
        return self.filter(published_at__lte=timezone.now(), withdrawn_at__isnull=True)

    def withdrawn(self):
        return self.filter(withdrawn_at__isnull=False)

    def listed_for(self, user):
        """Return what lists, counts, search, feeds, reports and backlinks show this user."""
        return self.filter(listed(user))

    def readable_by(self, user):
        """Return what this user may open: `listed_for`, and their own drafts; editors, every draft."""
        return self.listed_or_own(user, listed(user))

    def answering(self, user):
        """Return what has an answer for this user at its address: `readable_by`, and what was withdrawn from them."""
        return self.listed_or_own(user, came_out_for(user))

    def listed_or_own(self, user, condition):
        if not user.is_authenticated:
            return self.filter(condition)
        if user.has_perm(EDITS_EVERY_TEXT):
            return self
        return self.filter(condition | Q(pk__in=self.model.objects.theirs(user).values("pk")))

    def withdraw(self, because=""):
        """Take what is published out of every outlet; its address says so. Return how many there were."""
        return self.published().update(withdrawn_at=timezone.now(), withdrawn_because=because, was_published=True)

    def put_back(self):
        """Let what was withdrawn be where it was. Return how many there were."""
        return self.withdrawn().update(withdrawn_at=None, withdrawn_because="")

    def linking_to(self, texts):
        """Return those with a passage that links to one of the texts, newest first."""
        return self.filter(passages__references__text__in=texts).order_by("-on", "-pk").distinct()

    def with_addresses(self):
        """Load what the address of each text is made of: no query more."""
        return self.select_related("note", "meeting__series")

    def without_body(self):
        """Leave the text itself in the database: a list shows only the title."""
        return self.defer("body", "html", "vanished_anchors")


class Text(Revised):
    """What somebody wrote: a note or the record of a meeting.

    Both share this table, beside a table for each, so that a passage belongs to one text and who may see it is
    said in one place. `published_at` alone decides what is published: empty is a draft, in the future is
    scheduled; nothing has to run for a text to appear.
    """

    title = models.CharField(
        max_length=255,
        blank=True,
        help_text="A weeknote without one is “Weeknote w/c 10 June”, a meeting of a series has its name and date.",
    )
    body = models.TextField(
        blank=True,
        validators=[refuse_unreadable],
        help_text="Markdown. Names of people and projects link by themselves; @handle, [[Any name]] and #hashtag "
        "link what they say.",
    )
    html = models.TextField(blank=True, editable=False)  # the body, sanitised and linked
    vanished_anchors = models.JSONField(default=list, editable=False)  # of passages that are no longer there
    published_at = models.DateTimeField(
        "published",
        validators=[refuse_another_age],
        null=True,
        blank=True,
        help_text="Empty: a draft, which only you and editors can open. A moment to come: it appears then by itself.",
    )
    audience = models.CharField(
        max_length=12,
        choices=Audience,
        default=Audience.EVERYONE,
        help_text="Who sees it on every page, with its files, decisions and actions.",
    )
    was_published = models.BooleanField(default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(
        "why it was withdrawn",
        max_length=255,
        blank=True,
        help_text="One sentence for readers who come by its address.",
    )
    on = models.DateField(editable=False)  # the day it is listed under: week, publication or meeting

    objects = TextQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-on", "-id"], name="texts_by_day"),
            # All that notes.freshness asks of the texts that are listed, so that it reads nothing else.
            models.Index(
                fields=["published_at", "audience", "withdrawn_at", "changed_at", "revision"],
                condition=Q(withdrawn_at__isnull=True),
                name="texts_by_publication",
            ),
        ]
        permissions = [("edit_every_text", "Can open and change every text, drafts as well")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.was_published = self.has_been_published
        super().save(*args, **kwargs)

    def was_seen_by_more_than(self, now):
        """Whether somebody who saw it as it was sees it no longer as it is `now`."""
        return self.is_published and (not now.is_published or self.audience == Audience.EVERYONE != now.audience)

    @property
    def whole(self):
        """The note or meeting that this text is (loaded by `with_addresses`)."""
        return getattr(self, "note", None) or self.meeting

    @property
    def state(self):
        """The state in a word: "draft", "scheduled", "published" or "withdrawn"."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.published_at is None:
            return "draft"
        return "published" if self.published_at <= timezone.now() else "scheduled"

    @property
    def is_published(self):
        return self.state == "published"

    @property
    def has_been_published(self):
        """Whether it is or was published, so that people may have kept its address."""
        return self.was_published or self.state in ("published", "withdrawn")

    def keep_former_address(self, address):
        """Let the address this text had lead to the one it has now."""
        if address != self.get_absolute_url():
            FormerAddress.objects.filter(path=self.get_absolute_url()).delete()
            FormerAddress.objects.update_or_create(path=address, defaults={"text": self})


class Attachment(models.Model):
    """A file or an address that belongs to a text, such as slides or a recording. Who sees the text, sees it."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="attachments")
    title = models.CharField(max_length=120, help_text="What it is, such as “Slides” or “Recording”.")
    upload = models.FileField(
        "file",
        upload_to=kept_as,
        max_length=255,
        blank=True,
        validators=[FileExtensionValidator(DOCUMENTS), refuse_large],
        help_text=f"{', '.join(DOCUMENTS)}; at most {LARGEST // 2**20} MB.",
    )
    size = models.PositiveBigIntegerField(default=0, editable=False)  # bytes
    width = models.PositiveIntegerField(null=True, editable=False)  # pixels, of a picture
    height = models.PositiveIntegerField(null=True, editable=False)
    url = models.URLField("or its address", max_length=500, blank=True, help_text="For what is kept elsewhere.")

    class Meta:
        ordering = ["pk"]
        verbose_name = "file"
        constraints = [
            models.CheckConstraint(
                name="attachment_is_a_file_or_an_address",
                condition=Q(upload="", url__gt="") | Q(upload__gt="", url=""),
                violation_error_message="Choose a file, or give its address: one of the two.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.upload and not self.upload._committed:  # just uploaded, and here to be measured
            self.size = self.upload.size
            self.width, self.height = measure(self.upload)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.url or reverse("file", args=[self.pk, self.file_name])

    @property
    def file_name(self):
        """The name it was uploaded under, as far as storage keeps it."""
        return PurePosixPath(self.upload.name).name

    @property
    def ending(self):
        """What sort of file it is, as "PDF"; empty for an address."""
        return PurePosixPath(self.upload.name).suffix[1:].upper()


class ChangeNote(models.Model):
    """What was changed in a text after it was published, and when: for its readers."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="change_notes")
    changed_on = models.DateField(default=timezone.localdate, help_text="The day readers are told.")
    words = models.CharField(
        "what was changed", max_length=255, help_text="Such as “The date of the move was wrong.”"
    )

    class Meta:
        ordering = ["-changed_on", "-pk"]

    def __str__(self):
        return self.words


class FormerAddress(models.Model):
    """An address that a published text had. It redirects."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="former_addresses")
    path = models.CharField(max_length=255, unique=True)

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self):
        return self.path


class Source(models.Model):
    """The untouched file that a text was imported from."""

    text = models.OneToOneField(Text, models.CASCADE, related_name="source")
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of its words: one text is imported once
    content = models.BinaryField()
    imported_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.file_name


def title_is_needed(title, what):
    if not title.strip():
        raise ValidationError({"title": f"Give the {what} a title."})
