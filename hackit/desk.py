"""The writing desk: the admin of this site, what is written every week first."""

from django.conf import settings
from django.contrib.admin import AdminSite

ORDER = ["notes", "projects", "people", "taggit", "auth"]


class Desk(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = "The writing desk"

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "taggit":
                app["name"] = "Tags"
        return sorted(
            apps, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER)
        )
