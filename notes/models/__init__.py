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
from notes.models.names import NameChoice, Question, Waiting
from notes.models.notes import Break, Coauthor, Note, TaggedNote
from notes.models.passages import FormerTag, Mention, Passage, Reference, TaggedPassage, Thanks
from notes.models.search import SearchText
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
    "FormerTag",
    "Meeting",
    "MeetingProject",
    "MeetingSeries",
    "Mention",
    "NameChoice",
    "Note",
    "Passage",
    "Question",
    "Reference",
    "SearchText",
    "Section",
    "SectionHeading",
    "Source",
    "TaggedNote",
    "TaggedPassage",
    "Text",
    "Thanks",
    "Waiting",
    "outcome_about",
]
