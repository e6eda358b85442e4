"""Walk every text again, or those that do not follow a changed name yet: render, cut, link."""

from django.core.management.base import BaseCommand

from notes.models import Meeting, Text
from notes.outcomes import find_projects
from notes.renaming import link_waiting, relink


class Command(BaseCommand):
    help = "Link every text again, after names were changed outside the admin. What is up to date is not written."

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="only the texts that do not follow a changed name yet; may be stopped, and goes on where it was",
        )

    def handle(self, *, waiting, **options):
        if waiting:
            followed = link_waiting(shows_progress=True)
            texts = "1 text follows" if followed.linked == 1 else f"{followed.linked:,} texts follow"
            self.stdout.write(f"{texts} now, {followed.changed:,} changed." if followed.linked else "No text waits.")
            return
        texts = Text.objects.order_by("pk")
        changed = relink(texts, shows_progress=True)
        for meeting in Meeting.objects.all():
            find_projects(meeting)
        self.stdout.write(f"{changed} of {texts.count()} texts changed." if changed else "Nothing changed.")
