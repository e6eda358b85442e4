"""Save a text, with everything that follows from its words. The one way for forms, importers and relinking."""

import re
from dataclasses import dataclass

import lxml.html
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from taggit.models import Tag

from notes import anchors, names
from notes.choices import choices_for
from notes.days_said import mark_days, said_on
from notes.headings import recognise
from notes.linking import name_all
from notes.links import link
from notes.markdown import clean
from notes.models import FormerTag, Mention, Passage, Question, Reference, SearchText, TaggedPassage, Text, Thanks
from notes.models.sections import LONGEST_KEY, heading_key
from notes.models.texts import SEEN_BY
from notes.passages import SPACES, Piece, cut
from notes.pictures import say_sizes
from notes.references import references
from notes.search.stems import stem_line, stem_lines
from notes.thanking import thanks_of
from people.models import DirectoryVersion

COMPARED = (
    *("position", "kind", "heading", "heading_key", "trail", "words", "html", "stems", "on", "author_id"),
    *SEEN_BY,
)


@dataclass
class Sheet:
    """A text as it is going to be stored. Made before the transaction begins."""

    html: str
    pieces: list
    namings: list
    tags: dict  # {hashtag: tag} of those that are known; `store` makes the others
    references: list  # for each piece the texts it links to
    thanked: list  # for each piece the people it thanks
    vanished: list


def write(text, *, matcher=None):
    """Save a note or meeting, its HTML, passages, mentions and derived tags; return whether anything was new.

    Rendering and linking come first, then one short transaction: about 14 queries, whatever the length. A text
    whose words and directory are what they were has nothing of this written again. Should the directory change
    meanwhile, it is linked anew once it is stored for good.
    """
    version = DirectoryVersion.with_choices()
    text.title, text.body = SPACES.sub(" ", clean(text.title)).strip(), clean(text.body)
    sheet = compose(text, matcher or names.current())
    with transaction.atomic():
        text.html, text.vanished_anchors = sheet.html, sheet.vanished
        text.save()
        transaction.on_commit(lambda: follow_directory(text, version))
        return store(text, sheet)


def follow_directory(text, version):
    """Link a stored text anew, by the directory as it is now, if that is no longer as it was in a version."""
    while (now := DirectoryVersion.with_choices()) != version:
        version = now
        try:
            rewrite(text, names.current())
        except IntegrityError:  # changed once more, and what it was going to be linked to is gone
            if DirectoryVersion.with_choices() == now:
                raise


def rewrite(text, matcher, *, first=None):
    """Bring what is stored of a text up to date with the directory; return whether anything was new.

    One that somebody else has saved since it was read is left to their save, which did the same. `first` is called
    within the transaction, before anything else: what it raises leaves everything as it was.
    """
    sheet = compose(text, matcher)
    with transaction.atomic():
        if first is not None:
            first()
        same_words = Text.objects.select_for_update().filter(pk=text.pk, title=text.title, body=text.body)
        seen_by = same_words.values_list(*SEEN_BY).first()
        if not seen_by:
            return False
        for name, value in zip(SEEN_BY, seen_by, strict=True):  # somebody may have withdrawn it since it was read
            setattr(text, name, value)
        is_new = (text.html, text.vanished_anchors) != (sheet.html, sheet.vanished)
        text.html, text.vanished_anchors = sheet.html, sheet.vanished
        is_new = store(text, sheet) or is_new
        if is_new:
            type(text).objects.filter(pk=text.pk).update(html=sheet.html, vanished_anchors=sheet.vanished)
        return is_new


def compose(text, matcher):
    """Return the sheet of a text: 3 queries, 3 more with links to other texts, 1 with pictures.

    And one for each new hashtag, one where a bullet under a heading begins with somebody’s name.
    """
    root, pieces = cut(text.body)
    say_sizes(root)
    if text.title:
        pieces.insert(0, Piece(Passage.Kind.TITLE, text.title))
    old = list(text.passages.values_list("anchor", "kind", "words")) if text.pk else []
    given = anchors.align(old, [(piece.kind, piece.words) for piece in pieces], text.vanished_anchors)
    for piece, anchor in zip(pieces, given, strict=True):
        piece.anchor = anchor
        if piece.element is not None:
            piece.element.set("id", anchor)
    linked = references(pieces)
    on = said_on(text)
    author = text.author.pk if text.author else None
    namings = name_all(pieces, matcher, choices_for(text), day=on, author=author)
    tags = known_tags({tag for naming in namings for tag in naming.hashtags.values()})
    for piece, naming in zip(pieces, namings, strict=True):
        link(piece, naming, matcher, {hashtag: tag.slug for hashtag, tag in tags.items()})
        mark_days(piece, on)
    thanked = thanks_of(pieces, namings, matcher, author)
    gone = [anchor for anchor in [*text.vanished_anchors, *(one[0] for one in old)] if anchor not in given]
    return Sheet(inner_html(root), pieces, namings, tags, linked, thanked, list(dict.fromkeys(gone)))


