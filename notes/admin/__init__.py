from notes import renaming
from notes.admin import meetings, names, notes, sections, tags, waiting

__all__ = [
    "meetings",
    "names",
    "notes",
    "renaming",
    "sections",
    "tags",
    "waiting",
]  # renaming listens to the desks of names
