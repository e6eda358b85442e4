"""Passages and their mentions as plain data: offsets count characters in the passage's text."""

from notes import names
from people.models import Entry


def notes_with_mentions(notes):
    """Return a list of dictionaries, a note each, in the order of the queryset."""
    matcher = names.current()
    keys = {entry.pk: (entry.kind, entry.slug) for entry in Entry.objects.filter(kind__in=names.LINKED_KINDS)}
    notes = notes.select_related("source").prefetch_related("passages__mentions")
    return [
        {
            "note": note.slug,
            "source_file": note.source.file_name if hasattr(note, "source") else None,
            "passages": [
                {
                    "anchor": passage.anchor,
                    "kind": passage.kind,
                    "heading": passage.heading,
                    "text": passage.words,
                    "mentions": mentions_of(passage, matcher, keys),
                }
                for passage in note.passages.all()
            ],
        }
        for note in notes
    ]


def mentions_of(passage, matcher, keys):
    found = []
    for mention in passage.mentions.all():
        for start, end, how in mention.places:
            words = passage.words[start:end]
            entries = [mention.entry_id] if mention.entry_id else sorted(matcher.called(words))
            candidates = [keys[entry] for entry in entries if entry in keys]
            kinds = {kind for kind, _ in candidates}
            found.append(
                {
                    "start": start,
                    "end": end,
                    "text": words,
                    "kind": kinds.pop() if len(kinds) == 1 else None,
                    "key": candidates[0][1] if mention.entry_id else None,
                    "how": how,
                    "candidates": [slug for _, slug in candidates],
                }
            )
    return sorted(found, key=lambda mention: mention["start"])
