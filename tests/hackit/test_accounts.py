"""Signing in, and getting back in."""

import re

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(django_user_model):
    return django_user_model.objects.create_user("ann", "ann@example.org", "old-secret-words")


def test_signing_in_leads_to_where_one_wanted_to_go(client, account):
    response = client.post(
        "/accounts/login/", {"username": "ann", "password": "old-secret-words", "next": "/people/?letter=A"}
    )
    assert response.headers["Location"] == "/people/?letter=A"


def test_signing_in_leads_nowhere_else(client, account):
    response = client.post(
        "/accounts/login/", {"username": "ann", "password": "old-secret-words", "next": "https://evil.example/"}
    )
    assert response.headers["Location"] == "/"


def test_wrong_password_is_a_sentence(client, account):
    content = client.post("/accounts/login/", {"username": "ann", "password": "x"}).content.decode()
    assert "There is a problem" in content
    assert "correct username and password" in content


def test_forgotten_password_is_replaced_by_mail(client, account):
    client.post("/accounts/password_reset/", {"email": "ann@example.org"})
    [message] = mail.outbox
    assert "HackIT weeknotes" in message.subject + message.body
    link = re.search(r"http://testserver(/accounts/reset/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(
        address, {"new_password1": "new-secret-words", "new_password2": "new-secret-words"}, follow=True
    )
    assert "Your new password works" in done.content.decode()
    assert client.login(username="ann", password="new-secret-words")
    assert "used already" in client.get(link, follow=True).content.decode()


def test_password_is_changed(client, account):
    client.force_login(account)
    new = "brand-new-words"
    data = {"old_password": "old-secret-words", "new_password1": new, "new_password2": new}
    assert "Your password is changed" in client.post("/accounts/password_change/", data, follow=True).content.decode()


def test_signing_out_is_a_form(client, account):
    client.force_login(account)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").status_code == 302
    assert "Sign in" in client.get("/").content.decode()
