"""Which tags a reader is told of, and tags that become one."""

from django.db.models import Exists, OuterRef, Q
from taggit.models import Tag

from notes.models import FormerTag, TaggedNote, TaggedPassage
from notes.models.texts import listed
from people.merging import Merging


def tags_shown_to(user):
    """Return the tags of projects, notes and passages that this user sees: a tag of drafts only is not told."""
    passages = TaggedPassage.objects.filter(listed(user, "content_object__"), tag=OuterRef("pk"))
    notes = TaggedNote.objects.filter(listed(user, "content_object__"), tag=OuterRef("pk"))
    return Tag.objects.filter(Exists(passages) | Exists(notes) | Q(tagged_projects__isnull=False)).distinct()


class TagMerging(Merging):
    """Of two tags: the address and the hashtag of the one that goes then lead to the one that is kept."""

    former_slugs = FormerTag, "tag", {}
