"""Every address of the site."""

from datetime import date

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordResetView
from django.urls import include, path, re_path, register_converter

from hackit.pages import about, directory, weeks
from notes import views as notes
from notes.weeks import EARLIEST, LATEST


class DayConverter:
    """A day in an address, as 2019-06-10."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        day = date.fromisoformat(value)  # a ValueError is no such address
        if not EARLIEST <= day.year <= LATEST:
            raise ValueError
        return day

    def to_url(self, value):
        return value if isinstance(value, str) else value.isoformat()


class DatedConverter:
    """The last part of the address of a meeting in a series: its day, with -2 for a second one on that day."""

    regex = r"\d{4}-\d{2}-\d{2}(?:-\d+)?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(DayConverter, "day")
register_converter(DatedConverter, "dated")

notes_urls = [
    path("", notes.note_list, name="list"),
    re_path(
        r"^(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/(?P<slug>[-\w]+)/$",
        notes.note_detail,
        name="detail",
    ),
]
people_urls = [
    path("", directory.person_list, name="list"),
    path("<slug:slug>/", directory.person_detail, name="detail"),
    path("<slug:slug>/photo.jpg", directory.person_photo, name="photo"),
]
projects_urls = [
    path("", directory.project_list, name="list"),
    path("<slug:slug>/", directory.project_detail, name="detail"),
]
meetings_urls = [
    path("", notes.meeting_list, name="list"),
    path("<day:held_on>/<slug:slug>/", notes.meeting_detail, name="detail"),
    path("<slug:series>/<dated:slug>/", notes.meeting_detail, name="detail"),
    path("<slug:slug>/", notes.series_detail, name="series"),
]

urlpatterns = [
    path("", weeks.home, name="home"),
    path("weeks/<day:day>/", weeks.week_detail, name="week"),
    path("notes/", include((notes_urls, "notes"))),
    path("people/", include((people_urls, "people"))),
    path("teams/", include(([path("<slug:slug>/", directory.team_detail, name="detail")], "teams"))),
    path(
        "organisations/",
        include(([path("<slug:slug>/", directory.organisation_detail, name="detail")], "organisations")),
    ),
    path("projects/", include((projects_urls, "projects"))),
    path("meetings/", include((meetings_urls, "meetings"))),
    path("tags/", include(([path("<slug:slug>/", notes.tag_detail, name="detail")], "tags"))),
    path("accessibility/", about.accessibility, name="accessibility"),
    path(
        "accounts/password_reset/",
        PasswordResetView.as_view(extra_email_context={"SITE_NAME": settings.SITE_NAME}),
        name="password_reset",
    ),
    path("accounts/", include("django.contrib.auth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", about.healthz, name="healthz"),
]
