from people.models.changes import DirectoryVersion, Merge, OfDirectory, OfDirectoryQuerySet
from people.models.entries import Alias, Entry, EntryQuerySet, FormerSlug, TreeQuerySet, names_changed, words_of
from people.models.people import Organisation, Person, Team

__all__ = [
    "Alias",
    "DirectoryVersion",
    "Entry",
    "EntryQuerySet",
    "FormerSlug",
    "Merge",
    "OfDirectory",
    "OfDirectoryQuerySet",
    "Organisation",
    "Person",
    "Team",
    "TreeQuerySet",
    "names_changed",
    "words_of",
]
