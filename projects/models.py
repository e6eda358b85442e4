"""What: projects, the people and partners in them, and the targets they work towards."""

from django.db import models
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from people.constraints import ends_after_it_starts
from people.models import Entry, EntryQuerySet, Organisation, Person


class TaggedProject(ItemBase):
    content_object = models.ForeignKey("Project", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_projects")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="project_has_a_tag_once")]


class ProjectQuerySet(EntryQuerySet):
    def with_places(self):
        """Load the programme and lead that a list of projects shows: no query more."""
        return self.select_related("part_of", "lead")


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

    category = models.CharField(max_length=12, choices=Category, default=Category.PROJECT)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    aim = models.TextField(blank=True, help_text="One sentence that somebody new understands.")
    phase = models.CharField(max_length=12, choices=Phase, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    lead = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="leads")
    partners = models.ManyToManyField(Organisation, through="Partnership", related_name="projects")
    tags = TaggableManager(through=TaggedProject, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="project_is_not_part_of_itself",
                condition=~models.Q(part_of=models.F("entry_ptr")),
                violation_error_message="A project cannot be part of itself.",
            ),
        ]


class Member(models.Model):
    """Somebody's part in a project, for as long as it lasted."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=120, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

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
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")

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
    title = models.CharField(max_length=120)
    url = models.URLField("address", max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title


class Target(models.Model):
    """What a project promised, in a figure: "100 apprenticeships by September 2020"."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="targets")
    name = models.CharField(max_length=120, help_text="What is counted, such as “apprenticeships started”.")
    goal = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=30, blank=True, help_text="Such as %, £ or people. Empty for a plain number.")
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return f"{plain(self.goal)}{self.unit if self.unit == '%' else ''} {self.name}"


class Reading(models.Model):
    """How far a target was on a day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="readings")
    read_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)

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
        return f"{plain(self.value)} on {self.read_on}"


def plain(number):
    """Return a decimal as people write it: 40, not 40.00."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else str(number)
