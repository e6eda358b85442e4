"""What notes and meetings share: a text, who may see it and since when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notes.markdown import refuse_unreadable
from notes.weeks import refuse_another_age


class Audience(models.TextChoices):
    EVERYONE = "everyone"
    SIGNED_IN = "signed-in", "signed-in colleagues"


def listed(user, text=""):
    """Return the one rule for every outlet, as a condition: published, and in the audience of this user.

    `text` is the path from the model that is asked to its text, such as "text__".
    """
    condition = Q(**{f"{text}published_at__lte": timezone.now()})
    if not user.is_authenticated:
        condition &= Q(**{f"{text}audience": Audience.EVERYONE})
    return condition


class TextQuerySet(models.QuerySet):
    def published(self):
        """Return the texts whose moment of publication has come."""
        return self.filter(published_at__lte=timezone.now())

    def listed_for(self, user):
        """Return what lists, counts, search, feeds, reports and backlinks show this user."""
        return self.filter(listed(user))

    def readable_by(self, user):
        """Return what this user may open by its address: `listed_for`, and their own drafts; editors, every draft."""
        if user.has_perm("notes.read_every_draft"):
            return self
        if not user.is_authenticated:
            return self.listed_for(user)
        return self.filter(listed(user) | Q(pk__in=self.model.objects.written_by(user).values("pk")))

    def with_addresses(self):
        """Load what the address of each text is made of: no query more."""
        return self.select_related("note", "meeting__series")

    def without_body(self):
        """Leave the text itself in the database: a list shows only the title."""
        return self.defer("body", "html", "vanished_anchors")


class Text(models.Model):
    """What somebody wrote: a note or the record of a meeting.

    Both share this table, beside a table for each, so that a passage belongs to one text and who may see it is
    said in one place. `published_at` alone decides what is published: empty is a draft, in the future is
    scheduled; nothing has to run for a text to appear.
    """

    title = models.CharField(max_length=255, blank=True)
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
        db_index=True,
        help_text="Empty: a draft, which only you and editors can open. A moment to come: it appears then by itself.",
    )
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYONE)
    was_published = models.BooleanField(default=False, editable=False)
    on = models.DateField(editable=False)  # the day it is listed under: week, publication or meeting

    objects = TextQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="texts_by_day")]
        permissions = [("read_every_draft", "Can open every draft")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.was_published = self.has_been_published
        super().save(*args, **kwargs)

    @property
    def whole(self):
        """The note or meeting that this text is (loaded by `with_addresses`)."""
        return getattr(self, "note", None) or self.meeting

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def has_been_published(self):
        """Whether it is or was published, so that people may have kept its address."""
        return self.was_published or self.is_published

    @property
    def state(self):
        """The state in a word: "draft", "scheduled" or "published"."""
        if self.published_at is None:
            return "draft"
        return "published" if self.is_published else "scheduled"

    def keep_former_address(self, address):
        """Let the address this text had lead to the one it has now."""
        if address != self.get_absolute_url():
            FormerAddress.objects.filter(path=self.get_absolute_url()).delete()
            FormerAddress.objects.update_or_create(path=address, defaults={"text": self})


class ChangeNote(models.Model):
    """What was changed in a text after it was published, and when: for its readers."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="change_notes")
    changed_on = models.DateField(default=timezone.localdate)
    words = models.CharField(max_length=255)

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
