"""Highlight reports that somebody keeps: one they arrange, and frozen copies of it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string

from notes.models.texts import EDITS_EVERY_TEXT, Audience
from people.constraints import ends_after_it_starts
from people.models import Entry


def address_nobody_guesses():
    return get_random_string(20).lower()


class ReportQuerySet(models.QuerySet):
    def changeable_by(self, user):
        """Return what this user may rename, arrange, freeze and delete: what is theirs; editors, everything."""
        if not user.is_authenticated:
            return self.none()
        return self if user.has_perm(EDITS_EVERY_TEXT) else self.filter(owner=user)

    def readable_by(self, user):
        """Return what this user may open: what they may change, and the frozen copies for those like them.

        A copy whose sources have fewer readers by now has them too: see hackit.reporting.frozen.
        """
        if not user.is_authenticated:
            return self.filter(frozen_at__isnull=False, audience=Audience.EVERYONE)
        mine = self.changeable_by(user).order_by().values("pk")
        return self.filter(Q(frozen_at__isnull=False) | Q(pk__in=mine))


class Report(models.Model):
    """What somebody chose for a report on an entry and a period; or, frozen, a dated copy of what it said.

    One that is not frozen keeps the choice and no words: it says what its owner may read on the day they open it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports")
    address = models.CharField(max_length=20, unique=True, default=address_nobody_guesses, editable=False)
    title = models.CharField(max_length=120, blank=True)  # empty: the subject's name and the period
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    picks = models.JSONField(default=list)  # in order: {"passage": its key, "in": whether it is quoted}
    lines = models.JSONField(default=list)  # of the owner's own: {"words", "place": a theme, or "" for the top}
    frozen_at = models.DateTimeField(null=True, editable=False)
    body = models.JSONField(null=True, encoder=DjangoJSONEncoder, editable=False)  # of a frozen one
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.SIGNED_IN, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="frozen_report_has_a_body",
                condition=Q(frozen_at__isnull=True, body__isnull=True)
                | Q(frozen_at__isnull=False, body__isnull=False),
            ),
            ends_after_it_starts("report_ends_after_it_starts", "first", "last", "“To” is before “From”."),
        ]

    def __str__(self):
        return self.title or "Report"

    def get_absolute_url(self):
        return reverse("report_kept", args=[self.address])
