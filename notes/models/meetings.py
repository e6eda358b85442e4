"""Meetings, what they decide and what they ask people to do."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from notes.models.parts import OfText, OfTextQuerySet
from notes.models.texts import OwnWorkQuerySet, Text, TextQuerySet, listed, title_is_needed
from notes.search.stems import stem_line
from notes.weeks import day_in_words, refuse_another_age
from people.models import Entry, Person
from people.slugs import free_slug
from projects.models import Project

FEED = "feed"


class MeetingSeries(Entry):
    KIND = Entry.Kind.MEETING_SERIES
    INSTEAD_OF_DELETING = "Its meetings would go with it. Rename it instead, or delete its meetings first."

    about = models.TextField(blank=True, help_text="What it is for, and who comes. Its page says it.")

    class Meta:
        verbose_name_plural = "meeting series"

    def save(self, *args, **kwargs):
        """Keep it off the address of the feed of all meetings."""
        if slugify(self.slug or self.name) == FEED:
            self.slug = free_slug(f"{FEED}-meetings", MeetingSeries.objects.exclude(pk=self.pk), otherwise=FEED)
        super().save(*args, **kwargs)


class MeetingQuerySet(TextQuerySet):
    def theirs(self, user):
        """Return the meetings that this user chairs or was at: whoever was there may write them up."""
        was_at = Attendance.objects.filter(person__login=user, sent_apologies=False).order_by().values("meeting")
        return self.filter(Q(chair__login=user) | Q(pk__in=was_at))

    def with_links(self):
        """Load what a listing links to, in a fixed number of queries (2)."""
        return self.select_related("series", "chair").prefetch_related("projects")


class Meeting(Text):
    """One meeting: of a series, or on its own and then with a title."""

    series = models.ForeignKey(
        MeetingSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        help_text="Empty for a meeting on its own, which then needs a title.",
    )
    held_on = models.DateField(
        "date",
        default=timezone.localdate,
        validators=[refuse_another_age],
        help_text="The day it is held. It is part of the address; an old one redirects.",
    )
    start_time = models.TimeField("from", null=True, blank=True, help_text="Such as 10:00.")
    end_time = models.TimeField("until", null=True, blank=True, help_text="Such as 11:30.")
    place = models.CharField(max_length=150, blank=True, help_text="A room, or the address of a call.")
    chair = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_chaired",
        help_text="Who leads it. The chair, and whoever was there, may write it up.",
    )
    people = models.ManyToManyField(Person, through="Attendance", related_name="meetings", blank=True)
    projects = models.ManyToManyField(Project, through="MeetingProject", related_name="meetings", blank=True)
    slug = models.SlugField(max_length=80, blank=True, editable=False)  # the last part of the address

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "slug"],
                condition=Q(series__isnull=False),
                name="meeting_of_a_series_has_an_address",
            ),
            models.UniqueConstraint(
                fields=["held_on", "slug"],
                condition=Q(series__isnull=True),
                name="meeting_on_its_own_has_an_address",
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(start_time__isnull=True)
                | Q(end_time__isnull=True)
                | Q(end_time__gt=models.F("start_time")),
                violation_error_message="The meeting ends before it starts.",
            ),
        ]

    def __str__(self):
        return self.title or f"{self.series}, {day_in_words(self.held_on)}"

    kind = "meeting"
    author = None  # nobody alone: a meeting's passages have no author

    def clean(self):
        if not self.series:
            title_is_needed(self.title, "meeting, or a series,")

    def save(self, *args, **kwargs):
        """Save it under an address of its own, which follows the date."""
        before = Meeting.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or (before.series_id, before.held_on) != (self.series_id, self.held_on):
            others = Meeting.objects.filter(series=self.series).exclude(pk=self.pk)
            if self.series_id:
                self.slug = free_slug(self.held_on.isoformat(), others, otherwise="meeting")
            else:
                self.slug = free_slug(self.title, others.filter(held_on=self.held_on), otherwise="meeting")
        self.on = self.held_on
        self.was_published = self.was_published or bool(before and before.has_been_published)
        super().save(*args, before=before, **kwargs)
        if before and before.has_been_published:
            self.keep_former_address(before.get_absolute_url())

    def get_absolute_url(self):
        if self.series_id:
            return reverse("meetings:detail", args=[self.series.slug, self.slug])
        return reverse("meetings:detail", args=[self.held_on.isoformat(), self.slug])


class Attendance(OfText):
    """Somebody who was at a meeting, or sent apologies."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", help_text="Who was asked.")
    sent_apologies = models.BooleanField(default=False, help_text="They could not come, and said so.")

    objects = OfTextQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_is_listed_once",
                violation_error_message="This person is listed already.",
            ),
        ]

    def __str__(self):
        return str(self.person)


