"""Bring a corpus in through the real way of a text, in several processes, in the order in which it is made.

Each process composes a batch on its own; the batches are stored one after the other, so that rows have the same
primary keys each time. A batch is one transaction, for which alone it is not `notes.writing.write` that is called.
"""

import multiprocessing
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import islice

from django.db import connections, transaction
from taggit.models import Tag
from tqdm import tqdm

from notes import names
from notes.directory import bring_in
from notes.markdown import clean
from notes.models import (
    Action,
    ActionChange,
    Attendance,
    Coauthor,
    Decision,
    Meeting,
    MeetingProject,
    MeetingSeries,
    Note,
    TaggedNote,
)
from notes.outcomes import projects_named
from notes.passages import SPACES
from notes.search.stems import stem_line
from notes.weeks import friday_of, midday, week_of
from notes.writing import compose, store
from people.models import Person
from projects.models import Project

BATCH = 50  # texts; see LATER in tests.bench.notes
OF_DIRECTORY = ("organisations", "teams", "people", "projects", "meeting_series")


def load(directory, texts, total, *, processes):
    """Bring in a directory and then texts, oldest first, of which there are `total`."""
    add_directory(directory)
    connections.close_all()
    context = multiprocessing.get_context("fork")
    turn = context.Condition(), context.Value("l", 0)
    batches = iter(partial(next_batch, iter(texts)), [])
    with context.Pool(processes, begin, [turn]) as pool, tqdm(total=total, unit="text", mininterval=5) as bar:
        for count in pool.imap(write_batch, enumerate(batches)):
            bar.update(count)


def next_batch(texts):
    return list(islice(texts, BATCH))


def add_directory(directory):
    """Bring in who and what there is. A person or project may be a name only."""
    said = {
        kind: [one if isinstance(one, dict) else {"name": one} for one in directory.get(kind, ())]
        for kind in OF_DIRECTORY
    }
    report = bring_in(said)
    for doubt in report.doubts:
        sys.stdout.write(f"{doubt}\n")
    for tag in directory.get("tags", ()):
        Tag.objects.get_or_create(name=tag)


@dataclass
class Known:
    """What a process knows of the directory, by name: read once."""

    turn: tuple
    matcher: object = None
    people: dict = field(default_factory=dict)
    projects: dict = field(default_factory=dict)
    series: dict = field(default_factory=dict)
    tags: dict = field(default_factory=dict)

    def read(self):
        self.matcher = names.current()
        for kept, model in ((self.people, Person), (self.projects, Project), (self.series, MeetingSeries)):
            for entry in model.objects.all():
                kept[entry.name] = kept[entry.slug] = entry
        self.tags = {tag.name: tag for tag in Tag.objects.all()}

    def tag(self, name):
        if name not in self.tags:
            self.tags[name], _ = Tag.objects.get_or_create(name=name)
        return self.tags[name]


known = None


def begin(turn):
    global known  # noqa: PLW0603 - one for each process
    known = Known(turn)


def write_batch(numbered):
    """Compose the texts of one batch, wait for its turn, and store them; return how many there were."""
    number, batch = numbered
    changed, turn = known.turn
    try:
        if known.matcher is None:
            known.read()
        made = [composed(said) for said in batch]
        with changed:
            changed.wait_for(lambda: turn.value in (number, -1))
        if turn.value == -1:
            return 0
        with transaction.atomic():
            for text, sheet, _, _ in made:
                text.html, text.vanished_anchors = sheet.html, sheet.vanished
                text.save()
                store(text, sheet)
            add_what_belongs([(text, said, outcomes) for text, _, said, outcomes in made])
    except BaseException:
        with changed:
            turn.value = -1
            changed.notify_all()
        raise
    with changed:
        turn.value = number + 1
        changed.notify_all()
    return len(batch)


def composed(said):
    text = text_of(said)
    return text, compose(text, known.matcher), said, outcomes_of(said)


def text_of(said):
    """Return the note or meeting of one line, unsaved. Nobody is to come upon what is scheduled for ten years on."""
    day = date.fromisoformat(said["date"])
    state, kind = said.get("state", "published"), said.get("kind", "weeknote")
    text = meeting_of(said, day) if kind == "meeting" else note_of(said, day, kind)
    text.title, text.body = SPACES.sub(" ", clean(said.get("title", ""))).strip(), clean(said["md"])
    text.audience = said.get("audience", "everyone")
    moment = friday_of(week_of(day)) if kind == "weeknote" else midday(day)
    if state != "draft":
        text.published_at = moment + timedelta(days=3_650) if state == "scheduled" else moment
    if state == "withdrawn":
        text.withdrawn_at = moment + timedelta(days=30)
    return text


def note_of(said, day, kind):
    """Return a note; a second weeknote of an author for a week is an extra one."""
    author, project = known.people[said["author"]], known.projects.get(said.get("project"))
    note = Note(author=author, project=project, slug=said.get("slug", ""), is_extra=said.get("is_extra", False))
    note.week = week_of(day) if kind == "weeknote" else None
    return note


def meeting_of(said, day):
    return Meeting(
        series=known.series.get(said.get("series")), held_on=day, chair=known.people.get(said.get("chair"))
    )


def outcomes_of(said):
    """Return the decisions and actions of a meeting, each with its project: the one it says, or its words name."""
    decisions = [{"words": words} for words in said.get("decisions", ())]
    found = []
    for model, outcomes in ((Decision, decisions), (Action, said.get("actions", ()))):
        for one in outcomes:
            project, named = known.projects.get(one.get("project")), projects_named(one["words"], known.matcher)
            outcome = model(words=one["words"], stems=stem_line(one["words"]), project=project)
            if project is None and len(named) == 1:
                outcome.project_id = named.pop()
            if model is Action:
                outcome.owner, outcome.state = known.people[one["owner"]], one["state"]
                outcome.due_on = date.fromisoformat(one["due_on"])
            found.append(outcome)
    return found


def add_what_belongs(made):
    """Add what is listed with the texts of a batch: in a query or two for each sort."""
    rows = {model: [] for model in (TaggedNote, Coauthor, Attendance, MeetingProject, Decision, Action)}
    for text, said, outcomes in made:
        for tag in said.get("tags", ()):
            rows[TaggedNote].append(TaggedNote(content_object=text, tag=known.tag(tag)))
        for name in said.get("coauthors", ()):
            if name != said["author"]:
                rows[Coauthor].append(Coauthor(note=text, person=known.people[name]))
        for name in [*said.get("attended", ()), *said.get("apologies", ())]:
            sent = name in said["apologies"]
            rows[Attendance].append(Attendance(meeting=text, person=known.people[name], sent_apologies=sent))
        for name in said.get("projects", ()):
            rows[MeetingProject].append(MeetingProject(meeting=text, project=known.projects[name]))
        for outcome in outcomes:
            outcome.meeting = text
            rows[type(outcome)].append(outcome)
    for model, some in rows.items():
        model.objects.bulk_create(some)
    changes = [ActionChange(action=action, state=action.state) for action in rows[Action]]
    ActionChange.objects.bulk_create(changes)
