"""The highlight report: everything it says is somebody's, and only what its reader may see."""

import csv
import io
import re
from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hackit.reporting import highlights
from notes.models import Action, Decision, Passage
from projects.models import Project, Reading, Target
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    week_after,
    weeknote,
)
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db

JUNE = "from=2019-06-01&to=2019-06-30"
SPACE = f"/report/?project=spacebank&{JUNE}"
LONG = "and a few more words, so that it reads well alone"


@pytest.fixture
def june():
    """A programme with a part, and what was written of both in June 2019 and around it."""
    team = TeamFactory(name="Digital Team", slug="digital")
    ann, bob = PersonFactory(name="Ann Lee", team=team), PersonFactory(name="Bob Day")
    space = ProjectFactory(name="Spacebank", aim="Rooms for everybody.", phase="beta", lead=ann)
    ProjectFactory(name="Roomfinder", part_of=space)
    OrganisationFactory(name="Harrow Council")
    weeknote(f"Spacebank with Bob Day in May, {LONG}.", author=ann, title="May", week=week_after(-3))
    weeknote(
        f"Spacebank opened 12 rooms, {LONG}. #halls\n\nRoomfinder found 3 of them, {LONG}.\n\n"
        f"- Spacebank texts, {LONG}\n"
        f"\n## Something I’m learning\n\nSpacebank taught me patience, {LONG}.\n\n## Elsewhere\n\nNothing of it.",
        author=ann,
        title="First",
    )
    weeknote(
        f"Spacebank and Bob Day of Harrow Council, {LONG}. #halls", author=bob, title="Second", week=week_after(2)
    )
    weeknote(f"Spacebank in July, {LONG}.", author=bob, title="July", week=week_after(3))
    held = meeting(f"Spacebank was discussed, {LONG}.", series=SeriesFactory(name="Board"), day=week_after(1))
    held.projects.add(space)
    held.attendances.create(person=ann)
    Decision.objects.create(meeting=held, words="Spacebank goes on.")
    for what, due, state in (("Ring them", 5, "open"), ("Count rooms", 30, "open"), ("Write it up", 4, "done")):
        Action.objects.create(
            meeting=held,
            words=what,
            owner=bob,
            project=space,
            due_on=week_after(1) + timedelta(days=due),
            state=state,
        )
    target = Target.objects.create(project=space, name="rooms listed", goal=40)
    for day, value in ((week_after(-3), 2), (MONDAY, 12), (week_after(8), 40)):
        Reading.objects.create(target=target, read_on=day, value=value)
    return space


def quotations(tree):
    """Return [(the key of a passage, the words shown, the address that its link leads to)]."""
    return [
        (int(said.get("data-passage")), said.text_content(), quotation.xpath("./footer//a/@href")[-1])
        for quotation in tree.xpath("//blockquote[@class='quotation']")
        for said in quotation.xpath(".//p[@data-passage]")
    ]


def place(client, address):
    """Return the words at an anchor of a page."""
    path, anchor = address.split("#")
    [element] = page(client, path).xpath(f"//*[@id='{anchor}']")
    return " ".join(element.text_content().split())


def told(tree):
    """Return what a page says, with a space between the words of any two elements."""
    return " ".join(" ".join(tree.xpath("//main//text()")).split())


def test_every_quotation_traces_to_a_passage_that_the_reader_may_open(client, june):
    for who in (f"project=spacebank&{JUNE}", f"team=digital&{JUNE}", f"person=bob-day&{JUNE}"):
        found = quotations(page(client, f"/report/?{who}"))
        assert found
        for pk, said, address in found:
            assert Passage.objects.get(pk=pk).words == said
            assert said in place(client, address)


def test_report_lays_out_what_happened(client, june):
    text = told(page(client, SPACE))
    for part in (
        "Spacebank June 2019 Rooms for everybody.",
        "Phase Beta",
        "Who answers for it Ann Lee",
        "What we are learning Spacebank taught me patience",
        "Spacebank goes on.",
        "12 on 10 June 2019",
        "Meetings held Board, 17 June",
        "Harrow Council ( w/c 24 June",
        "6 passages in",
    ):
        assert part in text, part
    assert "Spacebank in July" not in text
    assert "in May" not in text
    assert "Nothing of it" not in text


def test_parts_of_a_programme_count(client, june):
    assert "Roomfinder found 3 of them" in words(page(client, SPACE))
    assert "Spacebank opened" not in words(page(client, f"/report/?project=roomfinder&{JUNE}"))


def test_somebody_named_before_is_not_named_for_the_first_time(client, june):
    tree = page(client, SPACE)
    [section] = tree.xpath("//h2[text()='Named for the first time']/..")
    assert "Harrow Council" in section.text_content()
    assert "Bob Day" not in section.text_content()


def test_themes_are_parts_sections_and_tags(client, june):
    headings = [one.text_content() for one in page(client, SPACE).xpath("//div[@class='column-main']//h2")]
    assert headings[-1] == "What we are learning"
    assert "Other" in headings


