"""Feeds of everything, every list and everything with a page, and of any filters: Atom and JSON Feed.

An item is a note or a meeting in full. Feeds are in the order of publication, so that what is written late is new.
"""

import json
from dataclasses import dataclass
from functools import cached_property, partial

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date
from django.utils.http import parse_http_date_safe
from django.views.decorators.http import require_safe

from hackit.pages.subjects import Subject, filters_in_words, query_of, subject_of
from notes.filters import Filters
from notes.freshness import EPOCH, is_known, say_how_fresh, version_for
from notes.models import Action, Passage, Text
from notes.outside import absolute, legal
from notes.paging import Page

SIZE = 20
NEWEST_FIRST = ["-published_at", "-pk"]
MINTED = "2026"  # when the site began to give ids: a tag URI says so, and keeps it


class Atom(Atom1Feed):
    """Django's Atom, with the text in full, several authors and links from page to page (RFC 5005)."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation in ("first", "next"):
            if self.feed[relation]:
                handler.addQuickElement("link", "", {"rel": relation, "href": self.feed[relation]})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author["name"])
            handler.addQuickElement("uri", author["url"])
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self):
        """The same for the same items: a feed without any is not new each time."""
        return max((item["updateddate"] for item in self.items), default=EPOCH)


class JsonFeed(SyndicationFeed):
    """The same as JSON Feed 1.1."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        said = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "next_url": self.feed["next"],
            "authors": [{"name": self.feed["author_name"], "url": self.feed["author_link"]}],
            "items": [self.item(item) for item in self.items],
        }
        json.dump({name: value for name, value in said.items() if value or name == "items"}, outfile)

    def item(self, item):
        said = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_html": item["content"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": item["authors"],
            "tags": list(item["categories"]),
        }
        return {name: value for name, value in said.items() if value}


@require_safe
def feed(request, about, slug="", form=Atom):
    """Send a page of a feed: at most 13 queries; 1 where nothing changed since, 2 more for who is signed in."""

    def write(outlet, response):
        outlet.write(form, response)

    return answer(request, partial(subject_of, about, slug, request.user), form.content_type, write)


def json_feed(request, about, slug=""):
    return feed(request, about, slug, form=JsonFeed)


def answer(request, find, content_type, write, since=EPOCH):
    """Answer with what `write(outlet, response)` writes, or with a 304 before anything is made of it.

    `find` returns the Subject. Whoever asks by the date alone may not know whether there is such a page: that is
    found out first. `since` is the moment from which on the answer is of now, such as the beginning of a week.
    """
    version = version_for(request.user)
    changed_at = max(version.changed_at, since)
    tag = version.tag(request.build_absolute_uri(), since)
    if is_known(request, tag):
        return say_how_fresh(HttpResponse(status=304), tag, changed_at)
    outlet = Outlet(request, find())
    if outlet.is_elsewhere:
        return redirect(outlet.own_address, permanent=True)
    response = say_how_fresh(HttpResponse(content_type=content_type), tag, changed_at)
    dated = parse_http_date_safe(response.get("Last-Modified", ""))
    unchanged = get_conditional_response(request, etag=tag, last_modified=dated, response=response)
    if unchanged is response:
        write(outlet, response)
    return unchanged


@dataclass
class Outlet:
    """A subject as this reader asks for it, with filters, at an address that ends in a feed's or calendar's name."""

    request: object
    subject: Subject

    @cached_property
    def filters(self):
        return Filters(self.request)

    @cached_property
    def name(self):
        """The end of the address, such as "feed/" or "calendar.ics"."""
        path = self.request.path
        return path[path.rstrip("/").rindex("/") + 1 :]

    @cached_property
    def page(self):
        return self.subject.address or self.request.path.removesuffix(self.name)

    @property
    def is_elsewhere(self):
        """Whether it was asked at an address it no longer has: of a tag that went into another, of the learnings."""
        return self.request.path != self.page + self.name

    @property
    def own_address(self):
        query = self.request.GET.urlencode()
        return f"{self.page}{self.name}?{query}" if query else self.page + self.name

    @cached_property
    def title(self):
        said = [self.subject.title, filters_in_words(self.filters)]
        return " – ".join(filter(None, [*said, settings.SITE_NAME]))

    @cached_property
    def query(self):
        return query_of(self.request.GET)

    def id_of(self, key):
        return f"tag:{settings.ID_AUTHORITY},{MINTED}:{key}"

    def address(self, path, query=""):
        return self.request.build_absolute_uri(f"{path}?{query}" if query else path)

    def write(self, form, outfile):
        texts = Text.objects.listed_for(self.request.user).filter(self.subject.texts)
        page = Page(
            with_all(self.filters.texts(texts)), self.request.GET.get("after", ""), by=NEWEST_FIRST, size=SIZE
        )
        made = form(
            title=legal(self.title),
            link=self.address(self.page, self.query),
            description="",
            language="en-GB",
            author_name=settings.SITE_NAME,
            author_link=self.address("/"),
            feed_url=self.request.build_absolute_uri(),
            feed_guid=self.id_of("?".join(filter(None, [f"feed/{self.subject.key}", self.query]))),
            first="" if page.is_first else self.address(self.request.path, self.query),
            next=page.next and self.address(self.request.path, self.query_of_next(page)),
        )
        for text in page:
            made.add_item(**self.item(text))
        made.write(outfile, "utf-8")

    def query_of_next(self, page):
        data = self.request.GET.copy()
        data["after"] = page.next
        return data.urlencode()

    def item(self, text):
        whole = text.whole
        address = self.address(whole.get_absolute_url())
        html = text.html if whole.author else render_to_string("feeds/meeting.html", {"meeting": whole})
        return {
            "title": legal(title_of(text)),
            "link": address,
            "description": None,
            "unique_id": self.id_of(f"text/{text.pk}"),
            "pubdate": text.published_at,
            "updateddate": max(text.published_at, text.edited_at),
            "authors": [
                {"name": legal(person.name), "url": self.address(person.get_absolute_url())}
                for person in authors_of(whole)
            ],
            "categories": tags_of(text),
            "content": absolute(html, address),
        }


def with_all(texts):
    """Load what items say: 7 queries more, however many items there are."""
    hashtags = Passage.objects.filter(tags__isnull=False).only("text").distinct().prefetch_related("tags")
    return (
        texts.select_related("note__author", "meeting__series", "meeting__chair")
        .prefetch_related(
            "note__coauthors",
            "note__tags",
            "meeting__decisions",
            Prefetch("meeting__actions", Action.objects.select_related("owner")),
            Prefetch("passages", hashtags, to_attr="with_hashtags"),
        )
        .defer("body", "vanished_anchors")
    )


def authors_of(whole):
    """Return who wrote it. A meeting is written up by nobody alone: the feed's own author is the site."""
    return [whole.author, *whole.coauthors.all()] if whole.author else []


def tags_of(text):
    """Return the names of the tags of a note and of the hashtags in a text, each once."""
    own = [] if text.whole.author is None else text.whole.tags.all()
    derived = [tag for passage in text.with_hashtags for tag in passage.tags.all()]
    return list(dict.fromkeys(legal(tag.name) for tag in [*own, *derived]))


def title_of(text):
    """Return the title, or the series and the day of a meeting that has none: with its year, as feeds are kept."""
    if text.title:
        return text.title
    day = text.whole.held_on
    return f"{text.whole.series}, {day.day} {day:%B %Y}"
