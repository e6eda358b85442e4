"""Whether what somebody keeps a copy of is still so, without making it anew: 1 query."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Case, Count, Max, Subquery, Sum, When
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import http_date, parse_etags

from notes.models import Text
from people.models import DirectoryVersion

EPOCH = datetime.fromtimestamp(0, tz=UTC)
A_SECOND = timedelta(seconds=1)
ROWS = (DirectoryVersion.DIRECTORY, DirectoryVersion.TOLD)
MOMENTS = ("changed_at", "due_at", *(f"at_{row}" for row in ROWS))
MADE = "1"  # raise it when the same texts are put in other words: copies of before are then no longer so


@dataclass
class Version:
    """How the texts that are listed for a reader stand, and the directory by which they are called and chosen."""

    is_signed_in: bool
    facts: tuple
    changed_at: datetime

    def tag(self, *more):
        """Return an ETag of an answer that depends on the version and on `more`, such as its address."""
        said = "\n".join(
            map(str, (MADE, settings.SITE_NAME, settings.TIME_ZONE, self.is_signed_in, self.facts, more))
        )
        return f'"{salted_hmac("notes.freshness", said, algorithm="sha256").hexdigest()[:32]}"'


def version_for(user):
    """Return the Version of everything that is listed for a user: 1 query.

    No change leaves it as it was: of the same texts, each change raises the sum of their revisions; one that comes
    in raises how many there are, and where one goes the stamp of what is told no longer is another. Whatever else is
    told of them, such as a name, a tag or what a section is, is in the stamps of the directory.
    """
    facts = Text.objects.listed_for(user).aggregate(
        texts=Count("pk"),
        revisions=Sum("revision"),
        changed_at=Max("changed_at"),
        due_at=Max("published_at"),
        **{f"stamp_{row}": once(row, "stamp") for row in ROWS},
        **{f"at_{row}": once(row, "changed_at") for row in ROWS},
    )
    moments = [facts[name] for name in MOMENTS if facts[name]]
    return Version(user.is_authenticated, tuple(map(str, facts.values())), max(moments, default=EPOCH))


def once(row, field):
    """Return a field of a version of the directory for an aggregate: asked once, also where there is no text."""
    value = Subquery(DirectoryVersion.objects.filter(pk=row).values(field))
    return Case(When(GreaterThanOrEqual(Count("pk"), 0), then=value))


def is_known(request, tag):
    """Whether somebody asks for what is no longer as they have it, and it still is."""
    return tag in {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}


def say_how_fresh(response, tag, changed_at):
    """Let whoever keeps a copy ask by its tag; by its date as well, once the second of the change is over."""
    response["ETag"] = tag
    if timezone.now() - changed_at > A_SECOND:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    patch_vary_headers(response, ["Cookie"])
    return response
