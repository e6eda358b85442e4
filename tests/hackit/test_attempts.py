"""What can be done, tried by everybody."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from taggit.models import Tag

from hackit.roles import Role, role_of
from notes.models import Action, Attachment, Break, Decision, Meeting, NameChoice, Note, Section
from notes.models.texts import Audience
from notes.weeks import this_week
from people.merging import EntryMerging
from people.models import Organisation, Person, Team
from projects.models import Project, Target
from tests import desk
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    meeting,
)
from tests.hackit.world import ADMINISTRATORS, AUTHORS, EDITORS, NOBODY, OWN, WHO, client_of, on_desk

pytestmark = pytest.mark.django_db


# What can be done. Each attempt is made by everybody, as a browser of somebody who may would send it.


def form_of(world, address):
    """Return what the form at an address sends, as an administrator is shown it."""
    return desk.form_of(client_of("administrator", world).get(address))


def change(what, **values):
    """Return the attempt to change a field of something in the world."""

    def attempt(world, client, who):
        obj = getattr(world, what)
        address = on_desk(obj)
        client.post(address, form_of(world, address) | values)
        fresh = type(obj).objects.get(pk=obj.pk)
        return any(str(getattr(fresh, field, "")) == value for field, value in values.items())

    return attempt


def delete(name):
    def attempt(world, client, who):
        obj = getattr(world, name)
        client.post(on_desk(obj, "delete"), {"post": "yes"})
        return not type(obj).objects.filter(pk=obj.pk).exists()

    return attempt


def add(model, **values):
    """Return the attempt to add something; a value that is a function is given the world and who it is."""

    def attempt(world, client, who):
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        before = model.objects.count()
        given = {key: value(world, who) if callable(value) else value for key, value in values.items()}
        client.post(address, form_of(world, address) | given)
        return model.objects.count() > before

    return attempt


def list_of(obj):
    has_owner = isinstance(obj, Note | Meeting | Action)
    return on_desk(obj, "changelist") + ("?whose=all" if has_owner else "")


def act(name, action, has_happened):
    """Return the attempt to do an action of a list."""

    def attempt(world, client, who):
        obj = getattr(world, name)
        client.post(list_of(obj), {"action": action, "_selected_action": [obj.pk]})
        return has_happened(type(obj).objects.get(pk=obj.pk))

    return attempt


def own(world, who):
    return world.people[who].pk if who in world.people else ""


def authors(world, who):
    """The author, for everybody but the author themself: somebody else's name."""
    return world.people["reader" if who == "author" else "author"].pk


def delete_in_bulk(name):
    def attempt(world, client, who):
        obj = getattr(world, name)
        data = {"action": "delete_selected", "_selected_action": [obj.pk], "post": "yes"}
        client.post(list_of(obj), data)
        return not type(obj).objects.filter(pk=obj.pk).exists()

    return attempt


def withdraw(world, client, who):
    address = on_desk(world.published)
    client.post(address, form_of(world, address) | {"is_withdrawn": "on", "withdrawn_because": "Wrong."})
    return Note.objects.get(pk=world.published.pk).state == "withdrawn"


def give_away(world, client, who):
    address = on_desk(world.published)
    client.post(address, form_of(world, address) | {"author": world.people["reader"].pk})
    return Note.objects.get(pk=world.published.pk).author == world.people["reader"]


def add_person(world, client, who, **more):
    address = reverse("admin:people_person_add")
    client.post(address, form_of(world, address) | {"name": "New Face"} | more)
    return Person.objects.filter(name="New Face").first()


def add_person_with_alias(world, client, who):
    person = add_person(world, client, who, **{"aliases-0-name": "Facey"})
    return bool(person and person.aliases.exists())


def take_login(world, client, who):
    """Sign in as somebody else in the directory."""
    if who == "anonymous":
        return False
    user = world.users[who]
    Person.objects.filter(login=user).update(login=None)
    person = add_person(world, client, who, login=user.pk)
    return bool(person and person.login_id)