class MeetingProject(OfText):
    meeting = models.ForeignKey(Meeting, models.CASCADE)
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        help_text="What the meeting was about. If it is the only one, its decisions and actions are of it.",
    )

    objects = OfTextQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "project"],
                name="project_of_a_meeting_is_listed_once",
                violation_error_message="This project is listed already.",
            ),
        ]

    def __str__(self):
        return str(self.project)


def outcome_about(projects):
    """Return the condition that an outcome is about one of them: it says so, or its meeting was about no other."""
    others = MeetingProject.objects.filter(meeting=OuterRef("meeting")).exclude(project__in=projects)
    alone = MeetingProject.objects.filter(~Exists(others), project__in=projects)
    return Q(project__in=projects) | Q(project__isnull=True, meeting__in=alone.order_by().values("meeting"))


class OutcomeQuerySet(OfTextQuerySet):
    def listed_for(self, user):
        """Return the outcomes of the meetings that are listed for this user."""
        return self.filter(listed(user, "meeting__"))

    def newest_first(self):
        return self.order_by("-meeting__on", "-meeting", "pk")

    def about(self, project):
        return self.filter(outcome_about([project]))

    def with_links(self):
        """Load what a list of outcomes links to: no query more."""
        return self.select_related("meeting__series", "project").defer(
            "stems", "meeting__body", "meeting__html", "meeting__vanished_anchors"
        )


class Outcome(OfText):
    """What decisions and actions share: their words, and what search compares of them."""

    stems = models.TextField(default="", editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.stems = stem_line(self.words)
        super().save(*args, **kwargs)


class Decision(Outcome):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    words = models.TextField("what was decided", help_text="In one sentence that can be quoted alone.")
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="Empty: the one that the words name, else the one the meeting was about if it was about one only.",
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.words


class ActionQuerySet(OutcomeQuerySet, OwnWorkQuerySet):
    def theirs(self, user):
        """Return the actions that this user owns, or that a meeting asked for which they may write up."""
        return self.filter(Q(owner__login=user) | Q(meeting__in=Meeting.objects.theirs(user).order_by().values("pk")))

    def open(self):
        return self.filter(state=Action.State.OPEN)

    def mine(self, user):
        return self.filter(owner__login=user)

    def with_links(self):
        """Load what a list of actions says and links to, also when each came into its state: no query more."""
        latest = ActionChange.objects.filter(action=OuterRef("pk"), state=OuterRef("state")).order_by("-pk")
        changed_at = Subquery(latest.values("changed_at")[:1])
        return super().with_links().select_related("owner").annotate(changed_at=changed_at)


class Action(Outcome):
    """What one person will do, and by when."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="actions", help_text="The meeting that asked for it."
    )
    words = models.CharField("what", max_length=255, help_text="What will be done, such as “Ring the panel”.")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="actions", help_text="One person, who sees to it.")
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        help_text="Empty: the one that the words name, else the one the meeting was about if it was about one only.",
    )
    due_on = models.DateField("due", null=True, blank=True, help_text="By when. Empty where no day was agreed.")
    state = models.CharField(
        max_length=8,
        choices=State,
        default=State.OPEN,
        help_text="While it is open it comes back on the next meeting of the series.",
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["project", "state"]),
            models.Index(fields=["state", "due_on"]),
        ]

    def __str__(self):
        return self.words

    def save(self, *args, changed_by=None, **kwargs):
        """Save it, and write down its state when that is new: the row's history, and who changed it."""
        before = Action.objects.filter(pk=self.pk).values_list("state", flat=True).first() if self.pk else None
        super().save(*args, **kwargs)
        if before != self.state:
            self.changes.create(state=self.state, changed_by=changed_by)

    @property
    def is_overdue(self):
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < timezone.localdate()


class ActionChange(models.Model):
    """A state that an action came into."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="changes")
    state = models.CharField(max_length=8, choices=Action.State)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.get_state_display()
