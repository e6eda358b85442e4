"""Bring texts in from files: each becomes one note, once, or is refused with a sentence."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import frontmatter
import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from notes import dating, plain_text
from notes.markdown import clean
from notes.models import Note, Source
from notes.passages import cut
from notes.weeks import friday_of, midday, week_in_words, week_of
from notes.writing import write

MARKDOWN = {".md", ".markdown", ".mdown"}
SIGNS_OF_MARKDOWN = [  # one may be an accident; two are Markdown
    re.compile(pattern, re.MULTILINE)
    for pattern in (r"^#{2,6} \S", r"\[[^\]\n]+\]\(https?://[^)\s]+\)", r"\*\*\w[^*\n]*\w\*\*", r"^```", r"^> \S")
]
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_SHOWN = re.compile(r"\]\([^)\n]*\)|\[\^[^\]\n]*\]|https?://\S+")  # targets of links, marks of footnotes
FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


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
    meta, text = split_front_matter(decode(content, outcome))
    converted = convert(path, meta, text)
    if not converted.title and not converted.body.strip():
        raise Refused("It has no text.")
    day = find_day(path, meta, text, converted, options)
    digest = digest_of(converted)
    if known := find_known(digest, day, options):
        outcome.note = known.text.note
        if known.file_name != path.name:
            outcome.doubts.append(f"the same text as {known.file_name}, so it is one note")
        return
    note = describe(path, meta, converted, day, options)
    note.full_clean(exclude=[] if note.slug else ["slug"])
    outcome.doubts += [
        *converted.doubts,
        *disagreements(path, meta, note, day, options),
        *lost_words(text, converted),
    ]
    outcome.note, outcome.is_new = note, True
    with transaction.atomic():
        write(note)
        note.tags.add(*as_list(meta.get("tags")))
        Source.objects.create(text=note, file_name=path.name[:255], digest=digest, content=content)


def decode(content, outcome):
    """Return a file's text: UTF-8, UTF-16 that says so, or what Windows wrote before."""
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        outcome.doubts.append("not in UTF-8: read as Windows-1252, so look at its quotes and accents")
    if "\x00" in text or text.count("\ufffd") > len(text) // 100:
        outcome.doubts.clear()
        raise Refused("It is not a text file.")
    text = clean(text)
    if not text.strip():
        raise Refused("It is empty.")
    return text


def split_front_matter(text):
    """Return the settings at the head of a file, with names in small letters, and the rest of it.

    A text that only begins with a rule has none.
    """
    if not text.lstrip().startswith("---"):
        return {}, text
    try:
        meta, rest = frontmatter.parse(text.lstrip())
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(f"Its front matter cannot be read: {' '.join(str(error).split())}.") from error
    if not meta:
        return {}, text
    return {str(key).lower().replace("-", "_"): value for key, value in meta.items()}, rest


def digest_of(converted):
    """Return the SHA-256 of a text's words: the same for the same text, whatever its spaces and line ends."""
    return hashlib.sha256(" ".join(f"{converted.title} {converted.body}".split()).encode()).hexdigest()


def find_known(digest, day, options):
    """Return the source of the same text by the same author, unless it is of another day: "On leave this week"."""
    for known in Source.objects.filter(digest=digest, text__note__author=options.author).select_related("text__note"):
        note = known.text.note
        if day is None or day == note.dated_on or (note.week and week_of(day) == note.week):
            return known
    return None


def convert(path, meta, text):
    """Return the title and Markdown of a text; a plain one is taken apart line by line."""
    signs = sum(1 for sign in SIGNS_OF_MARKDOWN if sign.search(text))
    title = str(meta.get("title") or "").strip()
    if path.suffix.lower() not in MARKDOWN and signs < 2:
        converted = plain_text.convert(f"{title}\n\n{text}" if title else text)
        converted.title = title or converted.title
        return converted
    converted = plain_text.Converted(title=title, body=text.strip() + "\n")
    match = FIRST_HEADING.match(text)
    if match and title in ("", match[1].strip()):
        converted.title, converted.body = match[1].strip(), text[match.end() :].strip() + "\n"
    elif not title:
        first, _, rest = text.strip().partition("\n")
        if plain_text.is_title(first) and (not rest or rest.startswith("\n")):
            converted.title, converted.body = first.strip(), rest.strip() + "\n"
    return converted


def describe(path, meta, converted, day, options):
    """Return the note, not yet saved, that a file makes."""
    if day is None:
        raise Refused(
            "It does not say which day or week it is from. Say it with --week or --date, with “date:” in front "
            "matter, or with a date such as 2019-06-10 in the file's name."
        )
    week = week_of(day) if find_kind(path, meta, converted.title, options) == "weeknote" else None
    title = converted.title or (f"Weeknote {week_in_words(week)}" if week else f"Post, {day.day} {day:%B %Y}")
    if len(title) > 255:
        raise Refused(f"Its title is {len(title)} characters long; the most is 255.")
    return Note(
        title=title,
        body=converted.body,
        author=options.author,
        week=week,
        published_at=None if options.is_draft or is_draft(meta) else published_at(day, week),
        slug=slugify(str(meta.get("slug") or ""))[:80],
        dated_on=week or day,
    )


def is_draft(meta):
    """Whether front matter says so: draft: true, published: false (Jekyll) or status: draft (WordPress)."""
    said = {key: str(meta.get(key, "")).strip().lower() for key in ("draft", "published", "status")}
    return (
        said["draft"] in ("true", "yes", "on", "1")
        or said["published"] in ("false", "no", "off", "0")
        or said["status"] in ("draft", "private", "pending")
    )


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


def find_day(path, meta, text, converted, options):
    """Return the day a file is from: as said, from its front matter, its name, or its title and dated addresses."""
    said = options.week or options.day or meta_day(meta) or dating.day_in_file_name(path.stem)
    if said:
        return said
    found = dating.day_from_title_and_addresses(converted.title, text)
    if found and not dating.day_in_title(converted.title)[2]:
        converted.doubts.append(f"the year {found.year} is from a dated web address in the text")
    return found


def disagreements(path, meta, note, day, options):
    """Return a sentence for each place that names another week than the one taken."""
    others = {"front matter": meta_day(meta), "the file's name": dating.day_in_file_name(path.stem)}
    sentences = [
        f"{place} says {other.isoformat()}, which is not in the week of {day.isoformat()}"
        for place, other in others.items()
        if other and week_of(other) != week_of(day)
    ]
    if sentence := dating.disagreement(note.title, day):
        sentences.append(sentence)
    return sentences


def lost_words(text, converted):
    """Return a sentence if words of the file are not in the note, beyond what was left out on purpose."""
    shown = Counter(WORD.findall(" ".join([converted.title, *(piece.words for piece in cut(converted.body)[1])])))
    left_out = Counter(word for doubt in converted.doubts for word in WORD.findall(doubt))
    lost = Counter(WORD.findall(NOT_SHOWN.sub(" ", text))) - shown - left_out
    if not lost:
        return []
    return [f"not in the note, though in the file: {plain_text.shorten(', '.join(lost))}"]


def meta_day(meta):
    for name in ("week", "date", "published", "day"):
        value = meta.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if value and not isinstance(value, bool):
            if day := dating.day_in_file_name(str(value)):
                return day
            raise Refused(f"“{name}: {value}” in its front matter is no date such as 2019-06-10.")
    return None


def as_list(value):
    """Return a list of tags: from a list, or from words with commas."""
    items = value if isinstance(value, list) else str(value or "").split(",")
    return [item.strip()[:100] for item in items if isinstance(item, str) and item.strip()]
