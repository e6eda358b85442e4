"""How a note begins: what a list shows below its title."""

from collections import defaultdict

from notes.models import Passage

EARLY = 5  # what comes later is no opening
ENOUGH = 360  # characters: with as many, no further paragraph is taken
LONGEST = 1_000  # of them are shown at most


def with_openings(notes):
    """Return a list of notes, each with its `opening`, the words of its first paragraphs, or "": 1 query."""
    notes = list(notes)
    openings = defaultdict(str)
    early = Passage.objects.filter(
        text__in=[note.pk for note in notes], kind=Passage.Kind.PARAGRAPH, heading="", position__lte=EARLY
    )
    for text, words in early.order_by("text", "position").values_list("text", "words"):
        if len(openings[text]) < ENOUGH:
            openings[text] = f"{openings[text]} {words}".strip()[:LONGEST]
    for note in notes:
        note.opening = openings[note.pk]
    return notes