def store(text, sheet):
    """Make the rows of passages, mentions and derived tags agree with the sheet; return whether any was new."""
    address = text.get_absolute_url()
    before = {passage.anchor: passage for passage in text.passages.all()}
    fresh, changed, now = [], [], []
    for position, piece in enumerate(sheet.pieces):
        values = {
            "position": position,
            "kind": piece.kind,
            "heading": piece.heading,
            "heading_key": heading_key(piece.heading),
            "trail": piece.trail,
            "words": piece.words,
            "html": outside_html(piece, address),
            "stems": stem_line(piece.words),
            "on": text.on,
            "author_id": text.author.pk if text.author else None,
            **{name: getattr(text, name) for name in SEEN_BY},
        }
        passage = before.pop(piece.anchor, None)
        if passage is None:
            passage = Passage(text_id=text.pk, anchor=piece.anchor, **values)
            fresh.append(passage)
        elif any(getattr(passage, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(passage, name, value)
            changed.append(passage)
        now.append(passage)
    if before:
        Passage.objects.filter(pk__in=[passage.pk for passage in before.values()]).delete()
    Passage.objects.bulk_create(fresh)
    Passage.objects.bulk_update(changed, COMPARED)
    if fresh or changed or before:
        store_stems(text, sheet.pieces)
    under = [passage for passage in fresh + changed if passage.heading_key]
    recognise({passage.heading_key: passage.heading[:LONGEST_KEY] for passage in under})
    mentions = store_mentions(text, now, sheet.namings)
    asked = store_questions(text, now, sheet.namings)
    tags = store_tags(text, now, sheet.namings, sheet.tags)
    linked = store_references(text, now, sheet.references)
    thanked = store_thanks(text, now, sheet.thanked)
    return bool(fresh or changed or before or mentions or asked or tags or linked or thanked)


def store_stems(text, pieces):
    """Write what search finds the text by: 1 query."""
    body = stem_lines(piece.words for piece in pieces if piece.kind != Passage.Kind.TITLE)
    SearchText.objects.bulk_create(
        [SearchText(text_id=text.pk, title=stem_line(text.title), body=body)],
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["title", "body"],
    )


def store_mentions(text, passages, namings):
    wanted = {
        (passage.pk, entry): places
        for passage, naming in zip(passages, namings, strict=True)
        for entry, places in naming.by_entry().items()
    }
    gone = []
    for mention in Mention.objects.filter(passage__text=text.pk):
        key = mention.passage_id, mention.entry_id
        if wanted.get(key) == mention.places and mention.on == text.on:
            del wanted[key]
        else:
            gone.append(mention.pk)
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(
        Mention(passage_id=passage, entry_id=entry, places=places, on=text.on)
        for (passage, entry), places in wanted.items()
    )
    return bool(gone or wanted)


def store_questions(text, passages, namings):
    wanted = {
        (passage.pk, key): (kind, places)
        for passage, naming in zip(passages, namings, strict=True)
        for key, (kind, places) in naming.questions().items()
    }
    gone = []
    for question in Question.objects.filter(passage__text=text.pk):
        key = question.passage_id, question.key
        if wanted.get(key) == (question.kind, question.places):
            del wanted[key]
        else:
            gone.append(question.pk)
    if gone:
        Question.objects.filter(pk__in=gone).delete()
    Question.objects.bulk_create(
        Question(passage_id=passage, key=key, kind=kind, places=places)
        for (passage, key), (kind, places) in wanted.items()
    )
    return bool(gone or wanted)


def store_tags(text, passages, namings, tags):
    said = [
        (passage.pk, tag)
        for passage, naming in zip(passages, namings, strict=True)
        for tag in naming.hashtags.values()
    ]
    for hashtag in {hashtag for _, hashtag in said} - tags.keys():
        tags[hashtag], _ = Tag.objects.get_or_create(slug=slugify(hashtag), defaults={"name": hashtag})
    wanted = {(passage, tags[tag].pk) for passage, tag in said}
    stored = {
        (passage, tag): pk
        for pk, passage, tag in TaggedPassage.objects.filter(content_object__text=text.pk).values_list(
            "pk", "content_object", "tag"
        )
    }
    gone = [pk for key, pk in stored.items() if key not in wanted]
    if gone:
        TaggedPassage.objects.filter(pk__in=gone).delete()
    fresh = sorted(wanted - stored.keys())
    TaggedPassage.objects.bulk_create(TaggedPassage(content_object_id=passage, tag_id=tag) for passage, tag in fresh)
    return bool(gone or fresh)


def store_references(text, passages, references):
    wanted = {
        (passage.pk, other)
        for passage, others in zip(passages, references, strict=True)
        for other in others - {text.pk}
    }
    stored = {
        (passage, other): pk
        for pk, passage, other in Reference.objects.filter(passage__text=text.pk).values_list("pk", "passage", "text")
    }
    gone = [pk for key, pk in stored.items() if key not in wanted]
    if gone:
        Reference.objects.filter(pk__in=gone).delete()
    fresh = sorted(wanted - stored.keys())
    Reference.objects.bulk_create(Reference(passage_id=passage, text_id=other) for passage, other in fresh)
    return bool(gone or fresh)


def store_thanks(text, passages, thanked):
    """Make the thanks agree. One that stays is as hidden as it was.

    A hidden one stays, even while it is not clear who is thanked: once that was settled, all would see it again.
    """
    wanted = {(passage.pk, person) for passage, people in zip(passages, thanked, strict=True) for person in people}
    stored = {
        (passage, person): pk
        for pk, passage, person in Thanks.objects.filter(passage__text=text.pk).values_list("pk", "passage", "person")
    }
    gone = [pk for key, pk in stored.items() if key not in wanted]
    if gone:
        gone = Thanks.objects.filter(pk__in=gone, is_hidden=False).delete()[0]
    fresh = sorted(wanted - stored.keys())
    Thanks.objects.bulk_create(Thanks(passage_id=passage, person_id=person) for passage, person in fresh)
    return bool(gone or fresh)


def known_tags(hashtags):
    """Return {hashtag: its tag} of those that have one: by the address they would have or had, else by the name."""
    if not hashtags:
        return {}
    by_slug = {tag.slug: tag for tag in Tag.objects.filter(slug__in={slugify(hashtag) for hashtag in hashtags})}
    former = FormerTag.objects.filter(slug__in={slugify(hashtag) for hashtag in hashtags}).select_related("tag")
    by_slug = {one.slug: one.tag for one in former} | by_slug
    found = {hashtag: by_slug.get(slugify(hashtag)) for hashtag in hashtags}
    for hashtag in [hashtag for hashtag, tag in found.items() if tag is None]:
        found[hashtag] = Tag.objects.filter(name__iexact=hashtag).first()
    return {hashtag: tag for hashtag, tag in found.items() if tag}


def inner_html(element):
    """Return the HTML of what an element holds."""
    start = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return start[start.index(">") + 1 : start.rindex("<")].strip() if "</" in start else ""


FOOTNOTE = re.compile(r'href="#(fn(?:ref)?\d*:[\w-]+)"')
WAY_BACK = re.compile(r'\s*<a class="footnote-backref"[^>]*>[^<]*</a>')
IDS = re.compile(r'(<[a-z0-9]+(?: [a-z-]+="[^"]*")*?) id="[^"]*"')


def outside_html(piece, address):
    """Return the HTML of a passage for showing it outside its text: without ids, its footnotes leading into it."""
    if piece.element is None:
        return ""
    if piece.element.tag in {"table", "pre", "p"} and piece.kind != Passage.Kind.QUOTATION:
        html = lxml.html.tostring(piece.element, encoding="unicode", with_tail=False)
    else:
        tag = "blockquote" if piece.kind == Passage.Kind.QUOTATION else "p"
        html = f"<{tag}>{inner_html(piece.element)}</{tag}>"
    html = WAY_BACK.sub("", IDS.sub(r"\1", html))
    return FOOTNOTE.sub(lambda match: f'href="{address}#{match[1]}"', html)
