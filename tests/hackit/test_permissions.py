"""Who may do what: every page, form and action of the site, tried by everybody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from hackit.models import Role
from hackit.roles import give, role_of
from notes.models import Action, Attachment, Break, Decision, Meeting, NameChoice, Note, Section
from notes.models.texts import Audience
from notes.weeks import this_week
from people.models import Organisation, Person, Team
from projects.models import Project, Target
from tests import desk
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
from tests.hackit.site import ACCOUNTS, addresses, furnish, picture

pytestmark = pytest.mark.django_db

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


@pytest.fixture
def world():
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
        pause=Break.objects.create(person=author),
        choice=NameChoice.objects.create(author=author, words="Space project", entry=project),
        **made,
    )


# What an address answers, in the order of WHO

TEXTS = {
    "published": [200, 200, 200, 200, 200, 200],
    "internal": [404, 200, 200, 200, 200, 200],
    "draft": [404, 404, 200, 404, 200, 200],
    "scheduled": [404, 404, 200, 404, 200, 200],
    "withdrawn": [410, 410, 410, 410, 410, 410],
    "withdrawn_internal": [404, 410, 410, 410, 410, 410],
    "held": [200, 200, 200, 200, 200, 200],
    "held_draft": [404, 404, 200, 404, 200, 200],
}
FILES = TEXTS | {
    "withdrawn": [404, 404, 200, 404, 200, 200],
    "withdrawn_internal": [404, 404, 200, 404, 200, 200],
}


@pytest.mark.parametrize("state", TEXTS)
def test_texts_and_their_files_answer_those_who_may_see_them(world, state):
    text, file = getattr(world, state), world.files[state]
    for who, expected, expected_file in zip(WHO, TEXTS[state], FILES[state], strict=True):
        client = client_of(who, world)
        assert client.get(text.get_absolute_url()).status_code == expected, who
        assert client.get(file.get_absolute_url()).status_code == expected_file, f"{who}: its file"


def test_every_page_answers_everybody(world):
    """What nobody hid is for all; only what is in it differs."""
    pages = {route: address for route, address in addresses(furnish()).items() if route not in ACCOUNTS}
    for who in WHO:
        client = client_of(who, world)
        for route, address in pages.items():
            assert client.get(address).status_code == 200, f"{who}: {route}"


ACCOUNT_PAGES = {  # signing out is a form; a stranger is sent to sign in first
    "login": 200,
    "logout": 405,
    "password_change": 200,
    "password_change_done": 200,
    "password_reset": 200,
    "password_reset_done": 200,
    "password_reset_complete": 200,
}


@pytest.mark.parametrize("route", ACCOUNT_PAGES)
def test_pages_of_ones_own_account(world, route):
    for who in WHO:
        is_sent_away = who == "anonymous" and route.startswith("password_change")
        response = client_of(who, world).get(reverse(route))
        assert response.status_code == (302 if is_sent_away else ACCOUNT_PAGES[route]), who


EDIT = {
    "published": OWN,
    "held": OWN,
    "project": EDITORS,
    "team": EDITORS,
    "organisation": EDITORS,
}


@pytest.mark.parametrize("name", EDIT)
def test_page_offers_to_edit_to_whoever_may(world, name):
    address = getattr(world, name).get_absolute_url()
    offered = {who for who in WHO if b">Edit</a>" in client_of(who, world).get(address).content}
    assert offered == EDIT[name]


def test_photo_that_is_not_open_is_for_colleagues(world):
    for who in WHO:
        response = client_of(who, world).get("/people/the-author/photo.jpg")
        assert response.status_code == (404 if who == "anonymous" else 200), who


# The pages of the desk: for each model the list, the empty form, a form, its history, its deletion.
# 200 may also be a form that is only to be read; what saving does is tried below.

READ, NO = 200, 403
DESK = {  # the columns are author, other author, editor, administrator; everybody else is sent to sign in
    "notes.note": [[READ] * 4, [READ] * 4, [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "notes.meeting": [[READ] * 4, [READ] * 4, [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "notes.action": [[READ] * 4, [NO, NO, READ, READ], [READ] * 4, [READ] * 4, [READ, NO, READ, READ]],
    "notes.break": [[READ] * 4, [READ] * 4, *[[READ, 302, READ, READ]] * 3],
    "notes.namechoice": [[READ] * 4, [READ] * 4, *[[READ, 302, READ, READ]] * 3],
    "notes.meetingseries": [[READ] * 4, [NO, NO, READ, READ], [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "notes.section": [[NO, NO, READ, READ]] * 5,
    "people.entry": [[NO] * 4] * 5,
    "people.person": [[READ] * 4, [READ] * 4, [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "people.organisation": [[READ] * 4, [READ] * 4, [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "people.team": [[READ] * 4, [NO, NO, READ, READ], [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "projects.project": [[READ] * 4, [NO, NO, READ, READ], [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "projects.target": [[NO, NO, READ, READ]] * 5,
    "taggit.tag": [[READ] * 4, [NO, NO, READ, READ], [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "auth.user": [[NO, NO, NO, READ]] * 5,
}
PAGES = ["changelist", "add", "change", "history", "delete"]


def existing(world, model):
    return {
        "notes.note": world.published,
        "notes.meeting": world.held,
        "notes.action": world.action,
        "notes.break": world.pause,
        "notes.namechoice": world.choice,
        "notes.meetingseries": world.series,
        "notes.section": world.section,
        "people.entry": world.project.entry_ptr,
        "people.person": world.people["author"],
        "people.organisation": world.organisation,
        "people.team": world.team,
        "projects.project": world.project,
        "projects.target": world.target,
        "taggit.tag": world.tag,
        "auth.user": world.users["reader"],
    }[model]


def on_desk(obj, page="change"):
    meta = obj._meta
    arguments = [] if page in ("changelist", "add") else [obj.pk]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=arguments)


def test_table_of_the_desk_is_about_every_model():
    assert set(DESK) == {model._meta.label_lower for model in admin.site._registry}


@pytest.mark.parametrize("model", DESK)
def test_pages_of_the_desk_open_for_those_who_may(world, model):
    obj = existing(world, model)
    for page, expected in zip(PAGES, DESK[model], strict=True):
        address = on_desk(obj, page)
        for who, status in zip(WHO, [302, 302, *expected], strict=True):
            response = client_of(who, world).get(address)
            assert response.status_code == status, f"{who}: {page}"
            if who in ("anonymous", "reader"):
                assert "/login/" in response.headers["Location"]


DESK_OF_ALL = ["index", "notes_note_this_week", "password_change", "jsi18n"]


@pytest.mark.parametrize("page", DESK_OF_ALL)
def test_start_of_the_desk_is_for_who_writes(world, page):
    for who in WHO:
        response = client_of(who, world).get(reverse(f"admin:{page}"))
        is_in = "/login/" not in response.headers.get("Location", "")
        assert is_in == (who in AUTHORS), who
        assert response.status_code in (200, 302)


@pytest.mark.parametrize("state", ["draft", "scheduled", "held_draft"])
def test_hidden_text_of_another_is_not_on_the_desk(world, state):
    for page in ("change", "history", "delete"):
        for who in AUTHORS:
            response = client_of(who, world).get(on_desk(getattr(world, state), page))
            assert response.status_code == (302 if who == "other author" else 200), f"{who}: {page}"


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


# Roles


def test_roles_exist_after_migrate():
    assert set(Group.objects.values_list("name", flat=True)) == {"Readers", "Authors", "Editors"}
    assert not Group.objects.get(name="Readers").permissions.exists()


@pytest.mark.parametrize("role", Role)
def test_role_is_what_was_given(role):
    user = login()
    for given in (Role.ADMINISTRATOR, role):
        give(user, given)
    fresh = get_user_model().objects.get(pk=user.pk)
    assert role_of(fresh) == role
    assert fresh.is_staff == (role != Role.READER)
    assert fresh.groups.count() == (0 if role == Role.ADMINISTRATOR else 1)


def test_what_an_author_adds_is_marked_for_editors(world):
    for who, is_marked in (("author", True), ("editor", False)):
        with transaction.atomic():
            person = add_person(world, client_of(who, world), who)
            assert person.is_to_check == is_marked
            listed = client_of("editor", world).get(reverse("admin:index")).content.decode()
            assert ("To be checked" in listed) == is_marked
            transaction.set_rollback(True)


def test_tag_of_a_draft_is_not_told_to_other_authors(world):
    world.draft.tags.add("secret-plan")
    for who in AUTHORS:
        listed = client_of(who, world).get(reverse("admin:taggit_tag_changelist")).content.decode()
        assert ("secret-plan" in listed) == (who in EDITORS), who
        projects = client_of(who, world).get(reverse("admin:projects_project_changelist")).content.decode()
        assert "secret-plan" not in projects


def test_action_of_a_hidden_meeting_is_not_among_ones_own(world):
    Action.objects.create(meeting=world.held_draft, words="Secret errand", owner=world.people["other author"])
    start = client_of("other author", world).get(reverse("admin:index")).content.decode()
    assert "Owed" in start
    assert "Secret errand" not in start


def test_role_takes_away_what_was_given_beside_it(world):
    user = world.users["author"]
    user.user_permissions.add(Permission.objects.get(codename="edit_every_text"))
    give(user, Role.READER)
    assert not get_user_model().objects.get(pk=user.pk).get_all_permissions()


def test_reader_at_the_desk_is_told_why_not(world):
    response = client_of("reader", world).get("/admin/", follow=True)
    assert response.status_code == 403
    assert "You are signed in as reader" in response.content.decode()
    stranger = client_of("anonymous", world).get("/admin/notes/note/", follow=True)
    assert stranger.redirect_chain[-1][0] == "/accounts/login/?next=/admin/notes/note/"


def test_whoever_has_left_is_out_at_once(world):
    client = client_of("author", world)
    assert client.get("/admin/").status_code == 200
    Person.objects.filter(name="The Author").update(left_on=timezone.localdate())
    assert client.get("/admin/").status_code == 302
    world.users["author"].set_password("secret-words")
    world.users["author"].save()
    assert not Client().login(username="author", password="secret-words")


def test_author_without_a_person_cannot_write_and_is_told(client):
    user = login("nobody")
    give(user, Role.AUTHOR)
    client.force_login(user)
    assert client.get(reverse("admin:notes_note_this_week")).status_code == 403
    assert client.get(reverse("admin:notes_note_add")).status_code == 403


def test_coauthor_may_change_and_not_take(world):
    world.published.coauthors.add(world.people["other author"])
    assert tried(world, change("published", title="Ours"), "other author")
    assert not tried(world, give_away, "other author")
    assert not tried(world, delete("published"), "other author")


def test_apologies_are_no_attendance(world):
    world.held.attendances.create(person=world.people["other author"], sent_apologies=True)
    assert not tried(world, change("held", title="Mine"), "other author")


def test_who_adds_a_meeting_may_go_on_writing_it_up(world):
    client = client_of("author", world)
    address = reverse("admin:notes_meeting_add")
    data = form_of(world, address) | {"title": "New", "held_on": "10/06/2019", "chair": ""}
    client.post(address, data)
    made = Meeting.objects.get(title="New")
    assert [attendance.person for attendance in made.attendances.all()] == [world.people["author"]]
    assert client.get(on_desk(made)).status_code == 200
