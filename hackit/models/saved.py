"""Questions that somebody asks again: an address with its filters, under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class SavedSearchQuerySet(models.QuerySet):
    def offered_to(self, user):
        """Return the user's own, and those that others share."""
        return self.filter(Q(owner=user) | Q(is_shared=True)) if user.is_authenticated else self.none()


class SavedSearch(models.Model):
    """Filters under a name: for one person, or shared with all colleagues.

    It keeps the question and no answer: whoever opens it sees what they may see.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    query = models.TextField()  # of the address, without the question mark
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_search_has_a_name_of_its_own",
                violation_error_message="You have saved another search under this name.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('explore')}?{self.query}"
