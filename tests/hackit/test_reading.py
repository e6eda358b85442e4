"""READING=signed-in: nothing but sign-in, static files and health answers a stranger."""

import pytest
from django.contrib.admin import site as admin_site
from django.test import Client
from django.urls import reverse

from people.models import Entry
from tests.factories import login
from tests.hackit.site import addresses, furnish

pytestmark = pytest.mark.django_db

OPEN = {  # signing out is a form, and only for who is signed in
    "login",
    "password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
    "healthz",
    "colours",
}


@pytest.fixture
def signed_in_only(settings):
    """The middleware as settings has it with READING=signed-in; tests/hackit/test_environment.py sees that it has."""
    place = settings.MIDDLEWARE.index("hackit.middleware.redirect_former_addresses")
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:place],
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        *settings.MIDDLEWARE[place:],
    ]


def test_stranger_is_sent_to_sign_in_from_every_address(signed_in_only):
    stranger = Client()
    for route, address in addresses(furnish()).items():
        response = stranger.get(address)
        if route in OPEN:
            assert response.status_code in (200, 302, 405), route
            assert not (response.headers.get("Location") or "").startswith("/accounts/login/?next="), route
        else:
            assert response.status_code == 302, route
            assert response.headers["Location"].startswith("/accounts/login/?next="), route


def test_stranger_is_sent_to_sign_in_from_every_page_of_the_admin(signed_in_only):
    stranger = Client()
    for model in admin_site._registry:
        for page in ("changelist", "add"):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
            response = stranger.get(address)
            assert response.status_code == 302, address
            assert "/login/" in response.headers["Location"]


def test_open_pages_tell_a_stranger_nothing(signed_in_only):
    furnish()
    stranger = Client()
    for route in ("login", "password_reset"):
        content = stranger.get(reverse(route)).content.decode()
        assert "Spacebank" not in content
        assert "Ann Lee" not in content


def test_former_address_leads_a_stranger_nowhere(signed_in_only):
    furnish()
    entry = Entry.objects.get(slug="spacebank")
    entry.slug = "secret-name"
    entry.save()
    assert "secret-name" not in Client().get("/projects/spacebank/").headers.get("Location", "")


def test_colleague_reads(signed_in_only):
    colleague = Client()
    colleague.force_login(login())
    for route, address in addresses(furnish()).items():
        if route not in OPEN and route not in ("password_change_done", "logout"):
            assert colleague.get(address).status_code == 200, route


def test_stranger_at_the_desk_signs_in_and_is_where_they_wanted_to_go(signed_in_only):
    stranger = Client()
    way = stranger.get("/admin/notes/note/", follow=True).redirect_chain
    assert way[-1][0] == "/accounts/login/?next=/admin/notes/note/"
    login("ann", password="secret-words", is_staff=True, is_superuser=True)
    data = {"username": "ann", "password": "secret-words", "next": "/admin/notes/note/"}
    assert stranger.post("/accounts/login/", data, follow=True).status_code == 200
