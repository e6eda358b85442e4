"""Rows that belong to a text: whoever changes one of them has changed the text."""

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from taggit.models import Tag

from notes.models.texts import Text
from people.models import DirectoryVersion


class OfTextQuerySet(models.QuerySet):
    """Each change says so of the texts: 2 queries more."""

    def keys_of_texts(self):
        return set(self.order_by().values_list(self.model.TEXT, flat=True))

    @transaction.atomic(savepoint=False)
    def update(self, **values):
        before = list(self.order_by().values_list("pk", self.model.TEXT))
        count = super().update(**values)
        after = self.model.objects.filter(pk__in=[key for key, _ in before])
        touch({text for _, text in before} | after.keys_of_texts())
        return count

    @transaction.atomic(savepoint=False)
    def delete(self):
        texts = self.keys_of_texts()
        gone = super().delete()
        touch(texts)
        return gone

    @transaction.atomic(savepoint=False)
    def bulk_create(self, objs, *args, **kwargs):
        made = super().bulk_create(objs, *args, **kwargs)
        touch({getattr(one, one.TEXT) for one in made})
        return made

    update.alters_data = delete.alters_data = bulk_create.alters_data = True


class OfText(models.Model):
    """A row of which `TEXT` says to which text it belongs."""

    TEXT = "meeting_id"

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        touch({getattr(self, self.TEXT)})

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs):
        text = getattr(self, self.TEXT)
        gone = super().delete(*args, **kwargs)
        touch({text})
        return gone


def touch(texts):
    """Say of texts, by primary key, that they were changed."""
    if texts:
        Text.objects.filter(pk__in=texts).touch()


@receiver([post_save, post_delete], sender=Tag)
def tag_is_called_otherwise(sender, created=False, **kwargs):
    """A tag has no model of ours that could say so: pages and feeds call it by a name that was there before."""
    if not created:
        DirectoryVersion.go_on(DirectoryVersion.TOLD)
