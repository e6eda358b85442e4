"""Passages and their mentions as plain data: offsets count characters in the passage's text."""

from notes import names
from notes.found import SUGGESTED
from notes.matcher import LINKED_KINDS
from people.models import Entry


def notes_with_mentions(notes):
    """Return a list of dictionaries, a note each, in the order of the queryset."""
    matcher = names.current()
    keys = {entry.pk: (entry.kind, entry.slug) for entry in Entry.objects.filter(kind__in=LINKED_KINDS)}
    notes = notes.select_related("source").prefetch_related("passages__mentions", "passages__questions")
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
    said = [
        (start, end, how, mention.entry_id)
        for mention in passage.mentions.all()
        for start, end, how in mention.places
    ]
    said += [(start, end, SUGGESTED, None) for question in passage.questions.all() for start, end in question.places]
    return [
        {"start": start, "end": end, **describe(passage.words[start:end], entry, matcher, keys), "how": how}
        for start, end, how, entry in sorted(said, key=lambda one: one[:2])
    ]


def describe(words, entry, matcher, keys):
    entries = [entry] if entry else sorted(matcher.perhaps(words))
    candidates = [keys[entry] for entry in entries if entry in keys]
    kinds = {kind for kind, _ in candidates}
    return {
        "text": words,
        "kind": kinds.pop() if len(kinds) == 1 else None,
        "key": candidates[0][1] if entry else None,
        "candidates": [slug for _, slug in candidates],
    }
