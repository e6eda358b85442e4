from notes import renaming
from notes.admin import meetings, notes

__all__ = ["meetings", "notes", "renaming"]  # renaming listens to the desks of names
