"""The demo content: an invented team's notes, dated so that they end this week."""

import json
import secrets
from datetime import datetime, time, timedelta
from pathlib import Path

import frontmatter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from hackit.environment import LOOPBACK
from notes.directory import bring_in
from notes.models import Break, Meeting, MeetingSeries, Note, Text
from notes.names import current
from notes.outcomes import find_projects
from notes.weeks import this_week
from notes.writing import write
from people.models import Entry, Person
from projects.models import Project

HERE = Path(__file__).parent
USERNAME = "demo"
PASSWORD = "weeknotes"  # noqa: S105 - for a site on this computer only: see `add_login`
EDITS_AS = "yewande-harcourt"


def is_empty():
    """Whether nobody has put anything in yet."""
    return not (Entry.objects.exists() or Text.objects.exists())


def load(*, shows_progress=False):
    """Load everything in one transaction: all of it or nothing."""
    with transaction.atomic():
        directory = json.loads((HERE / "directory.json").read_text(encoding="utf-8"))
        bring_in(directory)
        add_targets(directory["projects"])
        matcher = current()
        files = [*sorted(HERE.glob("notes/*.md")), *sorted(HERE.glob("meetings/*.md"))]
        for file in tqdm(files, desc="Demo content", unit="text", disable=None if shows_progress else True):
            post = frontmatter.loads(file.read_text(encoding="utf-8"))
            add = add_meeting if file.parent.name == "meetings" else add_note
            add(post.metadata, post.content, matcher)
        for item in json.loads((HERE / "breaks.json").read_text(encoding="utf-8")):
            Break.objects.create(
                person=Person.objects.get(slug=item["person"]),
                starts_on=week(item["weeks_ago_from"]),
                ends_on=week(item["weeks_ago_to"]),
                words=item["words"],
            )
        add_login()


def week(weeks_ago):
    return this_week() - timedelta(weeks=weeks_ago)


def add_targets(projects):
    for item in projects:
        for target in item.get("targets", ()):
            made = Project.objects.get(slug=item["key"]).targets.create(
                name=target["name"],
                goal=target["goal"],
                unit=target.get("unit", ""),
                lower_is_better=target.get("lower_is_better", False),
                due_on=timezone.localdate() + timedelta(days=target["due_in_days"]),
            )
            for reading in target.get("readings", ()):
                made.readings.create(read_on=week(reading["weeks_ago"]), value=reading["value"])


def add_note(meta, body, matcher):
    monday = week(meta["weeks_ago"])
    is_post = meta["kind"] == "post"
    note = Note(
        title=meta["title"],
        body=body,
        author=Person.objects.get(slug=meta["author"]),
        week=None if is_post else monday,
        published_at=None
        if meta.get("draft")
        else by_now(monday + timedelta(days=2 if is_post else 4), time(15, 30)),
        audience=meta.get("audience", "everyone"),
    )
    write(note, matcher=matcher)
    note.tags.add(*meta.get("tags", ()))
    note.coauthors.add(*Person.objects.filter(slug__in=meta.get("coauthors", ())))


def by_now(day, at):
    """Return a moment of a day; on a day still to come, a moment ago: this week is never empty."""
    moment = timezone.make_aware(datetime.combine(day, at))
    return min(moment, timezone.now() - timedelta(minutes=5))


def add_meeting(meta, body, matcher):
    held_on = week(meta["weeks_ago"]) + timedelta(days=meta["weekday"])
    meeting = Meeting(
        series=MeetingSeries.objects.get(slug=meta["series"]) if meta.get("series") else None,
        title=meta.get("title", ""),
        body=body,
        held_on=held_on,
        start_time=time.fromisoformat(meta["start_time"]),
        end_time=time.fromisoformat(meta["end_time"]),
        place=meta["place"],
        chair=Person.objects.get(slug=meta["chair"]),
        published_at=by_now(held_on, time(9)),
    )
    write(meeting, matcher=matcher)
    for person in Person.objects.filter(slug__in=[*meta["attended"], *meta["apologies"]]):
        meeting.attendances.create(person=person, sent_apologies=person.slug in meta["apologies"])
    meeting.projects.add(*Project.objects.filter(slug__in=meta["projects"]))
    for words in meta["decisions"] or ():
        meeting.decisions.create(words=words)
    for action in meta["actions"] or ():
        due_on = held_on + timedelta(days=action["due_in_days"])
        made = meeting.actions.create(
            words=action["what"],
            owner=Person.objects.get(slug=action["owner"]),
            due_on=due_on,
            state=action["state"],
        )
        made.changes.update(changed_at=by_now(due_on, time(12)))
    find_projects(meeting, matcher)


def add_login():
    """Make an account to look around with. Its password is known only where the site is on this computer alone."""
    password = PASSWORD if is_for_this_computer() else secrets.token_urlsafe(12)
    user, is_new = get_user_model().objects.get_or_create(
        username=USERNAME, defaults={"is_staff": True, "is_superuser": True}
    )
    if is_new:
        user.set_password(password)
        user.save()
        Person.objects.filter(slug=EDITS_AS).update(login=user)
        if password != PASSWORD:
            print(f"The demo login is {USERNAME} with the password {password} (shown this once).")


def is_for_this_computer():
    return settings.DEBUG and {settings.HOST, *settings.ALLOWED_HOSTS} <= LOOPBACK


def login():
    """Return the lines that say where to go and how to get in."""
    site = f"http://{settings.HOST}:{settings.PORT}"
    lines = ["", f"  The site            {site}/", f"  The writing desk    {site}/admin/"]
    user = get_user_model().objects.filter(username=USERNAME).first()
    if is_for_this_computer() and user and user.check_password(PASSWORD):
        lines.append(f"  Sign in as          {USERNAME}, with the password {PASSWORD}")
    return [*lines, "  Other commands      DEBUG=1 .venv/bin/python manage.py help", ""]
