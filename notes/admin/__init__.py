from notes import renaming
from notes.admin import meetings, notes, sections

__all__ = ["meetings", "notes", "renaming", "sections"]  # renaming listens to the desks of names
