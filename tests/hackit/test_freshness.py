"""What has changed never has the tag it had before, whatever changed it."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from taggit.models import Tag

from notes.headings import recognise_all
from notes.models import Action, Decision, Meeting, Note, Section, SectionHeading, Text
from notes.renaming import relink
from notes.tags import TagMerging
from notes.writing import write
from people.merging import EntryMerging
from people.models import Alias, Person
from projects.models import Project
from tests.factories import PersonFactory, ProjectFactory, SeriesFactory, login, meeting, post

pytestmark = pytest.mark.django_db

OUTLETS = [
    "/feed/",
    "/feed.json?project=spacebank",
    "/calendar.ics",
    "/people/ann-lee/calendar.ics",
    "/meetings/dmt/feed/",
    "/learning/feed/",
    "/tags/halls/feed/",
    "/sections/thanks/feed.json",
]


class World:
    """A small site in which anything may happen to anything. The clock stands still until somebody waits."""

    def __init__(self, clock):
        self.clock, self.number = clock, 0
        self.ann, self.bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day")
        self.space, self.dmt = ProjectFactory(name="Spacebank"), SeriesFactory(name="DMT")
        for _ in range(2):
            self.write()
            self.meet()

    def do(self, deed, choice):
        getattr(self, deed)(*([choice] if deed in CHOOSING else []))

    def text(self, choice, model=Note):
        rows = list(model.objects.order_by("pk"))
        return rows[choice % len(rows)] if rows else None

    def write(self):
        self.number += 1
        post(
            f"Spacebank, Bob Day, DMT and {self.number}. #halls #n{self.number}\n\n"
            f"## Learning\n\nx\n\n## Odd {self.number}\n\ny",
            title=f"Post {self.number}",
            author=self.ann,
            published_at=timezone.now(),
        )

    def write_for_later(self):
        self.number += 1
        post(
            "Spacebank",
            title=f"Post {self.number}",
            author=self.bob,
            published_at=timezone.now() + timedelta(hours=1),
        )

    def draft(self):
        self.number += 1
        post("Spacebank", title=f"Draft {self.number}", author=self.ann, published_at=None)

    def wait(self):
        self.clock.now += timedelta(hours=2)

    def meet(self):
        self.number += 1
        held = meeting(
            "Spacebank.",
            series=self.dmt,
            day=timezone.localdate() + timedelta(days=self.number),
            published_at=timezone.now(),
        )
        held.attendances.create(person=self.ann)

    def edit(self, choice):
        if note := self.text(choice):
            self.number += 1
            note.body += f"\n\nMore {self.number}."
            write(note)

    def publish(self, choice):
        if note := self.text(choice):
            note.published_at = timezone.now()
            write(note)

    def unpublish(self, choice):
        if note := self.text(choice):
            note.published_at = None
            write(note)

    def hide(self, choice):
        if text := self.text(choice, Text):
            Text.objects.filter(pk=text.pk).update(audience="signed-in" if choice % 2 else "everyone")

    def withdraw(self, choice):
        if text := self.text(choice, Text):
            Text.objects.filter(pk=text.pk).withdraw("Wrong.")

    def put_back(self, choice):
        if text := self.text(choice, Text):
            Text.objects.filter(pk=text.pk).put_back()

    def delete(self, choice):
        if note := self.text(choice):
            note.delete()

    def delete_in_a_list(self, choice):
        if note := self.text(choice):
            Note.objects.filter(pk=note.pk).delete()

    def rename(self, choice):
        self.number += 1
        entry = [self.bob, self.space, self.dmt][choice % 3]
        entry.refresh_from_db()
        entry.name = f"{entry.name.split(' the ')[0]} the {self.number}th"
        entry.save()

    def alias(self):
        self.number += 1
        Alias.objects.create(entry=self.bob, name=f"More {self.number - 1}")
        relink(Text.objects.all())

    def tag(self, choice):
        if note := self.text(choice):
            note.tags.set(["halls", "extra"] if choice % 2 else ["extra"])

    def respell_tag(self):
        self.number += 1
        for tag in Tag.objects.filter(slug="halls"):
            tag.name = f"Halls {self.number}"
            tag.save()

    def merge_tags(self):
        kept, gone = Tag.objects.filter(slug="extra").first(), Tag.objects.filter(slug__startswith="n").first()
        if kept and gone:
            TagMerging(kept, gone).do()

    def delete_tag(self):
        Tag.objects.filter(slug__startswith="n").delete()

    def write_together(self, choice):
        if note := self.text(choice):
            (note.coauthors.add if choice % 2 else note.coauthors.remove)(self.bob)

    def move_meeting(self, choice):
        if held := self.text(choice, Meeting):
            self.number += 1
            held.place = f"Room {self.number}"
            write(held)

    def attend(self, choice):
        if held := self.text(choice, Meeting):
            held.attendances.update_or_create(person=self.ann, defaults={"sent_apologies": bool(choice % 2)})

    def be_about(self, choice):
        if held := self.text(choice, Meeting):
            held.projects.set([self.space] if choice % 2 else [])

    def decide(self, choice):
        if held := self.text(choice, Meeting):
            Decision.objects.create(meeting=held, words="Go on.")

    def decide_otherwise(self):
        self.number += 1
        Decision.objects.update(words=f"Stop {self.number}.")

    def ask_for(self, choice):
        if held := self.text(choice, Meeting):
            Action.objects.create(meeting=held, words="Ring", owner=self.ann, due_on=timezone.localdate())

    def close(self, choice):
        if action := self.text(choice, Action):
            action.state = "open" if action.state == "done" else "done"
            action.save()

    def put_off(self, choice):
        if action := self.text(choice, Action):
            Action.objects.filter(pk=action.pk).update(due_on=action.due_on + timedelta(days=1))

    def drop(self, choice):
        if action := self.text(choice, Action):
            action.delete()

    def list_heading(self, choice):
        learning = Section.objects.get(slug="learning" if choice % 2 else "thanks")
        SectionHeading.objects.update_or_create(key="odd 1", defaults={"section": learning, "words": "Odd 1"})

    def refuse_heading(self, choice):
        SectionHeading.objects.filter(key__in=["odd 1", "learning"][: choice % 3]).update(standing="refused")
        recognise_all()

    def rename_section(self):
        self.number += 1
        for section in Section.objects.all():
            section.name = f"Section {self.number}"
            section.save()

    def merge_people(self):
        other = PersonFactory(name="Bobby Day")
        post("By Bobby.", title="Other", author=other, published_at=timezone.now())
        EntryMerging(Person.objects.get(pk=self.bob.pk), Person.objects.get(pk=other.pk)).do()

    def have_tagged_project(self, choice):
        project = Project.objects.get(pk=self.space.pk)
        (project.tags.add if choice % 2 else project.tags.remove)("halls")


DEEDS = [name for name in vars(World) if not name.startswith("_") and name not in ("do", "text")]
CHOOSING = {name for name in DEEDS if "choice" in vars(World)[name].__code__.co_varnames[:2]}


class Clock:
    def __init__(self):
        self.now = timezone.now()


def answers(clients):
    """Return {(who, address): (what is sent, its tag)}."""
    found = {}
    for who, client in clients.items():
        for address in OUTLETS:
            response = client.get(address)
            found[who, address] = response.status_code, response.content, response.headers.get("ETag")
    return found


@settings(max_examples=int(os.environ.get("DEEDS", "8")))
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 5)), min_size=1, max_size=6))
def test_changed_answer_never_has_a_tag_it_had_before(monkeypatch, deeds):
    """And one that has a tag it had before is asked for in vain."""
    with monkeypatch.context() as patched, transaction.atomic():
        clock = Clock()
        patched.setattr(timezone, "now", lambda: clock.now)
        world, colleague = World(clock), Client()
        colleague.force_login(login())
        clients = {"stranger": Client(), "colleague": colleague}
        seen = {}
        for deed, choice in [("wait", 0), *deeds]:
            world.do(deed, choice)
            for place, (status, body, tag) in answers(clients).items():
                if status != 200:
                    assert all(
                        clients[place[0]].get(place[1], headers={"If-None-Match": old}).status_code != 304
                        for (where, old), _ in seen.items()
                        if where == place
                    ), (place, deed)
                    continue
                assert seen.setdefault((place, tag), body) == body, (place, deed)
        transaction.set_rollback(True)


@pytest.mark.parametrize("deed", DEEDS)
def test_deed_can_be_seen(monkeypatch, deed):
    """The test above could not fail, if nothing of it ever showed."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    world, colleague = World(clock), Client()
    colleague.force_login(login())
    clients = {"colleague": colleague, "stranger": Client()}
    before = {  # what some of them need, to be able to do something
        "wait": ["write_for_later"],
        "alias": ["edit"],
        "publish": ["draft"],
        "put_back": ["withdraw"],
        "decide_otherwise": ["decide"],
        "close": ["ask_for"],
        "put_off": ["ask_for"],
        "drop": ["ask_for"],
        "merge_tags": ["tag"],
        "respell_tag": ["tag"],
    }.get(deed, [])
    for one in before:
        world.do(one, 0)
    choice = {
        "rename": 1,
        "hide": 1,
        "attend": 1,
        "write_together": 1,
        "have_tagged_project": 1,
        "publish": 2,
        "refuse_heading": 2,
    }
    first = answers(clients)
    world.do(deed, choice.get(deed, 0))
    is_seen = {place for place, (_, body, _) in answers(clients).items() if first[place][1] != body}
    hidden = {"draft", "write_for_later", "have_tagged_project", "be_about"}
    assert bool(is_seen) == (deed not in hidden), deed