def make_account(world, client, who):
    address = reverse("admin:auth_user_add")
    newcomer = PersonFactory(name="New Comer")
    data = form_of(world, address) | {"person": newcomer.pk, "email": "new@example.org", "role": Role.EDITOR}
    client.post(address, data)
    return get_user_model().objects.filter(username="new@example.org").exists()


def become_editor(world, client, who):
    user = world.users["reader"]
    client.post(on_desk(user), form_of(world, on_desk(user)) | {"role": Role.EDITOR})
    return role_of(get_user_model().objects.get(pk=user.pk)) == Role.EDITOR


def set_password(world, client, who):
    user = world.users["reader"]
    words = "correct-horse-battery"
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    client.post(address, {"usable_password": "true", "password1": words, "password2": words})
    return get_user_model().objects.get(pk=user.pk).check_password(words)


def add_file(world, client, who):
    address = on_desk(world.published)
    data = form_of(world, address) | {
        "attachments-TOTAL_FORMS": "2",
        "attachments-1-title": "Recording",
        "attachments-1-url": "https://example.org/film",
    }
    client.post(address, data)
    return Attachment.objects.filter(title="Recording").exists()


def decide(world, client, who):
    address = on_desk(world.held)
    client.post(address, form_of(world, address) | {"decisions-TOTAL_FORMS": "2", "decisions-1-words": "Stop."})
    return Decision.objects.filter(words="Stop.").exists()


def give_action_away(world, client, who):
    client.post(on_desk(world.owed), form_of(world, on_desk(world.owed)) | {"owner": world.people["reader"].pk})
    return Action.objects.get(pk=world.owed.pk).owner == world.people["reader"]


def move_action(world, client, who):
    for action in (world.action, world.owed):
        client.post(on_desk(action), form_of(world, on_desk(action)) | {"meeting": world.held_draft.pk})
    return Action.objects.filter(meeting=world.held_draft).exists()


def merge_projects(world, client, who):
    other = ProjectFactory(name="The same")
    client.post(on_desk(world.project, "merge"), {"with": other.pk})
    return not Project.objects.filter(pk=other.pk).exists()


def undo_a_merge(world, client, who):
    other = ProjectFactory(name="The same")
    merged = EntryMerging(world.project, other).do()
    client.post(reverse("admin:projects_project_merged", args=[world.project.pk, merged.pk]))
    return Project.objects.filter(pk=other.pk).exists()


def split_a_project(world, client, who):
    client.post(on_desk(world.project, "split"), {"name": "The other", "_split": "1"})
    return Project.objects.filter(name="The other").exists()


def merge_tags(world, client, who):
    other = Tag.objects.create(name="rooms")
    client.post(on_desk(world.tag, "merge"), {"with": other.pk})
    return not Tag.objects.filter(pk=other.pk).exists()


def settle_a_name(scope):
    def attempt(world, client, who):
        said = f"do=choose&for={scope}&words=Nobody&entry={world.series.pk}"
        client.post(reverse("admin:notes_note_names", args=[world.published.pk]), {"_name": said})
        return NameChoice.objects.filter(words="Nobody").exists()

    return attempt


def settle_a_name_for_everybody(world, client, who):
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1}
    data |= {"form-0-key": "nobody", "form-0-words": "Nobody", "form-0-what": "never"}
    client.post(on_desk(world.question, "changelist"), data)
    return NameChoice.objects.filter(author=None, text=None).exists()


