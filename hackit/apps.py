from django.apps import AppConfig


class HackitConfig(AppConfig):
    name = "hackit"
    verbose_name = "The site"
