"""One step makes an account for a person: role, and invitation by a mail that really arrives."""

import email
import re
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from hackit.roles import Role, role_of
from people.models import Person
from tests.desk import act, change, form_of, save
from tests.factories import PersonFactory, login

pytestmark = pytest.mark.django_db
ADD = "/admin/auth/user/add/"


@pytest.fixture
def ann():
    return PersonFactory(name="Ann Lee", email="Ann.Lee@example.org")


@pytest.fixture
def invite(editor_client):
    def invite(person, **values):
        return save(editor_client, f"{ADD}?person={person.pk}", person=person.pk, **values)

    return invite


def test_page_of_a_person_leads_to_it(editor_client, ann):
    content = editor_client.get(change(ann)).content.decode()
    assert f"{ADD}?person={ann.pk}" in content
    form = form_of(editor_client.get(f"{ADD}?person={ann.pk}"))
    assert (form["person"], form["email"]) == (str(ann.pk), "Ann.Lee@example.org")


def test_invited_they_choose_a_password_and_write(invite, ann):
    response = invite(ann, role=Role.AUTHOR)
    assert response.status_code == 302, response.context["errors"]
    user = get_user_model().objects.get(username="ann.lee@example.org")
    assert user.person == ann
    assert role_of(user) == Role.AUTHOR
    [message] = mail.outbox
    assert message.to == ["ann.lee@example.org"]
    assert "Ann Lee" in message.body
    link = re.search(r"http://testserver(/accounts/reset/\S+)", message.body)[1]
    theirs = Client()
    form = theirs.get(link, follow=True).redirect_chain[-1][0]
    words = "a-long-enough-secret"
    theirs.post(form, {"new_password1": words, "new_password2": words})
    assert theirs.login(username="ann.lee@example.org", password=words)
    assert theirs.get("/admin/notes/note/add/").status_code == 200


def test_too_late_for_the_invitation_they_ask_for_another(invite, ann):
    invite(ann, role=Role.READER)
    Client().post("/accounts/password_reset/", {"email": "ann.lee@example.org"})
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": "taken@example.org"}, "has an account already"),
        ({"email": "no address"}, "Enter a valid email address"),
        ({"role": "Emperor"}, "Select a valid choice"),
        ({"role": ""}, "This field is required"),
    ],
)
def test_wrong_invitation_is_a_sentence(invite, ann, values, sentence):
    login("taken@example.org")
    assert sentence in invite(ann, **values).content.decode()
    assert not mail.outbox


def test_person_without_an_address_needs_one(invite):
    bob = PersonFactory(name="Bob Day")
    assert "The directory has no address of Bob Day" in invite(bob, role=Role.READER).content.decode()
    invite(bob, role=Role.READER, email="bob@example.org")
    assert Person.objects.get(pk=bob.pk).email == "bob@example.org"


def test_nobody_gets_a_second_account(invite, ann):
    invite(ann, role=Role.READER)
    assert "Select a valid choice" in invite(ann, role=Role.READER, email="other@example.org").content.decode()


def test_invitation_can_be_sent_again(editor_client, invite, ann):
    invite(ann, role=Role.READER)
    act(editor_client, get_user_model(), "invite_again", get_user_model().objects.get(person=ann))
    assert len(mail.outbox) == 2


def test_mail_goes_over_a_real_server(settings, invite, ann):
    arrived = []

    class Keeper:
        async def handle_DATA(self, server, session, envelope):
            arrived.append(email.message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Keeper(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
        settings.EMAIL_PORT = port
        invite(ann, role=Role.EDITOR)
    finally:
        server.stop()
    [message] = arrived
    assert message["To"] == "ann.lee@example.org"
    assert message["Subject"] == "Your account on HackIT weeknotes"
    assert re.search(r"http://testserver/accounts/reset/\S+", message.get_content())


def test_mail_that_cannot_be_sent_keeps_the_account_and_says_so(settings, editor_client, invite, ann):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    invite(ann, role=Role.READER)
    assert get_user_model().objects.filter(person=ann).exists()
    content = editor_client.get("/admin/auth/user/").content.decode()
    assert "could not be sent" in content
    assert "Send the invitation again" in content


def test_nobody_takes_their_own_role_away(editor_client):
    user = get_user_model().objects.get(username="editor")
    response = save(editor_client, change(user), role=Role.READER)
    assert "You cannot change your own role" in response.content.decode()
    act(editor_client, get_user_model(), "switch_off", user)
    user.refresh_from_db()
    assert user.is_active
    assert user.is_superuser


def test_account_of_an_irish_name_can_be_changed(editor_client, invite):
    pat = PersonFactory(name="Pat O’Brien", email="pat.o'brien@example.org")
    assert invite(pat, role=Role.READER).status_code == 302
    user = get_user_model().objects.get(person=pat)
    assert save(editor_client, change(user), role=Role.AUTHOR).status_code == 302
    assert role_of(get_user_model().objects.get(pk=user.pk)) == Role.AUTHOR


def test_address_longer_than_a_name_is_a_sentence(invite):
    long = PersonFactory(name="Long", email=f"{'x' * 60}@{'y' * 60}.{'z' * 60}.example.org")
    assert "longer than 150" in invite(long, role=Role.READER, email="").content.decode()


def test_mail_says_the_role(invite, ann):
    invite(ann, role=Role.EDITOR)
    assert "changes every text" in mail.outbox[0].body


def test_leaver_cannot_sign_in(editor_client, ann):
    user = login("ann", person=ann, password="secret-words")
    act(editor_client, get_user_model(), "switch_off", user)
    assert not Client().login(username="ann", password="secret-words")
