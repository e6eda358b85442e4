"""The demo content, loaded once for all that is asked of it."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import html5lib
import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from hackit.demo.account import USERNAME, add_login
from hackit.demo.loading import dated
from notes.models import Action, Break, Meeting, MeetingSeries, Mention, Note, Passage, Reference
from notes.weeks import this_week
from people.models import Person, Team
from projects.models import Project
from tests.factories import PersonFactory

pytestmark = pytest.mark.xdist_group("demo")

TEXTS = sorted((Path(site_settings.BASE_DIR) / "hackit" / "demo").glob("*/**/*.md"))
LATELY = 8  # weeks


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo content as a visitor finds it. Tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo")
        yield
        transaction.set_rollback(True)


def test_team_is_of_a_size_to_look_around_in(demo):
    assert Person.objects.count() >= 25
    assert Team.objects.filter(part_of__isnull=False).count() == 5
    assert Project.objects.count() == 13
    assert {"loti", "spacebank", "digital-apprenticeships"} <= set(Project.objects.values_list("slug", flat=True))
    assert MeetingSeries.objects.count() == 4
    first_names = Counter(person.name.split()[0] for person in Person.objects.all())
    assert first_names["Priya"] == 2


def test_a_year_of_notes_by_twelve_people(demo):
    notes = Note.objects.published()
    assert notes.count() >= 250
    assert notes.values("author").distinct().count() == 12
    assert notes.filter(week__isnull=True).count() >= 12
    weeks = set(notes.filter(week__isnull=False).values_list("week", flat=True))
    assert {this_week() - timedelta(weeks=ago) for ago in range(52)} <= weeks
    assert not Note.objects.filter(published_at__gt=timezone.now()).exists()


def test_this_week_is_never_empty(demo):
    assert Note.objects.published().filter(week=this_week()).count() >= 6
    content = Client().get("/").content.decode()
    assert "Nobody has published" not in content


def test_forty_meetings_with_decisions_and_actions_some_overdue(demo):
    assert Meeting.objects.count() >= 40
    assert Meeting.objects.filter(decisions__isnull=False).distinct().count() >= 25
    overdue = [action for action in Action.objects.open() if action.is_overdue]
    assert 3 <= len(overdue) < Action.objects.open().count()
    assert Meeting.objects.filter(held_on__gt=timezone.localdate()).exists()


def test_notes_have_the_texture_of_real_ones(demo):
    kinds = Counter(Passage.objects.values_list("kind", flat=True))
    assert kinds["item"] > 300
    assert min(kinds["table"], kinds["quotation"], kinds["image"]) >= 10
    assert Passage.objects.exclude(trail=[]).count() > 15
    html = " ".join(Note.objects.values_list("html", flat=True))
    for sign in ("footnote-ref", 'class="task"', 'href="https://', 'class="hashtag"', "<ol"):
        assert html.count(sign) >= 5, sign
    assert Reference.objects.count() >= 20
    assert Break.objects.count() >= 10


def test_every_name_in_it_is_settled(demo):
    """But for a few first names, which are what the site asks about."""
    asked = {
        mention.passage.words[start:end]
        for mention in Mention.objects.filter(entry=None).select_related("passage")
        for start, end, _ in mention.places
    }
    assert asked <= {"Priya", "Lotte", "Delphine"}


def test_every_project_lives(demo):
    """Each that is active is named in what was published lately, and each at all in a dozen passages."""
    for project in Project.objects.all():
        assert project.passages.count() >= 12, project
        if project.state == "active":
            since = this_week() - timedelta(weeks=LATELY)
            assert project.passages.filter(on__gte=since).exists(), project
        assert project.members.exists(), project
        assert project.aim, project


def test_pictures_are_drawn_and_shown_at_their_size(demo):
    pictures = Passage.objects.filter(kind="image")
    for passage in pictures:
        assert 'width="1200" height="640"' in passage.html
        assert re.search(r'alt="[^"]{15,}"', passage.html)
    address = re.search(r'src="([^"]+)"', pictures.first().html)[1]
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer).startswith(b"\x89PNG")


def test_no_link_of_the_demo_leads_nowhere(demo):
    client = Client()
    links = set(re.findall(r'href="(/[^"#]*)', " ".join(Note.objects.values_list("html", flat=True))))
    links |= set(re.findall(r'href="(/[^"#]*)', " ".join(Meeting.objects.values_list("html", flat=True))))
    assert len(links) > 50
    assert not [link for link in links if client.get(link).status_code != 200]


def test_its_pages_are_html_to_a_strict_parser(demo):
    client = Client()
    pages = [
        "/",
        f"/weeks/{this_week()}/",
        "/notes/",
        "/people/",
        "/projects/",
        "/meetings/",
        "/actions/",
        "/learning/",
    ]
    pages += [entry.get_absolute_url() for entry in [*Project.objects.all(), *Person.objects.all()]]
    pages += [note.get_absolute_url() for note in Note.objects.listed_for(AnonymousUser())[:40]]
    for address in pages:
        html5lib.HTMLParser(strict=True).parse(client.get(address).content)


def sentences(text):
    body = text.split("---\n", 2)[2]
    for part in re.split(r"(?<=[.!?:])\s+|\n+", body):
        words = re.sub(r"^[-*>\d.\s\[\]x#|]+", "", part).strip().lower()
        if len(words) > 40:
            yield words


def test_no_sentence_is_written_twice():
    """They are written, not shuffled."""
    where = defaultdict(set)
    for file in TEXTS:
        for words in sentences(file.read_text(encoding="utf-8")):
            where[words].add(file.name)
    assert not {words: files for words, files in where.items() if len(files) > 1}


def test_it_fits_any_day_of_the_year():
    """No month, no season: dates follow today."""
    word = re.compile(
        r"\b(January|February|March|June|July|August|September|October|November|December|Christmas|20\d\d)\b"
    )
    assert not {
        file.name: word.findall(text) for file in TEXTS if word.search(text := file.read_text(encoding="utf-8"))
    }


def test_days_are_said_from_today(monkeypatch):
    monkeypatch.setattr("hackit.demo.loading.this_week", lambda: date(2019, 6, 10))
    assert dated("On {thu 3} and {w/c -1}, {not this}") == "On Thursday 23 May 2019 and w/c 17 June 2019, {not this}"


@pytest.mark.django_db
def test_demo_refuses_a_database_with_other_content():
    PersonFactory()
    with pytest.raises(CommandError, match="There is content here already"):
        call_command("demo")
    call_command("demo", "--if-empty")
    assert not Note.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("debug", "host", "hosts"),
    [(False, "127.0.0.1", ["127.0.0.1"]), (True, "192.0.2.7", ["127.0.0.1"]), (True, "127.0.0.1", ["*"])],
)
def test_demo_password_is_known_only_on_a_developers_computer(settings, capsys, debug, host, hosts):
    settings.DEBUG, settings.HOST, settings.ALLOWED_HOSTS = debug, host, hosts
    add_login()
    user = get_user_model().objects.get(username=USERNAME)
    assert not user.check_password("weeknotes")
    assert "with the password" in capsys.readouterr().out


@pytest.mark.django_db
def test_demo_login_opens_the_desk(settings, client, capsys):
    settings.DEBUG = True
    hosts, settings.ALLOWED_HOSTS = settings.ALLOWED_HOSTS, ["127.0.0.1", "localhost"]
    add_login()
    PersonFactory()
    call_command("demo", "--if-empty")
    assert "demo, with the password weeknotes" in capsys.readouterr().out
    settings.ALLOWED_HOSTS = hosts
    assert client.login(username="demo", password="weeknotes")
    assert client.get("/admin/").status_code == 200
