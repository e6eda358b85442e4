"""Every address of the site."""

from datetime import date

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordResetView
from django.urls import include, path, re_path, register_converter

from hackit.pages import (
    about,
    calendars,
    compare,
    design,
    directory,
    explore,
    feeds,
    report,
    search,
    thanks,
    together,
    weeks,
)
from notes.views import meetings, texts
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


def outlets(about, page, route="", *, calendar=True, feed=True):
    """Return the addresses of the feeds and the calendar of a page, `page` being what its own address is called."""
    given = {"about": about}
    fed = [
        path(f"{route}feed/", feeds.feed, given, name=f"{page}_feed"),
        path(f"{route}feed.json", feeds.json_feed, given, name=f"{page}_feed_json"),
    ]
    dated = [path(f"{route}calendar.ics", calendars.calendar, given, name=f"{page}_calendar")]
    return [*(fed if feed else []), *(dated if calendar else [])]


notes_urls = [
    path("", texts.note_list, name="list"),
    re_path(
        r"^(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/(?P<slug>[-\w]+)/$",
        texts.note_detail,
        name="detail",
    ),
    *outlets("notes", "list", calendar=False),
]
people_urls = [
    path("", directory.person_list, name="list"),
    path("<slug:slug>/", directory.person_detail, name="detail"),
    path("<slug:slug>/photo.jpg", directory.person_photo, name="photo"),
    path("<slug:slug>/thanks/", thanks.person_thanks, name="thanks"),
    path("<slug:slug>/with/", together.person_with, name="with"),
    *outlets("person", "detail", "<slug:slug>/"),
]
projects_urls = [
    path("", directory.project_list, name="list"),
    path("<slug:slug>/", directory.project_detail, name="detail"),
    path("<slug:slug>/who/", together.project_who, name="who"),
    *outlets("project", "detail", "<slug:slug>/"),
]
meetings_urls = [
    path("", meetings.meeting_list, name="list"),
    *outlets("meetings", "list"),
    *outlets("series", "series", "<slug:slug>/"),
    path("<day:held_on>/<slug:slug>/", meetings.meeting_detail, name="detail"),
    path("<slug:series>/<dated:slug>/", meetings.meeting_detail, name="detail"),
    path("<slug:slug>/", meetings.series_detail, name="series"),
]
teams_urls = [
    path("", directory.team_list, name="list"),
    path("<slug:slug>/", directory.team_detail, name="detail"),
    path("<slug:slug>/weeks/", together.team_weeks, name="weeks"),
    *outlets("team", "detail", "<slug:slug>/"),
]
organisations_urls = [
    path("", directory.organisation_list, name="list"),
    path("<slug:slug>/", directory.organisation_detail, name="detail"),
    *outlets("organisation", "detail", "<slug:slug>/"),
]
tags_urls = [
    path("", texts.tag_list, name="list"),
    path("<slug:slug>/", texts.tag_detail, name="detail"),
    *outlets("tag", "detail", "<slug:slug>/", calendar=False),
]
sections_urls = [
    path("", texts.section_list, name="list"),
    path("<slug:slug>/", texts.section_detail, name="detail"),
    *outlets("section", "detail", "<slug:slug>/", calendar=False),
]
help_urls = [
    path("", about.help_start, name="start"),
    path("<slug:page>/", about.help_page, name="page"),
]

handler404 = "hackit.pages.errors.not_found"

urlpatterns = [
    path("", weeks.home, name="home"),
    *outlets("everything", "home"),
    *outlets("explore", "explore", "explore/"),
    path("weeks/<day:day>/", weeks.week_detail, name="week"),
    path("notes/", include((notes_urls, "notes"))),
    path("people/", include((people_urls, "people"))),
    path("teams/", include((teams_urls, "teams"))),
    path("organisations/", include((organisations_urls, "organisations"))),
    path("projects/", include((projects_urls, "projects"))),
    path("meetings/", include((meetings_urls, "meetings"))),
    path("compare/", compare.compare, name="compare"),
    path("compare/quiet/", compare.quiet, name="quiet"),
    path("actions/", meetings.action_list, name="actions"),
    *outlets("actions", "actions", "actions/", feed=False),
    path("decisions/", meetings.decision_list, name="decisions"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.search_suggest, name="search_suggest"),
    path("learning/", texts.learning, name="learning"),
    path("explore/", explore.explore, name="explore"),
    *outlets("learning", "learning", "learning/", calendar=False),
    path("sections/", include((sections_urls, "sections"))),
    path("tags/", include((tags_urls, "tags"))),
    path("report/", report.report, name="report"),
    path("report/<slug:address>/", report.report_kept, name="report_kept"),
    path("files/<int:pk>/<str:name>", texts.attachment, name="file"),
    path("help/", include((help_urls, "help"))),
    path("design/", design.design, name="design"),
    path("colours.css", design.colours, name="colours"),
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
