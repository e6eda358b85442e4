"""Two people, and a world in which both did things: what merging them moves, and what undoing it must restore."""

from datetime import timedelta

from django.apps import apps
from django.db import models

from notes.models import Action, Break, Decision, NameChoice, Text
from notes.renaming import relink
from people.models import Alias, FormerSlug
from projects.models import Member
from tests.factories import MONDAY, PersonFactory, ProjectFactory, SeriesFactory, meeting, post, week_after, weeknote

KEPT, GONE = "Katharine McLeod", "Kit Aldous"
APPS = ["people", "projects", "notes", "taggit"]
WRITTEN_DOWN = {"people.merge", "people.directoryversion"}
COUNTED = {"edited_at", "changed_at", "revision"}  # each change of a text, and so merging and undoing it
NUMBERED_ANEW = {"notes.mention", "notes.question"}  # linking makes these rows, and may make them again


def snapshot():
    """Return every row of the site, as sets of values by model."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.app_label not in APPS or label in WRITTEN_DOWN:
            continue
        names = [
            one.attname
            for one in model._meta.concrete_fields
            if not getattr(one, "auto_now", False)
            and not (label in NUMBERED_ANEW and one.primary_key)
            and one.name not in COUNTED
        ]
        found[label] = sorted(map(repr, model._base_manager.values_list(*names)))
    return found


def differences(before, after):
    return {
        label: (sorted(set(before[label]) - set(after[label])), sorted(set(after[label]) - set(before[label])))
        for label in before
        if before[label] != after[label]
    }


class World:
    """Two people, projects and meetings; each `do` lets one of the two, or both, do something."""

    def __init__(self):
        self.people = [PersonFactory(name=KEPT), PersonFactory(name=GONE)]
        self.other = PersonFactory(name="Oluwaseun Bright")
        self.projects = [ProjectFactory(name="Spacebank"), ProjectFactory(name="Apprenticeships")]
        board = SeriesFactory(name="DMT board")
        self.meetings = [meeting("Hello", series=board, day=week_after(n)) for n in range(2)]
        self.notes = [weeknote("Hello", author=self.other, week=week_after(n)) for n in range(2)]

    def do(self, what, who, number):
        return getattr(self, what)(self.people[who], number)

    def write(self, person, number):
        week = week_after(number)
        if not person.notes.filter(week=week).exists():
            weeknote(f"{KEPT} met {GONE}. #fixit", author=person, week=week).tags.add("halls")

    def name(self, person, number):
        post(
            f"Thanks to {person}, @{person.slug} and Oluwaseun.",
            day=MONDAY + timedelta(days=number),
            author=self.other,
        )

    def help_to_write(self, person, number):
        self.notes[number].coauthors.add(person)

    def help_the_other(self, person, number):
        [other] = [one for one in self.people if one != person]
        for note in other.notes.all()[:1]:
            note.coauthors.add(person)

    def attend(self, person, number):
        self.meetings[number].attendances.get_or_create(person=person, sent_apologies=bool(number))

    def chair(self, person, number):
        self.meetings[number].chair = person
        self.meetings[number].save()

    def act(self, person, number):
        Action.objects.create(meeting=self.meetings[number], words="Ring the panel", owner=person)

    def decide(self, person, number):
        Decision.objects.create(meeting=self.meetings[number], words="Go on.", project=self.projects[number])

    def lead(self, person, number):
        self.projects[number].lead = person
        self.projects[number].save()

    def join(self, person, number):
        Member.objects.create(project=self.projects[number], person=person, role=f"Role {number}")

    def rest(self, person, number):
        Break.objects.create(person=person, starts_on=week_after(number))

    def be_called(self, person, number):
        Alias.objects.get_or_create(entry=person, name=["the Mayor", "Kitty McLeod"][number])

    def have_been_at(self, person, number):
        FormerSlug.objects.get_or_create(kind="person", slug=f"former-{number}", defaults={"entry": person})

    def settle(self, person, number):
        words = ["Kit", "the boss"][number]
        if not NameChoice.objects.filter(author=person, key=words.lower()).exists():
            NameChoice.objects.create(author=person, words=words, key=words.lower(), entry=self.other)

    def be_chosen(self, person, number):
        words = f"our {number}"
        if not NameChoice.objects.filter(author=self.other, key=words).exists():
            NameChoice.objects.create(author=self.other, words=words, key=words, entry=person)

    def be_known(self, person, number):
        person.role, person.email = [("Designer", ""), ("", "k@example.org")][number]
        person.save()

    def settled(self):
        """Bring all texts up to date, and return every row."""
        relink(Text.objects.all())
        return snapshot()


DEEDS = [name for name in vars(World) if name not in ("do", "settled") and not name.startswith("_")]


def foreign_keys_to(model):
    """Return the labels of every field that points at rows of a model or its parents."""
    return {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        for parent in [model, *model._meta.get_parent_list()]
        for relation in parent._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and not relation.field.remote_field.parent_link
    }
