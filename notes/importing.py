"""Bring texts in from files: each becomes one note, once, or is refused with a sentence."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import frontmatter
import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from notes import dating, plain_text
from notes.markdown import clean
from notes.models import Note, Source
from notes.weeks import friday_of, midday, week_in_words, week_of
from notes.writing import write

MARKDOWN = {".md", ".markdown", ".mdown"}
LOOKS_LIKE_MARKDOWN = re.compile(r"^#{1,6} \S|\[[^\]\n]+\]\([^)\s]+\)|\*\*\S[^*\n]*\*\*", re.MULTILINE)
FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
ENCODINGS = ("utf-8-sig", "cp1252")


class Refused(Exception):
    """A file that cannot be imported, and the sentence that says why."""


@dataclass
class Options:
    """What was said for all files: `author` a Person, `week` and `day` dates or None, `kind` a word or ""."""

    author: object
    week: date | None = None
    day: date | None = None
    kind: str = ""
    is_draft: bool = False
    is_dry_run: bool = False


@dataclass
class Outcome:
    """What became of a file: `note` and whether it `is_new`, else `problem`; `doubts` to look at."""

    file_name: str
    note: Note | None = None
    is_new: bool = False
    problem: str = ""
    doubts: list = field(default_factory=list)


def import_file(path, options):
    """Import one file and return its outcome. Nothing is written of a file that is refused."""
    path = Path(path)
    outcome = Outcome(path.name)
    try:
        bring_in(path, options, outcome)
    except Refused as refusal:
        outcome.problem = str(refusal)
    except ValidationError as error:
        outcome.problem = " ".join(error.messages)
    except OSError as error:
        outcome.problem = f"It cannot be read: {error.strerror or error}."
    return outcome


def bring_in(path, options, outcome):
    content = path.read_bytes()
    text = decode(content, outcome)
    meta, text = split_front_matter(text)
    digest = digest_of(text)
    known = Source.objects.filter(digest=digest).select_related("text__note").first()
    if known:
        outcome.note = known.text.note
        if known.file_name != path.name:
            outcome.doubts.append(f"the same text as {known.file_name}, so it is one note")
        return
    converted = convert(path, meta, text)
    outcome.doubts += converted.doubts
    note = describe(path, meta, text, converted, options)
    if sentence := dating.disagreement(note.title, note.week or note.dated_on):
        outcome.doubts.append(sentence)
    note.full_clean(exclude=["slug"])
    outcome.note, outcome.is_new = note, True
    if not options.is_dry_run:
        with transaction.atomic():
            write(note)
            note.tags.add(*as_list(meta.get("tags")))
            Source.objects.create(text=note, file_name=path.name, digest=digest, content=content)


def decode(content, outcome):
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != ENCODINGS[0]:
            outcome.doubts.append("not in UTF-8: read as Windows-1252, so look at its quotes and accents")
        break
    else:
        raise Refused("It is not a text file.")
    if "\x00" in text:
        raise Refused("It is not a text file.")
    text = clean(text)
    if not text.strip():
        raise Refused("It is empty.")
    return text


def split_front_matter(text):
    """Return the settings at the head of a file, with names in small letters, and the rest of it."""
    if not text.lstrip().startswith("---"):
        return {}, text
    try:
        meta, rest = frontmatter.parse(text.lstrip())
    except yaml.YAMLError as error:
        raise Refused(f"Its front matter cannot be read: {' '.join(str(error).split())}.") from error
    return {str(key).lower().replace("-", "_"): value for key, value in meta.items()}, rest


def digest_of(text):
    """Return the SHA-256 of a text's words: the same for the same text, whatever its spaces and line ends."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def convert(path, meta, text):
    """Return the title and Markdown of a text; a plain one is taken apart line by line."""
    if path.suffix.lower() in MARKDOWN or meta or LOOKS_LIKE_MARKDOWN.search(text):
        converted = plain_text.Converted(title=str(meta.get("title") or "").strip(), body=text.strip() + "\n")
        match = FIRST_HEADING.match(text)
        if match and converted.title in ("", match[1].strip()):
            converted.title, converted.body = match[1].strip(), text[match.end() :].strip() + "\n"
        if not converted.title:
            first, _, rest = text.strip().partition("\n")
            if plain_text.is_title(first) and (not rest or rest.startswith("\n")):
                converted.title, converted.body = first.strip(), rest.strip() + "\n"
        return converted
    return plain_text.convert(text)


def describe(path, meta, text, converted, options):
    """Return the note, not yet saved, that a file makes."""
    day = find_day(path, meta, text, converted.title, options)
    is_weeknote = find_kind(path, meta, converted.title, options) == "weeknote"
    if day is None:
        raise Refused(
            "It does not say which day or week it is from. Say it with --week or --date, with “date:” in front "
            "matter, or with a date such as 2019-06-10 in the file's name."
        )
    week = week_of(day) if is_weeknote else None
    title = converted.title or (f"Weeknote {week_in_words(week)}" if week else f"Post, {day.day} {day:%B %Y}")
    if len(title) > 255:
        raise Refused(f"Its title is {len(title)} characters long; the most is 255.")
    note = Note(
        title=title,
        body=converted.body,
        author=options.author,
        week=week,
        published_at=None if options.is_draft or meta.get("draft") is True else published_at(day, week),
        slug=str(meta.get("slug") or "")[:80],
    )
    note.dated_on = week or day
    note.on = note.dated_on
    return note


def published_at(day, week):
    return friday_of(week) if week else midday(day)


def find_kind(path, meta, title, options):
    """Return "weeknote" or "post": as said, else a weeknote where title or file name calls it one."""
    said = options.kind or str(meta.get("kind") or meta.get("type") or "").lower()
    if said in ("weeknote", "post"):
        return said
    if options.week or meta.get("week"):
        return "weeknote"
    calls_itself = plain_text.WEEKNOTE_TITLE.match(title) or re.search(
        r"week[-_ ]?note", f"{title} {path.stem}", re.I
    )
    return "weeknote" if calls_itself or re.search(r"\bw/c\b", title, re.I) else "post"


def find_day(path, meta, text, title, options):
    """Return the day a file is from: as said, from its front matter, its name, or its title and dated addresses."""
    for day in (options.week, options.day, meta_day(meta)):
        if day:
            return day
    return dating.day_in_file_name(path.stem) or dating.day_from_title_and_addresses(title, text)


def meta_day(meta):
    for name in ("week", "date", "published", "day"):
        value = meta.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if value:
            try:
                return date.fromisoformat(str(value)[:10])
            except ValueError as error:
                raise Refused(f"“{name}: {value}” in its front matter is no date such as 2019-06-10.") from error
    return None


def as_list(value):
    if not value:
        return []
    return [str(item).strip() for item in (value if isinstance(value, list) else str(value).split(","))]
