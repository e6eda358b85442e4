"""What search finds texts by."""

from django.db import models

from notes.models.texts import Text


class SearchText(models.Model):
    """The stems of a text (see notes.search.stems). Each database keeps an index of it: see notes.search.backends."""

    text = models.OneToOneField(Text, models.CASCADE, primary_key=True, related_name="search_text")
    title = models.TextField()
    body = models.TextField()  # of each passage but the title

    def __str__(self):
        return f"{self.title.strip()}:{self.body[:80]}"
