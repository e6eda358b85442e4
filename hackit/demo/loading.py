"""The demo content: an invented team's year, dated so that it ends this week.

A file's name begins with how many weeks ago it is from; a note's folder is its author.
"""

import json
import re
from datetime import datetime, time, timedelta
from pathlib import Path

import frontmatter
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from hackit.demo.account import add_login
from hackit.demo.drawing import picture
from hackit.demo.faces import face
from notes.directory import bring_in
from notes.models import Break, Meeting, MeetingSeries, Note, Text
from notes.names import current
from notes.outcomes import find_projects
from notes.weeks import day_in_words, this_week, week_in_words
from notes.writing import write
from people.models import Entry, Person
from people.photos import plain_photo
from projects.models import Project

HERE = Path(__file__).parent
WEEKDAYS = "mon tue wed thu fri sat sun".split()
PLACEHOLDER = re.compile(rf"\{{({'|'.join(WEEKDAYS)}|w/c) (-?\d+)\}}")
ADDRESS = re.compile(r"\]\(((?:note|meeting):)?([\w./-]+)\)")


def is_empty():
    """Whether nobody has put anything in yet."""
    return not (Entry.objects.exists() or Text.objects.exists())


def load(*, shows_progress=False):
    """Load everything in one transaction, oldest first: all of it or nothing."""
    with transaction.atomic():
        directory = json.loads((HERE / "directory.json").read_text(encoding="utf-8"))
        add_directory(directory)
        matcher = current()
        addresses = {}
        files = sorted(
            [*HERE.glob("notes/*/*.md"), *HERE.glob("meetings/*.md")], key=lambda file: (-weeks_ago(file), file.parts)
        )
        for file in tqdm(files, desc="Demo content", unit="text", disable=None if shows_progress else True):
            post = frontmatter.loads(dated(file.read_text(encoding="utf-8")))
            add = add_meeting if file.parent.name == "meetings" else add_note
            text = add(file, post.metadata, matcher)
            finish(text, post, addresses, matcher)
            place = f"meeting:{file.stem}" if text.kind == "meeting" else f"note:{file.parent.name}/{file.stem}"
            addresses[place] = text.get_absolute_url()
        for item in json.loads((HERE / "breaks.json").read_text(encoding="utf-8")):
            Break.objects.create(
                person=Person.objects.get(slug=item["person"]),
                starts_on=week(item["weeks_ago_from"]),
                ends_on=week(item["weeks_ago_to"]),
                words=item["words"],
            )
        add_login()


def week(ago):
    return this_week() - timedelta(weeks=ago)


def weeks_ago(file):
    return int(file.name[:2])


def dated(text):
    """Return a text with its days said: {thu 3} is "Thursday 5 November", the one of three weeks ago."""
    return PLACEHOLDER.sub(in_words, text)


def in_words(match):
    monday = week(int(match[2]))
    if match[1] == "w/c":
        return week_in_words(monday)
    day = monday + timedelta(days=WEEKDAYS.index(match[1]))
    return f"{day:%A} {day_in_words(day)}"


def add_directory(directory):
    """Bring in who and what there is; photos and targets are the demo's own."""
    for person in directory["people"]:
        turn_into_days(person)
    for project in directory["projects"]:
        for member in project["members"]:
            turn_into_days(member)
    faces = {person["key"]: person.pop("face") for person in directory["people"] if "face" in person}
    bring_in(directory)
    for key, said in faces.items():
        person = Person.objects.get(slug=key)
        person.photo.save("photo.jpg", plain_photo(face(said)), save=False)
        person.contact_is_open = True
        person.save()
    add_targets(directory["projects"])


def turn_into_days(item):
    """Say when somebody started or left as a date: "left_weeks_ago": 11 becomes "left_on"."""
    for name in [name for name in item if name.endswith("_weeks_ago")]:
        item[name.replace("_weeks_ago", "_on")] = week(item.pop(name)).isoformat()


def add_targets(projects):
    for item in projects:
        for target in item.get("targets", ()):
            made = Project.objects.get(slug=item["key"]).targets.create(
                name=target["name"],
                goal=target["goal"],
                unit=target.get("unit", ""),
                due_on=timezone.localdate() + timedelta(days=target["due_in_days"]),
            )
            for reading in target["readings"]:
                made.readings.create(read_on=week(reading["weeks_ago"]), value=reading["value"])


def add_note(file, meta, matcher):
    monday = week(weeks_ago(file))
    is_post = meta.get("kind") == "post"
    note = Note(
        title=meta["title"],
        author=Person.objects.get(slug=file.parent.name),
        week=None if is_post else monday,
        published_at=None
        if meta.get("draft")
        else by_now(monday + timedelta(days=2 if is_post else 4), time(15, 30)),
        audience=meta.get("audience", "everyone"),
    )
    note.save()
    note.tags.add(*meta.get("tags", ()))
    note.coauthors.add(*Person.objects.filter(slug__in=meta.get("coauthors", ())))
    return note


def by_now(day, at):
    """Return a moment of a day; on a day still to come, a moment ago: this week is never empty."""
    moment = timezone.make_aware(datetime.combine(day, at))
    return min(moment, timezone.now() - timedelta(minutes=5))


def finish(text, post, addresses, matcher):
    """Write a text, with its pictures and links to other texts put in."""
    for name, said in post.metadata.get("images", {}).items():
        drawn = picture(name, said)
        kept = text.attachments.create(title=name.capitalize(), upload=drawn)
        addresses[name] = kept.get_absolute_url()
    text.body = ADDRESS.sub(lambda match: f"]({address_of(match, addresses)})", post.content)
    write(text, matcher=matcher)


def address_of(match, addresses):
    """Return where a link leads: to a text that is here already, to a picture, or as it was written."""
    if match[1]:
        return addresses[match[1] + match[2]]
    return addresses.get(match[2], match[2])


def add_meeting(file, meta, matcher):
    held_on = week(weeks_ago(file)) + timedelta(days=meta["weekday"])
    meeting = Meeting(
        series=MeetingSeries.objects.get(slug=meta["series"]) if meta.get("series") else None,
        title=meta.get("title", ""),
        held_on=held_on,
        start_time=time.fromisoformat(meta["start_time"]),
        end_time=time.fromisoformat(meta["end_time"]),
        place=meta["place"],
        chair=Person.objects.get(slug=meta["chair"]),
        published_at=by_now(held_on, time(9)),
    )
    meeting.save()
    for person in Person.objects.filter(slug__in=[*meta["attended"], *meta["apologies"]]):
        meeting.attendances.create(person=person, sent_apologies=person.slug in meta["apologies"])
    meeting.projects.add(*Project.objects.filter(slug__in=meta["projects"]))
    for link in meta.get("links", ()):
        meeting.attachments.create(title=link["title"], url=link["url"])
    for words in meta["decisions"]:
        meeting.decisions.create(words=words)
    for action in meta["actions"]:
        due_on = held_on + timedelta(days=action["due_in_days"])
        made = meeting.actions.create(
            words=action["what"],
            owner=Person.objects.get(slug=action["owner"]),
            due_on=due_on,
            state=action["state"],
        )
        made.changes.update(changed_at=by_now(due_on, time(12)))
    find_projects(meeting, matcher)
    return meeting
