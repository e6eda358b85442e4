from notes.models.meetings import (
    Action,
    ActionChange,
    Attendance,
    Decision,
    Meeting,
    MeetingProject,
    MeetingSeries,
)
from notes.models.notes import Break, Coauthor, NameChoice, Note, TaggedNote
from notes.models.passages import Mention, Passage, TaggedPassage
from notes.models.texts import ChangeNote, FormerAddress, Source, Text

__all__ = [
    "Action",
    "ActionChange",
    "Attendance",
    "Break",
    "ChangeNote",
    "Coauthor",
    "Decision",
    "FormerAddress",
    "Meeting",
    "MeetingProject",
    "MeetingSeries",
    "Mention",
    "NameChoice",
    "Note",
    "Passage",
    "Source",
    "TaggedNote",
    "TaggedPassage",
    "Text",
]