def test_actions_are_told_as_they_stood_at_the_end_of_the_period(client, june):
    """One was due in the period, one later, one was closed since: in June it was open still."""
    text = told(page(client, SPACE))
    assert re.search(r"Actions overdue .*Ring them Bob Day · Overdue since 22 June", text)
    assert re.search(r"Actions open on 30 June 2019 .*Count rooms Bob Day · Due 17 July", text)
    today = timezone.localdate()
    until_now = f"/report/?project=spacebank&from={today.replace(month=1, day=1)}&to={today}"
    assert re.search(r"Actions done Write it up Bob Day · Done", told(page(client, until_now)))


def test_target_is_told_as_it_stood(client, june):
    assert "30% of the way" in words(page(client, SPACE))
    assert "reached" in words(page(client, "/report/?project=spacebank&from=2019-08-01&to=2019-08-31"))


def test_quiet_weeks_are_named(client, june):
    assert "Quiet weeks w/c 3 June 2019" in told(page(client, SPACE))


def test_themes_lead_to_the_list_of_everything(client, june):
    for number in range(12):
        weeknote(f"Spacebank number {number}, {LONG}. #halls", week=week_after(1))
    addresses = page(client, SPACE).xpath("//p[@class='more']/a/@href")
    assert f"/explore/?project=spacebank&{JUNE}&tag=halls" in addresses


def test_weeks_and_texts_share_what_is_quoted(client, june):
    """However much one text says, others are heard."""
    weeknote(
        "\n\n".join(f"Spacebank {number} of 60, {LONG}." for number in range(60)), title="Long", week=week_after(1)
    )
    found = quotations(page(client, SPACE))
    texts = Passage.objects.filter(pk__in=[pk for pk, *_ in found]).values_list("text__title", flat=True)
    assert {"First", "Second", "Long"} <= set(texts)
    assert len(found) <= highlights.SHOWN + highlights.LEARNINGS


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("project=nothing", "There is no project “nothing”"),
        ("project=spacebank&period=fortnight", "“fortnight” is no period"),
        ("project=spacebank&from=yesterday", "“yesterday” is not a date"),
        ("project=spacebank&from=0001-01-01&to=2019-06-01", "not a date we can use"),
        ("project=spacebank&from=9999-12-31", "not a date we can use"),
        ("project=spacebank&from=2019-07-01&to=2019-06-01", "“From” is after “To”"),
        ("project=spacebank&to=2019-06-01", "Give the first day as well"),
        ("project=spacebank&from=2009-01-01&to=2019-06-01", "two years at most"),
        ("project=spacebank&team=digital", "A report is about one project, team or person"),
        ("project=spacebank&as=pdf", "A report comes as markdown, csv, mail"),
        ("project=%00&person=%F0%9F%92%A9%27%22%3C", "Choose"),
    ],
)
def test_wrong_parameters_are_a_sentence(client, june, query, said):
    assert said in words(page(client, f"/report/?{query}"))


def test_report_of_nothing_says_so(client, june):
    text = words(page(client, "/report/?project=spacebank&from=2018-06-01&to=2018-06-30"))
    assert "Nobody wrote about Spacebank in these days" in text
    assert "May 2018" in text


def hide(june, state):
    values = {
        "draft": {"is_draft": True},
        "scheduled": {"published_at": timezone.now() + timedelta(days=1)},
        "withdrawn": {"withdrawn_at": timezone.now()},
        "internal": {"audience": "signed-in"},
    }[state]
    zed = PersonFactory(name="Zed Xylophone", team=june.lead.team)
    weeknote(f"Spacebank Xylophone, {LONG}. Harrow Council. #xylophone", author=zed, title="Xylophone", **values)
    held = meeting(f"Spacebank Xylophone {LONG}", title="Xylophone", day=MONDAY, **values)
    held.projects.add(june)
    held.attendances.create(person=zed)
    Decision.objects.create(meeting=held, words="Xylophone", project=june)
    Action.objects.create(meeting=held, words="Xylophone", owner=zed, project=june)


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "internal"])
@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_report_tells_nothing_hidden(client, june, state, who):
    if who == "reader":
        client.force_login(login())
    addresses = [
        f"/report/?{about}&{JUNE}{more}"
        for about in ("project=spacebank", "team=digital")
        for more in ("", "&as=csv", "&as=markdown", "&as=mail", "&arrange=1" if who == "reader" else "")
    ]
    before = [client.get(address).content.count(b"Xylophone") for address in addresses]
    assert sum(before) == 0
    hide(june, state)
    after = [client.get(address).content.count(b"Xylophone") for address in addresses]
    assert (sum(after) > 20) == ((who, state) == ("reader", "internal"))
    assert sum(after) == 0 or (who, state) == ("reader", "internal")


def test_markdown_is_what_the_page_says(client, june):
    answer = client.get(f"{SPACE}&as=markdown")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spacebank-2019-06-01-to-2019-06-30.md"'
    text = answer.content.decode()
    assert text.startswith("# Spacebank, June 2019\n")
    for pk, _, address in quotations(page(client, SPACE)):
        assert f"](http://testserver{address})" in text
        assert Passage.objects.get(pk=pk).words.split(",")[0].split(" #")[0] in text
    assert "\n## Decisions\n\n- Spacebank goes on." in text
    assert "## Actions overdue" in text


