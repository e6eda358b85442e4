"""Serve the site on this computer, where the settings say: HOST and PORT."""

from django.conf import settings
from django.core.management.base import CommandError
from whitenoise.runserver_nostatic.management.commands.runserver import Command as RunserverCommand

from hackit.environment import LOOPBACK


class Command(RunserverCommand):
    default_addr = settings.HOST
    default_port = str(settings.PORT)

    def inner_run(self, *args, **options):
        if settings.SECRET_KEY.startswith("django-insecure") and self.addr not in LOOPBACK:
            raise CommandError(f"SECRET_KEY is not set: the development key is only for 127.0.0.1, not {self.addr}.")
        super().inner_run(*args, **options)
