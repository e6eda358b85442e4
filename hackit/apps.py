from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate

from hackit import roles


class HackitConfig(AppConfig):
    name = "hackit"
    verbose_name = "The site"

    def ready(self):
        # This app is migrated after those below it: by then their permissions exist.
        post_migrate.connect(roles.make_groups, sender=self)


class DeskConfig(AdminConfig):
    default_site = "hackit.desk.Desk"
