"""What: projects, the people and partners in them, and the targets they work towards."""

from django.db import models
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from people.constraints import ends_after_it_starts
from people.models import Entry, OfDirectory, OfDirectoryQuerySet, Organisation, Person, TreeQuerySet
from projects.progress import Progress


class TaggedProject(OfDirectory, ItemBase):
    content_object = models.ForeignKey("Project", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_projects")

    objects = OfDirectoryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="project_has_a_tag_once")]


class ProjectQuerySet(TreeQuerySet):
    def with_places(self):
        """Load the programme and lead that a list of projects shows: no query more."""
        return self.select_related("part_of", "lead")

    def going_on(self):
        """Return those that somebody works on: active, and not retired."""
        return self.filter(state=Project.State.ACTIVE).exclude(phase=Project.Phase.RETIRED)


class Project(Entry):
    KIND = Entry.Kind.PROJECT
    INSTEAD_OF_DELETING = "If it is over, set its state to “finished” instead: what was written stays."

    class Category(models.TextChoices):
        PROJECT = "project"
        PROGRAMME = "programme"
        PRODUCT = "product"

    class Phase(models.TextChoices):
        DISCOVERY = "discovery"
        ALPHA = "alpha"
        BETA = "beta"
        LIVE = "live"
        RETIRED = "retired"

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        FINISHED = "finished"

    category = models.CharField(
        max_length=12,
        choices=Category,
        default=Category.PROJECT,
        help_text="A project ends, a product stays, a programme holds several of them.",
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The programme or project it belongs to.",
    )
    aim = models.TextField(blank=True, help_text="One sentence that somebody new understands.")
    phase = models.CharField(max_length=12, choices=Phase, blank=True, help_text="How far it is.")
    state = models.CharField(
        max_length=12,
        choices=State,
        default=State.ACTIVE,
        help_text="Nobody is asked about what is paused or finished.",
    )
    lead = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="leads", help_text="Who answers for it."
    )
    partners = models.ManyToManyField(Organisation, through="Partnership", related_name="projects")
    tags = TaggableManager(through=TaggedProject, blank=True, help_text="Separate tags with commas.")

    objects = ProjectQuerySet.as_manager()

    # Those a service goes through, one after the other.
    STEPS = [Phase.DISCOVERY, Phase.ALPHA, Phase.BETA, Phase.LIVE]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="project_is_not_part_of_itself",
                condition=~models.Q(part_of=models.F("entry_ptr")),
                violation_error_message="A project cannot be part of itself.",
            ),
        ]

    @property
    def steps(self):
        """The phases in order, each with its `name` and whether it `is_past` or `is_now`."""
        now = self.STEPS.index(self.phase) if self.phase in self.STEPS else len(self.STEPS)
        return [
            {"name": phase.label, "is_past": place < now, "is_now": place == now}
            for place, phase in enumerate(self.STEPS)
        ]


class Member(models.Model):
    """Somebody's part in a project, for as long as it lasted."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", help_text="Who works on it.")
    role = models.CharField(max_length=120, blank=True, help_text="Their part in it, such as “User research”.")
    started_on = models.DateField(null=True, blank=True, help_text="Since when, where it is known.")
    ended_on = models.DateField(null=True, blank=True, help_text="Until when. Empty while it goes on.")

    LISTED_ONCE = ["project", "person"]  # when people merge who both are: see people.merging

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_it_starts(
                "membership_ends_after_it_starts",
                "started_on",
                "ended_on",
                "“Ended on” is before “Started on”.",
            ),
        ]

    def __str__(self):
        return f"{self.person} in {self.project}"


class Partnership(models.Model):
    """An organisation that a project is done with."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", help_text="Who it is done with."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="partner_is_listed_once",
                violation_error_message="This partner is listed already.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} in {self.project}"


class Link(models.Model):
    """An address elsewhere that belongs to a project: its board, its service, its repository."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="links")
    title = models.CharField(max_length=120, help_text="Such as “The service”, “Board” or “Code”.")
    url = models.URLField("address", max_length=500, help_text="As you would paste it into a browser.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title


class Target(models.Model):
    """What a project promised, in a figure: "100 apprenticeships by September 2020"."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="targets", help_text="The project that promised it."
    )
    name = models.CharField(max_length=120, help_text="What is counted, such as “apprenticeships started”.")
    goal = models.DecimalField(max_digits=12, decimal_places=2, help_text="The figure that was promised.")
    unit = models.CharField(max_length=30, blank=True, help_text="Such as %, £ or people. Empty for a plain number.")
    lower_is_better = models.BooleanField(
        default=False, help_text="For what should fall, such as a cost: it is reached from above."
    )
    due_on = models.DateField(null=True, blank=True, help_text="By when. Empty where no day was promised.")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return f"{self.in_words(self.goal)} {self.name}"

    def in_words(self, number):
        """Return a figure with its unit, as people write it: 40, 40%, £40, 40 kg."""
        if self.unit in ("£", "€", "$"):
            return f"{self.unit}{plain(number)}"
        return f"{plain(number)}{'' if self.unit in ('', '%') else ' '}{self.unit}"

    @property
    def latest(self):
        """The newest reading, or None. It and the others below read all `readings`: prefetch them."""
        return next(iter(self.readings.all()), None)

    @property
    def is_met(self):
        if self.latest is None:
            return False
        return self.latest.value <= self.goal if self.lower_is_better else self.latest.value >= self.goal

    @property
    def progress(self):
        """How far it is, in whole percent from 0 to 100: of the goal, or of the way down to it from the start."""
        readings = list(self.readings.all())
        if self.is_met or not readings:
            return 100 if self.is_met else 0
        start = readings[-1].value if self.lower_is_better else 0
        if self.lower_is_better and start <= self.goal:
            return 0  # it was there, and went away from it
        share = (self.latest.value - start) / (self.goal - start) if self.goal != start else 0
        return min(int(100 * max(share, 0)), 99)

    @property
    def course(self):
        """Its readings as they are drawn."""
        return Progress(self)

    @property
    def is_overdue(self):
        return not self.is_met and self.due_on is not None and self.due_on < timezone.localdate()


class Reading(models.Model):
    """How far a target was on a day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="readings")
    read_on = models.DateField(help_text="The day the figure was true.")
    value = models.DecimalField(max_digits=12, decimal_places=2, help_text="How far it was on that day.")

    class Meta:
        ordering = ["-read_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "read_on"],
                name="target_is_read_once_a_day",
                violation_error_message="This target has a reading for that day already.",
            ),
        ]

    def __str__(self):
        return f"{self.in_words} on {self.read_on}"

    @property
    def in_words(self):
        return self.target.in_words(self.value)


def plain(number):
    """Return a decimal as people write it: 4,000, not 4000.00."""
    written = f"{number:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
