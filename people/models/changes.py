"""What happened to the directory: its version, and which entries became one."""

from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone


class DirectoryVersion(models.Model):
    """A row with a stamp that is another, within the same transaction, whenever what texts link to changes.

    Whoever changes the directory waits for its row, so no change is committed without a stamp of its own: what was
    built of a version is right as long as the stamp is the same, in every process. It is no number that goes up, as
    a transaction that is rolled back would let two versions have the same.

    What was settled of names has a row of its own: each text asks for it anew, so that nothing has to be built again.
    Who changes both changes the directory first, so that no two wait for each other. The third is of what readers are
    told no longer, or in another spelling, where nothing else would say so: it is changed last of all.
    """

    DIRECTORY, CHOICES, TOLD = 1, 2, 3  # the primary keys of the rows

    stamp = models.UUIDField(default=uuid4)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.stamp)

    @classmethod
    def go_on(cls, row=DIRECTORY):
        if not cls.objects.filter(pk=row).update(stamp=uuid4(), changed_at=timezone.now()):
            cls.objects.get_or_create(pk=row)

    @classmethod
    def now(cls):
        """Return the stamp of the directory: 1 query."""
        return cls.objects.filter(pk=cls.DIRECTORY).values_list("stamp", flat=True).first()

    @classmethod
    def with_choices(cls):
        """Return {row: stamp} of all that links depend on: 1 query."""
        return dict(cls.objects.values_list("pk", "stamp"))


class OfDirectoryQuerySet(models.QuerySet):
    """Rows by which texts are linked: whatever changes them raises the version they are of."""

    @transaction.atomic
    def update(self, **kwargs):
        DirectoryVersion.go_on(self.model.version)
        return super().update(**kwargs)

    @transaction.atomic
    def delete(self):
        DirectoryVersion.go_on(self.model.version)
        return super().delete()

    @transaction.atomic
    def bulk_create(self, *args, **kwargs):
        DirectoryVersion.go_on(self.model.version)
        return super().bulk_create(*args, **kwargs)

    update.alters_data = delete.alters_data = bulk_create.alters_data = True


class OfDirectory(models.Model):
    """A row by which texts are linked."""

    version = DirectoryVersion.DIRECTORY  # or the other row of that model

    objects = OfDirectoryQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        DirectoryVersion.go_on(self.version)
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        DirectoryVersion.go_on(self.version)
        return super().delete(*args, **kwargs)


class Merge(models.Model):
    """Two entries of the directory, or two tags, became one: what moved, by every id, so that it can be undone."""

    TAG = "tag"

    kind = models.CharField(max_length=20)  # one of Entry.Kind, or TAG
    kept = models.PositiveBigIntegerField()  # the primary key of what is left
    kept_name = models.CharField(max_length=120)  # as it was called then
    gone = models.PositiveBigIntegerField()  # the primary key of what went into it, which it has again when undone
    gone_name = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="merges"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=dict)  # see people.merging

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["kind", "kept"], name="merges_by_what_is_left")]

    def __str__(self):
        return f"{self.gone_name} into {self.kept_name}"
