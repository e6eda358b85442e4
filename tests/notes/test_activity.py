"""How much was written, week by week, and how a note begins."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notes.activity import HIGH, MOST_BARS, MOST_LINKS, WEEKS, WIDTH, Activity, cut
from notes.models import Note
from notes.openings import with_openings
from notes.weeks import this_week, week_in_words
from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, TeamFactory, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def write(ago, times=1, body="Spacebank."):
    for _ in range(times):
        weeknote(body, week=this_week() - timedelta(weeks=ago), published_at=timezone.now())


def test_weeks_are_counted_and_the_busiest_named():
    write(0)
    write(3, times=4)
    write(WEEKS - 1)
    write(WEEKS)  # a year ago and a week: not in the strip
    activity = Activity(Note.objects.published())
    assert (activity.total, activity.most) == (6, 4)
    assert activity.busiest == week_in_words(this_week() - timedelta(weeks=3))
    assert activity.bars.count("M") == 3
    assert activity.gaps.count("M") == WEEKS - 3


def test_highest_bar_is_the_busiest_week():
    write(0)
    write(3, times=4)
    assert Activity(Note.objects.all()).bars == "M288 48v-48h4.8v48zM306 48v-16h4.8v16z"


DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(
    DAYS,
    st.integers(0, 40_000),
    st.sampled_from([None, "week", "month"]),
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 500))),
)
def test_strip_of_any_time_is_drawn_within_its_edges(first, days, unit, written):
    last = first + timedelta(days=days)
    counts = {last - timedelta(days=ago): count for ago, count in written if ago <= days}
    activity = Activity(counts, path="/notes/", span=(first, last), unit=unit)
    bars = re.findall(r"M([\d.]+) 48v-(\d+)h([\d.]+)v(\d+)z", activity.bars + activity.others + activity.gaps)
    assert len(bars) == len(activity.steps) <= max(MOST_BARS, days // 7 + 2)
    for left, up, wide, down in bars:
        assert up == down
        assert 0 < int(up) <= HIGH
        assert float(left) >= 0
        assert float(left) + float(wide) <= WIDTH
    ends = [0]
    for _, left, wide in activity.areas:
        assert left == pytest.approx(ends[-1], abs=0.02)
        ends.append(left + wide)
    assert ends[-1] == pytest.approx(WIDTH, abs=0.02)
    assert len(activity.parts) <= MOST_LINKS
    for label in activity.labels:
        assert label.x >= 0
        assert label.right <= WIDTH
    for one, other in pairwise(activity.labels):
        assert one.right < other.x
    assert sum(part.count for part in activity.parts) == sum(part.count for part in activity.rows) == activity.total
    assert activity.total <= sum(counts.values())


@given(DAYS, st.integers(0, 3_000), st.sampled_from(["week", "month", "quarter", "year"]))
def test_parts_of_a_time_tile_it(first, days, unit):
    last = first + timedelta(days=days)
    parts = cut(first, last, unit)
    assert (parts[0][0], parts[-1][1]) == (first, last)
    for one, other in pairwise(parts):
        assert one[0] <= one[1]
        assert one[1] + timedelta(days=1) == other[0]


def test_part_of_the_strip_leads_to_as_many_passages_as_it_says(client):
    """And once more to all of them; other filters stay."""
    ProjectFactory(name="Spacebank")
    ann = PersonFactory(name="Ann Lee")
    for ago in (0, 1, 6, 6, 20, 50):
        weeknote(
            "Spacebank.",
            author=ann,
            week=this_week() - timedelta(weeks=ago),
            published_at=timezone.now(),
            is_extra=True,
        )
        write(ago)
    start = "/projects/spacebank/?person=ann-lee"
    links = page(client, start).xpath("//*[@class='strip']//a")
    assert 10 < len(links) <= MOST_LINKS
    total = 0
    for link in links:
        said = int(re.search(r": (\d+) passage", link.findtext("title"))[1])
        tree = page(client, f"/projects/spacebank/{link.get('href')}")
        assert len(tree.xpath("//*[@class='passage' or starts-with(@class, 'passage ')]")) == said
        [back] = tree.xpath("//*[@class='strip']//a[@aria-current]")
        assert back.get("href") == "?person=ann-lee"
        assert "6 passages in 52 weeks" in words(tree, "//figcaption")
        total += said
    assert total == 6
    rows = page(client, start).xpath("//figure//tbody/tr")
    assert sum(int(row.xpath("td")[0].text) for row in rows) == 6


def test_strip_begins_earlier_where_earlier_days_are_asked(client):
    ProjectFactory(name="Spacebank")
    write(150)
    assert not page(client, "/projects/spacebank/").xpath("//figure")
    day = this_week() - timedelta(weeks=150)
    told = words(page(client, f"/projects/spacebank/?from={day}&to={day}"), "//figcaption")
    assert "1 passage in 3" in told
    assert "months" in told


@pytest.mark.parametrize(
    "asked", ["from=x", "from=9999-12-31", "to=0001-01-01", "from=0001-01-01", "from=2020-01-02&to=2020-01-01"]
)
@pytest.mark.parametrize("path", ["/projects/spacebank/", "/compare/", "/", "/people/ann-lee/", "/learning/"])
def test_no_days_are_an_error(client, path, asked):
    ProjectFactory(name="Spacebank")
    PersonFactory(name="Ann Lee")
    write(0)
    assert client.get(f"{path}?{asked}").status_code == 200


@pytest.mark.parametrize("path", ["/tags/halls/", "/learning/", "/teams/digital/", "/organisations/finance/"])
def test_strip_stands_on_every_page_of_passages(client, path):
    ann = PersonFactory(
        name="Ann Lee",
        team=TeamFactory(slug="digital"),
        organisation=OrganisationFactory(slug="finance"),
    )
    weeknote("## Learning\n\nAnn Lee in #halls.", week=this_week(), published_at=timezone.now(), author=ann)
    assert "1 passage in 52 weeks" in words(page(client, path), "//figcaption")


def test_strip_counts_what_the_reader_may_see(client):
    ProjectFactory(name="Spacebank")
    write(1)
    weeknote("Spacebank too, with Ann Lee.", week=this_week(), is_draft=True, author=PersonFactory(name="Ann Lee"))
    weeknote("Spacebank again.", week=this_week(), published_at=timezone.now(), audience="signed-in")
    assert words(page(client, "/projects/spacebank/"), "//figcaption").startswith("1 passage in 52 weeks")
    assert words(page(client, "/"), "//figcaption").startswith("1 note in 52 weeks")
    ann = page(client, "/people/ann-lee/")
    assert not ann.xpath("//figcaption")
    assert not ann.xpath("//a[contains(@href, '/projects/spacebank/')]")


def test_nothing_written_has_no_strip(client):
    ProjectFactory(name="Spacebank")
    assert not page(client, "/projects/spacebank/").xpath("//figure")


def test_note_begins_with_its_first_paragraphs():
    long = "A word. " * 60
    weeknote("## Heading\n\nUnder it.", author=PersonFactory())
    weeknote(f"First.\n\nSecond.\n\n- bullet\n\n{long}\n\nNever shown.")
    without, begun = with_openings(Note.objects.order_by("pk"))
    assert without.opening == ""
    assert begun.opening.startswith("First. Second. A word.")
    assert "Never" not in begun.opening
    assert "bullet" not in begun.opening


def test_openings_cost_one_query(django_assert_num_queries):
    for _ in range(6):
        weeknote("Hello.")
    notes = list(Note.objects.all())
    with django_assert_num_queries(1):
        with_openings(notes)


def test_person_is_asked_about_what_they_write_and_are_named_with(client):
    ann = PersonFactory(name="Ann Lee")
    ProjectFactory(name="Spacebank")
    ProjectFactory(name="Library wifi")
    weeknote("Spacebank.\n\nSpacebank again.", author=ann, week=this_week(), published_at=timezone.now())
    weeknote("Library wifi with Ann Lee.", week=this_week(), published_at=timezone.now())
    weeknote("Library wifi with Ann Lee.", week=this_week(), published_at=timezone.now(), audience="signed-in")
    weeknote("Library wifi alone.", week=this_week(), published_at=timezone.now())
    shown = words(page(client, "/people/ann-lee/"), "//dl//a[contains(@class, 'kind-project')]")
    assert shown == "Spacebank 2 passages Library wifi 1 passage"
