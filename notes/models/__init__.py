from notes.models.meetings import (
    Action,
    ActionChange,
    Attendance,
    Decision,
    Meeting,
    MeetingProject,
    MeetingSeries,
    outcome_about,
)
from notes.models.notes import Break, Coauthor, NameChoice, Note, TaggedNote
from notes.models.passages import Mention, Passage, Reference, TaggedPassage
from notes.models.sections import Section, SectionHeading
from notes.models.texts import Attachment, ChangeNote, FormerAddress, Source, Text

__all__ = [
    "Action",
    "ActionChange",
    "Attachment",
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
    "Reference",
    "Section",
    "SectionHeading",
    "Source",
    "TaggedNote",
    "TaggedPassage",
    "Text",
    "outcome_about",
]
