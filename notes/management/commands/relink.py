"""Walk every text again: render, cut, link."""

from django.core.management.base import BaseCommand

from notes.models import Meeting, Text
from notes.outcomes import find_projects
from notes.renaming import relink


class Command(BaseCommand):
    help = "Link every text again, after names were changed outside the admin. What is up to date is not written."

    def handle(self, **options):
        texts = Text.objects.order_by("pk")
        changed = relink(texts, shows_progress=True)
        for meeting in Meeting.objects.all():
            find_projects(meeting)
        self.stdout.write(f"{changed} of {texts.count()} texts changed." if changed else "Nothing changed.")
