"""Which tags a reader is told of."""

from django.db.models import Exists, OuterRef, Q
from taggit.models import Tag

from notes.models import Note, Passage, TaggedNote, TaggedPassage


def tags_shown_to(user):
    """Return the tags of projects, notes and passages that this user sees: a tag of drafts only is not told."""
    passages = TaggedPassage.objects.filter(tag=OuterRef("pk"), content_object__in=Passage.objects.listed_for(user))
    notes = TaggedNote.objects.filter(tag=OuterRef("pk"), content_object__in=Note.objects.listed_for(user))
    return Tag.objects.filter(Exists(passages) | Exists(notes) | Q(tagged_projects__isnull=False)).distinct()
