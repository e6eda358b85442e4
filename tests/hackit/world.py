"""One of everything, most of it one author's, and an account of each role."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from hackit.roles import Role, give
from notes.models import Action, Break, Decision, NameChoice, Note, Question, Section, Waiting
from projects.models import Target
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    week_after,
    weeknote,
)
from tests.hackit.site import picture

WHO = ["anonymous", "reader", "author", "other author", "editor", "administrator"]
ROLES = {
    "reader": Role.READER,
    "author": Role.AUTHOR,
    "other author": Role.AUTHOR,
    "editor": Role.EDITOR,
    "administrator": Role.ADMINISTRATOR,
}
NOBODY, AUTHORS = set(), {"author", "other author", "editor", "administrator"}
OWN, EDITORS, ADMINISTRATORS = AUTHORS - {"other author"}, {"editor", "administrator"}, {"administrator"}


def client_of(who, world):
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who])
    return client


def attach(text):
    return text.attachments.create(title="Slides", upload=picture())


def make():
    """One of everything, most of it the author's."""
    users, people = {}, {}
    for who, role in ROLES.items():
        people[who] = PersonFactory(name=f"The {who}".title())
        users[who] = login(who.replace(" ", "-"), person=people[who], email=f"{who.replace(' ', '')}@example.org")
        give(users[who], role)
    author = people["author"]
    author.photo.save("face.jpg", picture())
    author.save()
    soon = timezone.now() + timedelta(days=1)
    dmt = SeriesFactory(name="DMT board")
    made = {
        "published": weeknote("Hello", author=author, title="Published"),
        "internal": weeknote("Hello", author=author, title="Internal", week=week_after(1), audience="signed-in"),
        "draft": weeknote("Hello", author=author, title="Draft", week=week_after(2), is_draft=True),
        "scheduled": weeknote("Hello", author=author, title="Soon", week=week_after(3), published_at=soon),
        "withdrawn": weeknote("Hello", author=author, title="Gone", week=week_after(4)),
        "withdrawn_internal": weeknote("Hi", author=author, title="Off", week=week_after(5), audience="signed-in"),
        "held": meeting("Hello", series=dmt),
        "held_draft": meeting("Hello", series=dmt, day=week_after(1), is_draft=True),
    }
    Note.objects.filter(title__in=["Gone", "Off"]).withdraw("It was wrong.")
    for held in (made["held"], made["held_draft"]):
        held.attendances.create(person=author)
    made["published"].tags.add("halls")
    action = Action.objects.create(meeting=made["held"], words="Ring them", owner=author)
    project = ProjectFactory(name="Space project")
    return SimpleNamespace(
        users=users,
        people=people,
        files={name: attach(text) for name, text in made.items()},
        action=action,
        owed=Action.objects.create(meeting=made["held"], words="Owed", owner=people["other author"]),
        decision=Decision.objects.create(meeting=made["held"], words="Go on."),
        project=project,
        target=Target.objects.create(project=project, name="places", goal=5),
        team=TeamFactory(name="Networks"),
        organisation=OrganisationFactory(name="Payroll"),
        series=dmt,
        section=Section.objects.get(slug="thanks"),
        tag=Tag.objects.get(slug="halls"),
        question=Question.objects.create(
            passage=made["published"].passages.first(), key="nobody", kind=Question.Kind.WHO, places=[[0, 1]]
        ),
        waiting=Waiting.objects.create(text=made["published"]),
        pause=Break.objects.create(person=author),
        choice=NameChoice.objects.create(author=author, words="Space project", entry=project),
        **made,
    )


def on_desk(obj, page="change"):
    meta = obj._meta
    arguments = [] if page in ("changelist", "add") else [obj.pk]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=arguments)
