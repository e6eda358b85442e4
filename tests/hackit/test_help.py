"""Learning the ropes, and pages for when something is not there."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory

from hackit.pages.about import HELP
from tests.factories import PersonFactory, ProjectFactory, editor, login
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", HELP)
def test_help_is_there_for_each_reader(client, name):
    tree = page(client, f"/help/{name}/")
    assert words(tree, "//h1") == HELP[name]
    assert len(words(tree, "//div[@class='prose']").split()) > 120
    assert client.get("/help/flying/").status_code == 404


def test_every_link_of_the_help_leads_somewhere(client):
    client.force_login(editor())
    for name in HELP:
        for address in page(client, f"/help/{name}/").xpath("//main//a/@href"):
            if address.startswith("/"):
                assert client.get(address, follow=True).status_code == 200, address


def forms_of_the_desk():
    """Yield each form of the desk and of what stands inside it, as an administrator is shown it."""
    request = RequestFactory().get("/admin/")
    request.user = editor("explainer")
    for model, desk in admin.site._registry.items():
        if model._meta.label_lower == "people.entry":
            continue
        yield model._meta.label, desk.get_form(request).base_fields
        fields = desk.get_form(request, model()).base_fields
        yield model._meta.label, fields
        for inline in desk.get_inline_instances(request):
            formset = inline.get_formset(request)
            readonly = inline.get_readonly_fields(request) if inline.max_num != 0 else ()
            yield (
                inline.model._meta.label,
                {
                    name: field
                    for name, field in formset.form.base_fields.items()
                    if name not in (*readonly, formset.fk.name, "DELETE", "id")
                },
            )


def test_each_field_of_the_desk_is_explained_in_the_desk():
    unexplained = {
        f"{label}.{name}"
        for label, fields in forms_of_the_desk()
        for name, field in fields.items()
        if not field.help_text
    }
    assert unexplained == set()


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/projects/spacbank/", "Spacebank"),
        ("/people/ann-leee/", "Ann Lee"),
        ("/spacebank/", "Spacebank"),
        ("/projects/nothing-like-it/", None),
        ("/projects/%F0%9F%98%80/", None),
        ("/x/", None),
    ],
)
def test_address_that_is_almost_right_says_what_was_meant(client, address, meant):
    ProjectFactory(name="Spacebank")
    PersonFactory(name="Ann Lee")
    response = client.get(address)
    assert response.status_code == 404
    content = response.content.decode()
    assert ("Did you mean" in content) == bool(meant)
    if meant:
        assert f">{meant}</a>?" in content


def test_stranger_of_a_closed_site_is_not_told_what_is_there(client, settings):
    settings.READING = "signed-in"
    ProjectFactory(name="Spacebank")
    assert b"Spacebank" not in client.get("/spacbank/").content
    client.force_login(login())
    assert b"Spacebank" in client.get("/spacbank/").content


def test_page_that_one_may_not_open_says_why(client):
    user = login("author", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_note"))
    client.force_login(user)
    response = client.get("/admin/notes/meeting/")
    assert response.status_code == 403
    assert "You are signed in as author" in response.content.decode()
    assert "editors" in response.content.decode()


def test_form_that_was_open_too_long_loses_nothing():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "what you typed is still in the form" in response.content.decode()


def test_error_page_needs_no_database(client, settings, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("hackit.pages.about.render", fail)
    response = client.get("/accessibility/")
    assert response.status_code == 500
    assert "The fault is ours" in response.content.decode()
