"""The demo content."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from hackit.demo.loading import USERNAME
from notes.models import Meeting, Mention, Note
from notes.weeks import this_week
from people.models import Person
from projects.models import Project
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_demo_fills_an_empty_database(client):
    call_command("demo")
    assert Note.objects.count() == 30
    assert Person.objects.count() == 12
    assert {"loti", "spacebank", "digital-apprenticeships"} <= set(Project.objects.values_list("slug", flat=True))
    assert Project.objects.count() == 6
    assert Meeting.objects.count() == 6
    for slug in ("loti", "spacebank", "digital-apprenticeships"):
        assert Project.objects.get(slug=slug).passages.count() >= 5
    assert not Mention.objects.filter(entry=None).exists()


def test_this_week_is_never_empty(client):
    call_command("demo")
    assert Note.objects.published().filter(week=this_week()).count() >= 4
    assert not Note.objects.filter(published_at__gt=timezone.now()).exists()
    content = client.get("/").content.decode()
    assert "Nobody has published" not in content


def test_demo_refuses_a_database_with_other_content():
    PersonFactory()
    with pytest.raises(CommandError, match="There is content here already"):
        call_command("demo")
    call_command("demo", "--if-empty")
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("debug", "host", "hosts"),
    [(False, "127.0.0.1", ["127.0.0.1"]), (True, "192.0.2.7", ["127.0.0.1"]), (True, "127.0.0.1", ["*"])],
)
def test_demo_password_is_known_only_on_a_developers_computer(settings, capsys, debug, host, hosts):
    settings.DEBUG, settings.HOST, settings.ALLOWED_HOSTS = debug, host, hosts
    call_command("demo")
    user = get_user_model().objects.get(username=USERNAME)
    assert not user.check_password("weeknotes")
    assert "with the password" in capsys.readouterr().out


def test_demo_login_opens_the_desk(settings, client, capsys):
    settings.DEBUG = True
    hosts, settings.ALLOWED_HOSTS = settings.ALLOWED_HOSTS, ["127.0.0.1", "localhost"]
    call_command("demo")
    assert "demo, with the password weeknotes" in capsys.readouterr().out
    settings.ALLOWED_HOSTS = hosts
    assert client.login(username="demo", password="weeknotes")
    assert client.get("/admin/").status_code == 200