def delete_own_account(world, client, who):
    if who == "anonymous":
        return False
    client.post(on_desk(world.users[who], "delete"), {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": [world.users[who].pk], "post": "yes"}
    client.post(on_desk(world.users[who], "changelist"), data)
    return not get_user_model().objects.filter(pk=world.users[who].pk).exists()


ATTEMPTS = {
    "change a draft": (change("draft", title="Mine now"), OWN),
    "change a scheduled note": (change("scheduled", title="Mine now"), OWN),
    "change a published note": (change("published", title="Mine now"), OWN),
    "change a withdrawn note": (change("withdrawn", title="Mine now"), OWN),
    "change a meeting": (change("held", title="Mine now"), OWN),
    "change a draft of a meeting": (change("held_draft", title="Mine now"), OWN),
    "give a note to somebody else": (give_away, EDITORS),
    "add a file": (add_file, OWN),
    "write down a decision": (decide, OWN),
    "delete a draft": (delete("draft"), OWN),
    "delete a published note": (delete("published"), EDITORS),
    "delete a withdrawn note": (delete("withdrawn"), EDITORS),
    "delete a draft of a meeting": (delete("held_draft"), OWN),
    "delete a meeting": (delete("held"), EDITORS),
    "delete drafts in bulk": (delete_in_bulk("draft"), OWN),
    "delete published notes in bulk": (delete_in_bulk("published"), EDITORS),
    "delete organisations in bulk": (delete_in_bulk("organisation"), EDITORS),
    "withdraw a note": (withdraw, OWN),
    "write a note": (add(Note, title="New", author=own, week=f"{this_week():%d/%m/%Y}"), AUTHORS),
    "write a note in another's name": (add(Note, title="New", author=authors), EDITORS),
    "add a meeting": (add(Meeting, title="New", held_on="10/06/2019"), AUTHORS),
    "add an action to a meeting": (
        add(Action, meeting=lambda world, who: world.held.pk, words="New", owner=own, state="open"),
        EDITORS,
    ),
    "change an action": (change("action", words="Changed"), OWN),
    "delete an action": (delete("action"), OWN),
    "close an action of one's own": (change("owed", state="done"), AUTHORS),
    "reword an action of one's own": (change("owed", words="Easier"), OWN),
    "give an action away": (give_action_away, OWN),
    "delete an action of one's own": (delete("owed"), OWN),
    "move an action to another meeting": (move_action, EDITORS),
    "delete one's own account": (delete_own_account, NOBODY),
    "take a break": (add(Break, person=own, starts_on="10/06/2019"), AUTHORS),
    "send another on a break": (add(Break, person=authors, starts_on="10/06/2019"), EDITORS),
    "change a break": (change("pause", words="Back soon"), OWN),
    "settle a name": (
        add(NameChoice, author=own, words="DMT board", entry=lambda world, who: world.series.pk),
        AUTHORS,
    ),
    "settle a name for another": (
        add(NameChoice, author=authors, words="DMT board", entry=lambda world, who: world.series.pk),
        EDITORS,
    ),
    "settle a name in a text": (settle_a_name("text"), OWN),
    "settle a name for who wrote a text": (settle_a_name("author"), OWN),
    "settle a name for everybody": (settle_a_name_for_everybody, EDITORS),
    "change what a name means": (delete("choice"), OWN),
    "add a person": (lambda *given: bool(add_person(*given)), AUTHORS),
    "add a person with another name": (add_person_with_alias, EDITORS),
    "sign in as somebody else": (take_login, ADMINISTRATORS),
    "add an organisation": (add(Organisation, name="New", category="partner"), AUTHORS),
    "add a team": (add(Team, name="New"), EDITORS),
    "add a project": (add(Project, name="New"), EDITORS),
    "add a target": (add(Target, name="New", goal="5", project=lambda world, who: world.project.pk), EDITORS),
    "add a section": (add(Section, name="New"), EDITORS),
    "add a tag": (add(Tag, name="New"), EDITORS),
    "change an organisation": (change("organisation", name="Changed"), EDITORS),
    "change a team": (change("team", name="Changed"), EDITORS),
    "change a project": (change("project", name="Changed"), EDITORS),
    "change a series": (change("series", name="Changed"), EDITORS),
    "change a section": (change("section", name="Changed"), EDITORS),
    "change a target": (change("target", name="Changed"), EDITORS),
    "change a tag": (change("tag", name="changed"), EDITORS),
    "delete a team": (delete("team"), EDITORS),
    "merge two projects": (merge_projects, EDITORS),
    "undo a merge": (undo_a_merge, EDITORS),
    "split a project": (split_a_project, EDITORS),
    "merge two tags": (merge_tags, EDITORS),
    "make an account": (make_account, ADMINISTRATORS),
    "give somebody a role": (become_editor, ADMINISTRATORS),
    "set somebody's password": (set_password, ADMINISTRATORS),
}


def tried(world, attempt, who):
    """Whether an attempt succeeds; afterwards everything is as it was."""
    with transaction.atomic():
        happened = bool(attempt(world, client_of(who, world), who))
        transaction.set_rollback(True)
    return happened


@pytest.mark.parametrize("name", ATTEMPTS)
def test_only_those_who_may_can(world, name):
    attempt, allowed = ATTEMPTS[name]
    assert {who for who in WHO if tried(world, attempt, who)} == allowed


ACTIONS = {  # on a list: what it is tried on, how to see that it happened, and who may
    "note.publish_now": ("draft", lambda note: note.state == "published", OWN),
    "note.withdraw": ("published", lambda note: note.state == "withdrawn", OWN),
    "note.put_back": ("withdrawn", lambda note: note.state == "published", OWN),
    "note.show_to_everyone": ("internal", lambda note: note.audience == Audience.EVERYONE, OWN),
    "note.show_to_colleagues": ("published", lambda note: note.audience == Audience.SIGNED_IN, OWN),
    "meeting.publish_now": ("held_draft", lambda held: held.state == "published", OWN),
    "meeting.withdraw": ("held", lambda held: held.state == "withdrawn", OWN),
    "meeting.put_back": ("held_withdrawn", lambda held: held.state == "published", OWN),
    "meeting.show_to_everyone": ("held_internal", lambda held: held.audience == Audience.EVERYONE, OWN),
    "meeting.show_to_colleagues": ("held", lambda held: held.audience == Audience.SIGNED_IN, OWN),
    "action.mark_as_done": ("action", lambda action: action.state == "done", OWN),
    "action.mark_as_dropped": ("action", lambda action: action.state == "dropped", OWN),
    "action.mark_as_open": ("done", lambda action: action.state == "open", OWN),
    "person.mark_as_left": ("newcomer", lambda person: person.has_left, EDITORS),
    "person.mark_as_checked": ("newcomer", lambda person: not person.is_to_check, EDITORS),
    "organisation.mark_as_checked": ("to_check", lambda entry: not entry.is_to_check, EDITORS),
    "team.mark_as_checked": ("team_to_check", lambda entry: not entry.is_to_check, EDITORS),
    "meetingseries.mark_as_checked": ("series_to_check", lambda entry: not entry.is_to_check, EDITORS),
    "project.mark_as_checked": ("paused", lambda entry: not entry.is_to_check, EDITORS),
    "project.mark_as_active": ("paused", lambda project: project.state == "active", EDITORS),
    "project.mark_as_paused": ("project", lambda project: project.state == "paused", EDITORS),
    "project.mark_as_finished": ("project", lambda project: project.state == "finished", EDITORS),
    "user.switch_off": ("leaver", lambda user: not user.is_active, ADMINISTRATORS),
    "user.invite_again": (None, None, ADMINISTRATORS),  # its mail is seen in tests/hackit/test_accounts.py
}


def test_table_of_actions_is_about_every_action():
    there = {
        f"{model._meta.model_name}.{name}"
        for model, desk in admin.site._registry.items()
        for name in (getattr(action, "__name__", action) for action in desk.actions or ())
    }
    assert there == set(ACTIONS)


@pytest.mark.parametrize("name", [name for name, (on, *_) in ACTIONS.items() if on])
def test_only_those_who_may_can_act_on_many(world, name):
    on, has_happened, allowed = ACTIONS[name]
    author = world.people["author"]
    world.held_withdrawn = meeting("Hello", title="Off", chair=author)
    Meeting.objects.filter(pk=world.held_withdrawn.pk).withdraw()
    world.held_internal = meeting("Hello", title="In", chair=author, audience="signed-in")
    world.done = Action.objects.create(meeting=world.held, words="Done", owner=author, state="done")
    world.newcomer = PersonFactory(name="New", is_to_check=True)
    world.to_check = OrganisationFactory(is_to_check=True)
    world.team_to_check = TeamFactory(is_to_check=True)
    world.series_to_check = SeriesFactory(is_to_check=True)
    world.paused = ProjectFactory(state="paused", is_to_check=True)
    world.leaver = world.users["reader"]
    attempt = act(on, name.split(".")[1], has_happened)
    assert {who for who in WHO if tried(world, attempt, who)} == allowed
