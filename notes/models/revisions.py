"""What is said of a text when it is changed, in whatever way: so that feeds and calendars know what is new."""

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from people.models import DirectoryVersion

# Of whom a text is seen, and since when. Its passages say the same, so that a list of them asks no text: see `store`.
SEEN_BY = ("published_at", "audience", "withdrawn_at")


class RevisedQuerySet(models.QuerySet):
    """Rows that say when they were changed, also where many are changed at once."""

    @transaction.atomic(savepoint=False)
    def update(self, **values):
        """Change rows as one revision more of each."""
        said = {"changed_at": timezone.now(), "revision": F("revision") + 1}
        count = super().update(**said | values)
        if values.keys() & set(SEEN_BY):
            it_may_be_gone()
        return count

    @transaction.atomic(savepoint=False)
    def delete(self):
        gone = super().delete()
        it_may_be_gone()
        return gone

    update.alters_data = delete.alters_data = True

    def touch(self):
        """Say of each that somebody changed what belongs to it, such as an action: 1 query."""
        return self.update(edited_at=timezone.now())


class Revised(models.Model):
    """A row that counts its revisions. See notes.freshness, which relies on it."""

    edited_at = models.DateTimeField(default=timezone.now, editable=False)  # when somebody changed what it says
    changed_at = models.DateTimeField(default=timezone.now, editable=False)  # or when its links followed a name
    revision = models.PositiveIntegerField(default=1, editable=False)  # one more with each change

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)
    def save(self, *args, before=None, **kwargs):
        """Save it as one revision more; `before` is the row as it is stored, or None."""
        self.edited_at = self.changed_at = timezone.now()
        self.revision = 1 if self._state.adding else F("revision") + 1
        super().save(*args, **kwargs)
        del self.revision  # the database knows it
        if before and before.was_seen_by_more_than(self):
            it_may_be_gone()

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        it_may_be_gone()
        return gone


def it_may_be_gone():
    """Say that somebody may no longer see what they saw: there is nothing left of it that could say so."""
    DirectoryVersion.go_on(DirectoryVersion.TOLD)
