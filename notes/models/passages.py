"""What a text is cut into, and whom and what each piece names."""

from django.db import models
from django.db.models import F, Q
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from notes.models.sections import LONGEST_KEY
from notes.models.texts import Audience, OwnWorkQuerySet, Text, listed
from people.models import Entry, Person


class TaggedPassage(ItemBase):
    """A hashtag in a passage that names no project."""

    content_object = models.ForeignKey("Passage", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_passages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="passage_has_a_tag_once")]


class FormerTag(models.Model):
    """The address of a tag that went into another: it redirects, and a hashtag that says it gives the other."""

    slug = models.SlugField(max_length=100, unique=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return self.slug


class PassageQuerySet(models.QuerySet):
    def listed_for(self, user):
        """Return the passages of the texts that are listed for this user."""
        return self.filter(listed(user))

    def with_links(self):
        """Load what a timeline links to: no query more."""
        return self.select_related("author", "text__note", "text__meeting__series").defer(
            "stems", "text__body", "text__html", "text__vanished_anchors"
        )


class Passage(models.Model):
    """A paragraph or bullet of a text, or another piece that is read at once."""

    class Kind(models.TextChoices):
        TITLE = "title"
        HEADING = "heading"
        PARAGRAPH = "paragraph"
        ITEM = "item", "list item"
        QUOTATION = "quotation"
        TABLE = "table"
        IMAGE = "image"

    HEADINGS = (Kind.TITLE, Kind.HEADING)

    text = models.ForeignKey(Text, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    anchor = models.CharField(max_length=16)  # stays with the passage however it is edited or moved
    heading = models.TextField(blank=True)  # the one it stands under
    heading_key = models.CharField(max_length=LONGEST_KEY, blank=True)  # by which sections find it
    trail = models.JSONField(default=list)  # the words of the bullets it stands under, outermost first
    words = models.TextField()  # what it says, without markup; the places of its mentions count in this
    html = models.TextField(blank=True)  # for showing it outside its text: links in, ids out
    stems = models.TextField(default="", editable=False)  # of its words, as search compares them: " a b c "
    on = models.DateField()  # the day of its text
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="passages_written")
    published_at = models.DateTimeField(null=True, blank=True)  # this and the next two are of its text
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYONE)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    entries = models.ManyToManyField(Entry, through="Mention", related_name="passages")
    tags = TaggableManager(through=TaggedPassage, blank=True)

    objects = PassageQuerySet.as_manager()

    FOLLOWS_FROM_TEXTS = ["author"]  # see people.splitting

    class Meta:
        ordering = ["text", "position"]
        constraints = [models.UniqueConstraint(fields=["text", "anchor"], name="anchor_is_unique_in_its_text")]
        indexes = [
            models.Index(fields=["text", "position"]),
            models.Index(fields=["-on", "-text", "position"], name="passages_by_day"),
            models.Index(fields=["author", "-on"], name="passages_by_author"),
            models.Index(fields=["heading_key", "-on"], name="passages_by_heading", condition=Q(heading_key__gt="")),
        ]

    def __str__(self):
        return self.words[:80]

    def get_absolute_url(self):
        return f"{self.source.get_absolute_url()}#{self.anchor}"

    @property
    def alone(self):
        """It as a run of passages of its text, for where its neighbours are of other texts."""
        return [self]

    @property
    def source(self):
        """The note or meeting it is from (loaded by `with_links`)."""
        return self.text.whole


class Mention(models.Model):
    """A passage names an entry."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="mentions")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mentions")
    on = models.DateField()  # the passage's day: a week's mentions are found by it, and an entry's last one
    places = models.JSONField()  # a list of [start, end, how] in the passage's words; how is one of notes.found

    FOLLOWS_FROM_TEXTS = ["entry"]  # see people.splitting

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["passage", "entry"], name="entry_is_mentioned_once_a_passage")]
        indexes = [
            models.Index(fields=["entry", "-on", "passage"], name="mentions_by_day"),
            models.Index(fields=["-on", "entry"], name="mentions_of_a_week"),
        ]

    def __str__(self):
        return f"{self.entry} in {self.passage}"

    def join(self, other):
        """Take over the places in which the same passage names an entry that merges into this one."""
        self.places = sorted([*self.places, *other.places])


class ThanksQuerySet(OwnWorkQuerySet):
    def theirs(self, user):
        """Return the thanks this user was given."""
        return self.filter(person__login=user) if user.is_authenticated else self.none()

    def listed_for(self, user):
        """Return the thanks in the texts that are listed for this user, but for those that were hidden."""
        return self.filter(listed(user, "passage__"), is_hidden=False)

    def hidden_for(self, user):
        """Return the hidden thanks that this user was given: nobody else is shown them, not even editors."""
        return self.theirs(user).filter(listed(user, "passage__"), is_hidden=True)

    def with_links(self):
        """Load what a list of thanks links to: no query more. The newest first."""
        return (
            self.select_related("passage__author", "passage__text__note", "passage__text__meeting__series")
            .defer("passage__text__body", "passage__text__html", "passage__text__vanished_anchors")
            .annotate(on=F("passage__on"))
            .order_by("-on", "-pk")
        )


class Thanks(models.Model):
    """A passage thanks somebody, or says well done to them. They may keep it to themselves."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="thanks")
    is_hidden = models.BooleanField(default=False)  # by whom it thanks: then their page shows it to nobody else

    FOLLOWS_FROM_TEXTS = ["person"]  # see people.splitting

    objects = ThanksQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "thanks"
        constraints = [models.UniqueConstraint(fields=["passage", "person"], name="person_is_thanked_once_a_passage")]

    def __str__(self):
        return f"{self.person}: {self.passage}"

    def join(self, other):
        """Stay hidden where those to whom the passage gives thanks merge, and one of them hid it."""
        self.is_hidden = self.is_hidden or other.is_hidden


class Reference(models.Model):
    """A passage links to the address of another note or meeting: what links where is known from both ends."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="references")
    text = models.ForeignKey(Text, models.CASCADE, related_name="references")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["passage", "text"], name="text_is_linked_once_a_passage")]

    def __str__(self):
        return f"{self.passage} to {self.text}"
