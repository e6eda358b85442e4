"""Weeknotes and posts."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from notes.models.parts import OfText, OfTextQuerySet
from notes.models.passages import Mention
from notes.models.texts import OwnWorkQuerySet, Text, TextQuerySet, title_is_needed
from notes.weeks import day_in_words, refuse_another_age, this_week, week_in_words
from people.constraints import IsMonday, ends_after_it_starts
from people.models import Person, Team
from people.slugs import free_slug
from projects.models import Project


class TaggedNote(OfText, ItemBase):
    content_object = models.ForeignKey("Note", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_notes")

    TEXT = "content_object_id"

    objects = OfTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="note_has_a_tag_once")]


OWN_WEEKNOTE = Q(is_extra=False, project__isnull=True, team__isnull=True)


class NoteQuerySet(TextQuerySet):
    def theirs(self, user):
        """Return the notes of which this user is the author or a co-author."""
        with_others = Coauthor.objects.filter(person__login=user).order_by().values("note")
        return self.filter(Q(author__login=user) | Q(pk__in=with_others))

    def with_links(self):
        """Load what a listing links to, in a fixed number of queries (3)."""
        return self.select_related("author", "project", "team").prefetch_related("coauthors", "tags")

    def by_how_much_they_name(self):
        """Order by how many people, projects and others are named in them, most first."""
        named = Mention.objects.filter(passage__text=OuterRef("pk")).order_by()
        counts = named.values("passage__text").annotate(count=Count("entry", distinct=True)).values("count")
        return self.order_by(Coalesce(Subquery(counts), 0).desc(), "-on", "-pk")

    def own_weeknotes(self):
        """Return the weeknotes of which an author has one a week: no extra ones, none on behalf of others."""
        return self.filter(OWN_WEEKNOTE, week__isnull=False)


class Note(Text):
    """A weeknote, which has a week, or a post, which has none."""

    author = models.ForeignKey(
        Person, models.PROTECT, related_name="notes", help_text="Whose note it is. Others may write it with them."
    )
    coauthors = models.ManyToManyField(Person, through="Coauthor", related_name="notes_with_others", blank=True)
    week = models.DateField(
        validators=[refuse_another_age],
        null=True,
        blank=True,
        db_index=True,
        help_text="The Monday of a weeknote's week. Leave empty for a post.",
    )
    is_extra = models.BooleanField(
        "one more for this week",
        default=False,
        help_text="You have written one for that week, and this is another.",
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name="on behalf of a project",
        help_text="The project whose weeknote this is. It stands beside your own of that week.",
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name="on behalf of a team",
        help_text="The team whose weeknote this is. A note is on behalf of one of the two.",
    )
    dated_on = models.DateField(editable=False)  # in the address: the week, or the day of publication
    slug = models.SlugField(
        max_length=80,
        blank=True,
        help_text="The last part of the address, made from the title when left empty. A changed one redirects.",
    )
    tags = TaggableManager(
        through=TaggedNote,
        blank=True,
        help_text="Separate tags with commas. Hashtags in the text need no tag here.",
    )

    objects = NoteQuerySet.as_manager()

    BESIDE = {"is_extra": True}  # when authors merge who both have one for a week: see people.merging

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="note_week_is_a_monday",
                condition=Q(week__isnull=True) | Q(IsMonday("week")),
                violation_error_message="A week begins on a Monday.",
            ),
            models.UniqueConstraint(
                fields=["author", "week"],
                condition=OWN_WEEKNOTE,
                name="one_weeknote_an_author_and_week",
                violation_error_message="This author has a weeknote for that week already (it may be a draft). "
                "Write on in that one, or tick “One more for this week”.",
            ),
            models.UniqueConstraint(
                fields=["dated_on", "slug"],
                name="note_address_is_its_own",
                violation_error_message="Another note of that day has this address already. Choose another slug.",
            ),
            models.CheckConstraint(
                name="note_is_on_behalf_of_one",
                condition=Q(project__isnull=True) | Q(team__isnull=True),
                violation_error_message="A note is on behalf of a project or of a team, not of both.",
            ),
        ]
        indexes = [models.Index(fields=["author", "-dated_on"], name="notes_by_author")]

    @property
    def kind(self):
        return "weeknote" if self.week else "post"

    def clean(self):
        """Give a weeknote without a title the usual one; a post needs its own."""
        if self.week and not self.title.strip():
            self.title = f"Weeknote {week_in_words(self.week)}"
        title_is_needed(self.title, "post")
        self.date(Note.objects.filter(pk=self.pk).first())

    def date(self, before):
        """Set the days that follow from the week or the publication; `before` is the note as it is stored, or None.

        The one in the address is frozen when the note is first published.
        """
        if before and before.has_been_published:
            self.was_published = True
            self.dated_on = before.dated_on
        elif self.week or self.published_at or not self.dated_on:
            self.dated_on = self.week or timezone.localdate(self.published_at)
        self.on = self.week or self.dated_on

    def save(self, *args, **kwargs):
        """Save it under an address of its own."""
        before = Note.objects.filter(pk=self.pk).first() if self.pk else None
        self.date(before)
        if not self.slug:
            others = Note.objects.filter(dated_on=self.dated_on).exclude(pk=self.pk)
            self.slug = free_slug(self.title, others, otherwise=self.kind)
        super().save(*args, before=before, **kwargs)
        if before and before.has_been_published:
            self.keep_former_address(before.get_absolute_url())

    def get_absolute_url(self):
        day = self.dated_on
        return reverse("notes:detail", args=[day.year, f"{day.month:02}", f"{day.day:02}", self.slug])


class Coauthor(OfText):
    note = models.ForeignKey(Note, models.CASCADE)
    person = models.ForeignKey(Person, models.PROTECT, help_text="Who wrote it too, and may change it.")

    TEXT = "note_id"
    NEEDLESS_BESIDE = "note__author"  # see people.merging

    objects = OfTextQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "person"],
                name="coauthor_is_listed_once",
                violation_error_message="This co-author is listed already.",
            ),
        ]

    def __str__(self):
        return str(self.person)


class BreakQuerySet(OwnWorkQuerySet):
    def theirs(self, user):
        return self.filter(person__login=user)

    def overlapping(self, starts_on, ends_on):
        """Return the breaks with a day from the first one until they are back; without `ends_on`, with any later."""
        later = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
        return later.filter(starts_on__lt=ends_on) if ends_on else later


class Break(models.Model):
    """A time without weeknotes: no gap, and nobody asks."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="breaks", help_text="Who writes no weeknote for a while."
    )
    starts_on = models.DateField(default=this_week, help_text="The first day.")
    ends_on = models.DateField("back on", null=True, blank=True, help_text="Empty while it is not known.")
    words = models.CharField(
        "in their own words",
        max_length=255,
        blank=True,
        help_text="Such as “Back on 2 March”. The week says it.",
    )

    objects = BreakQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ends_after_it_starts(
                "break_ends_after_it_starts", "starts_on", "ends_on", "“Back on” is before the break starts."
            ),
        ]

    def __str__(self):
        return f"{self.person}, from {day_in_words(self.starts_on)}"
