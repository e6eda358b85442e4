"""Who may do what: every page of the site and of the desk, opened by everybody; and what a role is."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hackit.roles import Role, give, role_of
from notes.models import Action, Meeting
from people.models import Person
from tests.factories import (
    login,
)
from tests.hackit.site import ACCOUNTS, addresses, furnish
from tests.hackit.test_attempts import add_person, change, delete, form_of, give_away, tried
from tests.hackit.world import AUTHORS, EDITORS, OWN, WHO, client_of, on_desk

pytestmark = pytest.mark.django_db


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
    "notes.question": [[NO, NO, READ, READ], *[[NO] * 4] * 4],
    "notes.meetingseries": [[READ] * 4, [NO, NO, READ, READ], [READ] * 4, [READ] * 4, [NO, NO, READ, READ]],
    "notes.section": [[NO, NO, READ, READ]] * 5,
    "notes.waiting": [[READ] * 4, *[[NO] * 4] * 4],
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
        "notes.question": world.question,
        "notes.meetingseries": world.series,
        "notes.section": world.section,
        "notes.waiting": world.waiting,
        "people.entry": world.project.entry_ptr,
        "people.person": world.people["author"],
        "people.organisation": world.organisation,
        "people.team": world.team,
        "projects.project": world.project,
        "projects.target": world.target,
        "taggit.tag": world.tag,
        "auth.user": world.users["reader"],
    }[model]


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
