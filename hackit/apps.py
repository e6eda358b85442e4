from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class HackitConfig(AppConfig):
    name = "hackit"
    verbose_name = "The site"


class DeskConfig(AdminConfig):
    default_site = "hackit.desk.Desk"
