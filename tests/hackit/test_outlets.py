"""Nothing that is not published, or not for this reader, shows anywhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from notes.models import Action, Decision, Meeting, Note
from notes.models.texts import Audience
from notes.weeks import this_week
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    post,
    weeknote,
)
from tests.hackit.site import ACCOUNTS, addresses, content, furnish

pytestmark = pytest.mark.django_db

HIDDEN = "Xylophone"
WITHOUT_FILTERS = {"help:start", "help:page", "accessibility", "healthz", "people:photo", "file", "notes:detail"} | {
    *("meetings:detail", "tags:list", "sections:list", "teams:list", "organisations:list"),
}


def hide(state):
    """Write what must not show: a note, a post and a meeting that name everything there is."""
    values = {
        "draft": {"published_at": None},
        "scheduled": {"published_at": timezone.now() + timedelta(days=1)},
        "internal": {"published_at": timezone.now(), "audience": Audience.SIGNED_IN},
        "withdrawn": {"published_at": timezone.now(), "withdrawn_at": timezone.now()},
    }[state]
    ann = PersonFactory(name=f"Zed {HIDDEN}", team=TeamFactory(), organisation=OrganisationFactory())
    ProjectFactory(name="Zeppelin")
    known = [Note.objects.get(title="A week of Spacebank"), Meeting.objects.get(series__slug="dmt")]
    links = " ".join(f"[{HIDDEN}]({text.get_absolute_url()})" for text in known)
    body = (
        f"{HIDDEN} with Ann Lee, Finance Service, DMT, Spacebank. {links} #fixit #{HIDDEN}\n\n"
        f"## Learning\n\n{HIDDEN} Spacebank\n\n## Thanks\n\nThanks to Ann Lee for the {HIDDEN}"
    )
    note = weeknote(body, title=f"{HIDDEN} Spacebank", author=ann, week=this_week(), **values)
    note.tags.add("fixit", f"{HIDDEN} tag")
    texts = [note, post(f"Zeppelin {body}", title=f"{HIDDEN} post", author=ann, **values)]
    for series in (SeriesFactory(name="Secret series"), None):
        held = meeting(
            body, title=f"{HIDDEN} meeting", series=series, day=timezone.localdate() + timedelta(days=1), **values
        )
        held.attendances.create(person=ann)
        Decision.objects.create(meeting=held, words=f"{HIDDEN} decided")
        Action.objects.create(meeting=held, words=f"{HIDDEN} action", owner=ann)
        Action.objects.create(meeting=held, words=f"{HIDDEN} done", owner=ann, state="done")
        texts.append(held)
    return ann, texts


def outlets(note, ann, *, filtered=True):
    """Every page, those with filters also narrowed to each thing, and the pages of whom only hidden texts name.

    Filters narrow what `listed_for` leaves, so it is enough to try them with one reader.
    """
    pages = {route: address for route, address in addresses(note).items() if route not in ACCOUNTS}
    queries = [
        "?project=spacebank&tag=fixit",
        "?person=ann-lee&section=learning",
        f"?author={ann.slug}&team=digital&match=any",
        "?kind=meeting&series=dmt&not_tag=halls",
        "?state=all&by=owner",
        f"?tag={HIDDEN.lower()}-tag",
    ]
    return [
        *pages.values(),
        *(pages[route] + query for route in pages.keys() - WITHOUT_FILTERS for query in queries if filtered),
        ann.team.get_absolute_url(),
        ann.organisation.get_absolute_url(),
        f"/people/{ann.slug}/",
        "/projects/zeppelin/",
        "/meetings/secret-series/",
        f"/tags/{HIDDEN.lower()}/",
    ]


def shown(client, address):
    """Return what a page shows, without the directory's own words for whoever has them in their name."""
    told = content(client.get(address)).decode(errors="replace")  # a photo is no text
    for known in (f"Zed {HIDDEN}", f"zed-{HIDDEN.lower()}", f"/tags/{HIDDEN.lower()}/"):
        told = told.replace(known, "")
    return told


@pytest.mark.parametrize("state", ["draft", "scheduled", "internal", "withdrawn"])
def test_stranger_finds_it_nowhere(client, state):
    note = furnish()
    ann, texts = hide(state)
    for address in outlets(note, ann):
        assert HIDDEN not in shown(client, address), address
    for text in texts:
        assert client.get(text.get_absolute_url()).status_code == (410 if state == "withdrawn" else 404)


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
@pytest.mark.parametrize("who", ["reader", "author", "editor"])
def test_unpublished_text_is_in_no_list_not_even_for_those_who_may_open_it(state, who):
    note = furnish()
    ann, texts = hide(state)
    user = login(who, person=ann if who == "author" else None)
    if who == "editor":
        user.user_permissions.add(Permission.objects.get(codename="edit_every_text"))
    client = Client()
    client.force_login(user)
    for address in outlets(note, ann, filtered=False):
        assert HIDDEN not in shown(client, address), address
    for text in texts[:2]:
        response = client.get(text.get_absolute_url())
        if state == "withdrawn":
            assert response.status_code == 410
            continue
        assert response.status_code == (404 if who == "reader" else 200)
        if response.status_code == 200:
            assert "no-store" in response.headers["Cache-Control"]
            assert response.headers["X-Robots-Tag"] == "noindex"


def test_colleague_finds_what_is_for_colleagues():
    """The tests above could not fail, if nothing of it ever showed."""
    note = furnish()
    ann, texts = hide("internal")
    client = Client()
    client.force_login(login())
    shows = [address for address in outlets(note, ann) if HIDDEN in shown(client, address)]
    assert len(shows) > 25
    for text in texts:
        assert client.get(text.get_absolute_url()).status_code == 200


def test_last_mention_of_a_project_does_not_count_a_draft(client):
    furnish()
    hide("draft")
    assert "not named yet" in client.get("/projects/").content.decode()


def test_scheduled_text_appears_everywhere_at_its_moment_and_nowhere_before(monkeypatch, client):
    """Nothing has to run for it: the clock alone decides, in every list and on its own address."""
    note = furnish()
    ann, texts = hide("scheduled")
    everywhere = outlets(note, ann, filtered=False)
    before = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: before + timedelta(hours=23, minutes=59))
    assert not [address for address in everywhere if HIDDEN in shown(client, address)]
    assert {client.get(text.get_absolute_url()).status_code for text in texts} == {404}
    monkeypatch.setattr(timezone, "now", lambda: before + timedelta(hours=24, minutes=1))
    assert {client.get(text.get_absolute_url()).status_code for text in texts} == {200}
    assert len([address for address in everywhere if HIDDEN in shown(client, address)]) > 12


def test_nobody_is_inferred_from_what_is_hidden(client):
    """Three drafts that name a project make nobody one of its people."""
    ann = PersonFactory(name="Ann Lee")
    project = ProjectFactory(name="Spacebank")
    for number in range(3):
        weeknote("Spacebank", author=ann, week=this_week() - timedelta(weeks=number), is_draft=True)
    assert "Ann Lee" not in client.get(project.get_absolute_url()).content.decode()
