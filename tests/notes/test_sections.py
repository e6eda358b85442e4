"""What stands under recurring headings, whatever their exact wording."""

import pytest

from notes.models import Section, SectionHeading
from notes.models.sections import heading_key
from tests.desk import change, form_of, save
from tests.factories import PersonFactory, ProjectFactory, login, meeting, week_after, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db

WORDINGS = [
    "Something I’m learning",
    "Something I'm learning...",
    "SOMETHING I’M LEARNING:",
    "What I learned this week",
    "💡 Learning",
    "Lessons learnt",
    "TIL",
]


@pytest.mark.parametrize("wording", WORDINGS)
def test_learnings_are_gathered_however_they_are_called(client, wording):
    weeknote(f"Busy.\n\n## {wording}\n\nPatience.\n\n## Next week\n\nRest.", author=PersonFactory(name="Ann Lee"))
    shown = words(page(client, "/learning/"))
    assert "Patience." in shown
    assert "Rest." not in shown
    assert "Busy." not in shown


def test_section_of_learnings_has_one_address(client):
    assert client.get("/sections/learning/?project=x").headers["Location"] == "/learning/?project=x"


def test_learnings_without_their_section_are_an_empty_page(client):
    Section.objects.all().delete()
    assert "Nobody has written under such a heading" in words(page(client, "/learning/"))
    assert client.get("/sections/thanks/").status_code == 404


def test_meetings_and_filters_count_too(client):
    ProjectFactory(name="Spacebank")
    meeting("## Learning\n\nFrom a meeting about Spacebank.")
    weeknote("## Learning\n\nFrom a note.")
    assert "From a meeting" in words(page(client, "/learning/"))
    assert "From a note" not in words(page(client, "/learning/?project=spacebank"))


def test_section_is_a_filter_of_every_list(client):
    weeknote("## Thanks\n\nTo all.", title="Kind")
    weeknote("Nothing.", title="Other", week=week_after(1))
    shown = words(page(client, "/notes/?section=thanks"))
    assert "Kind" in shown
    assert "Other" not in shown.split("Kind", 1)[1]


def test_editor_adopts_headings_that_are_in_use(client, editor_client):
    for number in range(2):
        weeknote("## What surprised me\n\nThis.", week=week_after(number))
    weeknote("## Odd one\n\nThat.", week=week_after(3))
    learning = Section.objects.get(slug="learning")
    response = editor_client.get(change(learning))
    content = response.content.decode()
    assert content.index("What surprised me (2)") < content.index("Odd one (1)")
    data = form_of(response) | {"adopted": ["What surprised me"]}
    assert editor_client.post(change(learning), data).status_code == 302
    assert "This." in words(page(client, "/learning/"))
    assert "What surprised me (2)" not in editor_client.get(change(learning)).content.decode()


def test_heading_belongs_to_one_section(editor_client):
    thanks = Section.objects.get(slug="thanks")
    number = thanks.headings.count()
    response = save(editor_client, change(thanks), **{f"headings-{number}-words": "LEARNING..."})
    assert "listed already, here or in another section" in response.content.decode()
    response = save(editor_client, change(thanks), **{f"headings-{number}-words": "***"})
    assert "needs a letter or a number" in response.content.decode()


@pytest.mark.parametrize(
    ("heading", "key"),
    [("What I’ve *learnt*!", "what ive learnt"), ("🎉🎉", ""), ("Ça va?", "ça va"), ("x" * 300, "x" * 120)],
)
def test_headings_are_compared_by_their_words(heading, key):
    assert heading_key(heading) == key


def test_note_starts_from_the_usual_headings_or_the_last_ones(client, editor_client):
    SectionHeading.objects.filter(section__slug="learning").update(words="Something I’m learning")
    usual = editor_client.get("/admin/notes/note/this-week/?start=usual", follow=True)
    assert (
        "## What happened\n\n\n## Something I’m learning\n\n\n## Next week"
        in (usual.context["adminform"].form.initial["body"])
    )
    ann = PersonFactory(name="Ann Lee", login=login("ann", is_staff=True, is_superuser=True))
    weeknote("## My own way\n\nx\n\n## Another\n\ny", author=ann)
    client.force_login(ann.login)
    last = client.get("/admin/notes/note/this-week/?start=last", follow=True)
    assert last.context["adminform"].form.initial["body"] == "## My own way\n\n\n## Another"
    assert "the usual headings" in last.content.decode()


def test_two_spellings_of_a_heading_at_once_are_a_sentence(editor_client):
    thanks = Section.objects.get(slug="thanks")
    number = thanks.headings.count()
    data = form_of(editor_client.get(change(thanks))) | {
        "headings-TOTAL_FORMS": str(number + 2),
        f"headings-{number}-words": "Fun!",
        f"headings-{number + 1}-words": "fun",
    }
    response = editor_client.post(change(thanks), data)
    assert "in another spelling" in response.content.decode()


def test_section_keeps_its_address(editor_client):
    thanks = Section.objects.get(slug="thanks")
    save(editor_client, change(thanks), slug="other", name="Thank you all")
    thanks.refresh_from_db()
    assert (thanks.slug, thanks.name) == ("thanks", "Thank you all")
