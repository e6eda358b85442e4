"""Nothing that is not published, or not for this reader, shows anywhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from notes.models import Action, Decision
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


def hide(state):
    """Write what must not show: a note, a post and a meeting that name everything there is."""
    values = {
        "draft": {"published_at": None},
        "scheduled": {"published_at": timezone.now() + timedelta(days=1)},
        "internal": {"published_at": timezone.now(), "audience": Audience.SIGNED_IN},
    }[state]
    ann = PersonFactory(name=f"Zed {HIDDEN}", team=TeamFactory(), organisation=OrganisationFactory())
    ProjectFactory(name="Zeppelin")
    body = f"{HIDDEN} with Ann Lee, Finance Service, DMT, Spacebank. #fixit\n\n## Learning\n\n{HIDDEN} Spacebank"
    note = weeknote(body, title=f"{HIDDEN} Spacebank", author=ann, week=this_week(), **values)
    note.tags.add("fixit")
    texts = [note, post(f"Zeppelin {body}", title=f"{HIDDEN} post", author=ann, **values)]
    for series in (SeriesFactory(name="Secret series"), None):
        held = meeting(
            body, title=f"{HIDDEN} meeting", series=series, day=timezone.localdate() + timedelta(days=1), **values
        )
        held.attendances.create(person=ann)
        Decision.objects.create(meeting=held, words=f"{HIDDEN} decided")
        Action.objects.create(meeting=held, words=f"{HIDDEN} action", owner=ann)
        texts.append(held)
    return ann, texts


def outlets(note, ann):
    """Every page, also narrowed to each thing, and the pages of those whom only hidden texts name."""
    pages = [address for route, address in addresses(note).items() if route not in ACCOUNTS]
    queries = ["", "?project=spacebank", "?person=ann-lee", "?tag=fixit", "?kind=meeting", f"?author={ann.slug}"]
    return [
        *(address + query for address in pages for query in queries),
        ann.team.get_absolute_url(),
        ann.organisation.get_absolute_url(),
        f"/people/{ann.slug}/",
        "/projects/zeppelin/",
        "/meetings/secret-series/",
    ]


def shown(client, address):
    """Return what a page shows, without the directory's own words for whoever has them in their name."""
    told = content(client.get(address)).decode(errors="replace")  # a photo is no text
    return told.replace(f"Zed {HIDDEN}", "").replace(f"zed-{HIDDEN.lower()}", "")


@pytest.mark.parametrize("state", ["draft", "scheduled", "internal"])
def test_stranger_finds_it_nowhere(client, state):
    note = furnish()
    ann, texts = hide(state)
    for address in outlets(note, ann):
        assert HIDDEN not in shown(client, address), address
    for text in texts:
        assert client.get(text.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("state", ["draft", "scheduled"])
@pytest.mark.parametrize("who", ["reader", "author", "editor"])
def test_unpublished_text_is_in_no_list_not_even_for_those_who_may_open_it(state, who):
    note = furnish()
    ann, texts = hide(state)
    user = login(who, person=ann if who == "author" else None)
    if who == "editor":
        user.user_permissions.add(Permission.objects.get(codename="edit_every_text"))
    client = Client()
    client.force_login(user)
    for address in outlets(note, ann):
        assert HIDDEN not in shown(client, address), address
    for text in texts[:2]:
        response = client.get(text.get_absolute_url())
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
    hide("draft")
    assert "not named yet" in client.get("/projects/").content.decode()