def test_words_cannot_be_markup_in_markdown(client, june):
    weeknote("Spacebank \\[x](javascript:alert(1)) \\<b> and \\*stars\\* in plenty of words, for sure")
    text = client.get(f"{SPACE}&as=markdown").content.decode()
    assert "[x\\](javascript" in text
    assert "[x](" not in text
    assert "\\*stars\\*" in text


def rows(client, address):
    text = client.get(address).content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_has_every_quotation_with_all_its_fields(client, june):
    found = {row["Words"]: row for row in rows(client, f"{SPACE}&as=csv")}
    for _, said, address in quotations(page(client, SPACE)):
        assert found[said]["Address"] == f"http://testserver{address}"
    learnt = found[f"Spacebank taught me patience, {LONG}."]
    assert learnt["Part"] == "Learning"
    assert learnt["Heading"] == "Something I’m learning"
    assert (learnt["Written by"], learnt["Week commencing"], learnt["Title"]) == ("Ann Lee", "2019-06-10", "First")
    assert found["Spacebank goes on."]["Part"] == "Decision"
    assert found["Ring them"]["Part"] == "Action overdue"


@pytest.mark.parametrize("opening", ["=HYPERLINK(", "+1", "-1", "@SUM(", "＝1"])
def test_no_cell_is_a_formula(client, june, opening):
    words_of_it = f"{opening} of Spacebank and plenty of other words, so that it is chosen"
    weeknote(words_of_it.replace("+", "\\+").replace("-1", "\\-1"), title=f"{opening} title")
    Project.objects.update(name=f"{opening} Spacebank")
    for row in rows(client, f"{SPACE}&as=csv"):
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), value


def test_page_for_a_mail_has_simple_tags_and_whole_addresses(client, june):
    tree = lxml.html.fromstring(client.get(f"{SPACE}&as=mail").content)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= set("html head meta title body h1 h2 p em strong blockquote a ul li time".split())
    assert all(address.startswith("http://testserver/") for address in tree.xpath("//a/@href"))
    assert not tree.xpath("//@class | //@style")


def fill(space, count):
    for number in range(count):
        person, organisation = PersonFactory(), OrganisationFactory()
        part = ProjectFactory(part_of=space)
        space.partners.add(organisation)
        note = weeknote(
            f"Spacebank, {part}, {person} and {organisation} {number}, {LONG}. #tag{number}\n\n"
            f"## Learning\n\n{part} {LONG}",
            author=person,
        )
        note.tags.add(f"other {number}")
        held = meeting(f"{part} {LONG}", series=SeriesFactory(), day=week_after(1))
        held.projects.add(part)
        Decision.objects.create(meeting=held, words=f"Decided {number}")
        for state in ("open", "done"):
            Action.objects.create(meeting=held, words=f"Do {number}", owner=person, project=part, state=state)
        Reading.objects.create(
            target=Target.objects.create(project=part, name="x", goal=5), read_on=MONDAY, value=number
        )


@pytest.mark.parametrize(("who", "most"), [("stranger", 16), ("colleague", 18)])
def test_report_costs_the_same_at_5_and_at_50_rows(client, june, who, most):
    if who == "colleague":
        client.force_login(login())
    addresses = [SPACE, f"/report/?team=digital&{JUNE}", f"/report/?person=ann-lee&{JUNE}", f"{SPACE}&as=csv"]
    addresses += [f"{SPACE}&arrange=1"] if who == "colleague" else []
    costs = []
    for count in (5, 45):
        fill(june, count)
        costs.append([])
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            assert answer.status_code == 200
            assert len(answer.content) < 100_000, address
            costs[-1].append(len(queries))
    assert costs[0] == costs[1]
    assert max(costs[1]) <= most


def test_pages_of_projects_teams_and_people_lead_to_their_report(client, june):
    for address in (june.get_absolute_url(), "/teams/digital/", "/people/ann-lee/"):
        [link] = page(client, address).xpath("//main//a[text()='Highlight report']/@href")
        assert page(client, link).xpath("//h1")


def test_report_is_three_steps_from_the_front_page(client, june):
    [first] = page(client, "/").xpath("//footer//a[text()='Highlight report']/@href")
    [form] = [form for form in page(client, first).forms if form.action == "/report/"]
    assert {"project", "team", "person", "period", "from", "to"} <= set(form.fields.keys())
    assert form.fields["period"] == "last-month"


def test_stranger_who_would_arrange_signs_in_first(june):
    answer = Client().get(f"{SPACE}&arrange=1")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=/report/%3Fproject%3Dspacebank")


def test_former_names_and_slugs_find_the_subject(client, june):
    june.slug = "rooms"
    june.save()
    assert "Spacebank opened" in words(page(client, SPACE))
    assert "Spacebank opened" in words(page(client, f"/report/?project=Spacebank&{JUNE}"))
