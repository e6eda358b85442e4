"""The writing desk: the admin of this site, what is written every week first."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from notes.models import Action, Meeting, Note, Question, Waiting
from people.models import Entry

ORDER = ["notes", "projects", "people", "taggit", "auth"]
FEW = 6
MODELS = {
    Entry.Kind.PERSON: "people_person",
    Entry.Kind.TEAM: "people_team",
    Entry.Kind.ORGANISATION: "people_organisation",
    Entry.Kind.PROJECT: "projects_project",
    Entry.Kind.MEETING_SERIES: "notes_meetingseries",
}


class Desk(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = "The writing desk"

    @method_decorator(login_not_required)  # it leads to where one signs in
    def login(self, request, extra_context=None):
        """Send strangers to the site's one page for signing in; tell others that they may not write."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))

    def index(self, request, extra_context=None):
        """Show first what waits for whoever comes: drafts, actions and, for editors, what others added."""
        return super().index(request, {**(extra_context or {}), **waiting_for(request.user)})

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "taggit":
                app["name"] = "Tags"
            if app["app_label"] == "auth":
                app["name"] = "Accounts"
                app["models"][0]["name"] = "Accounts"
        return sorted(
            apps, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER)
        )


def waiting_for(user):
    """Return what a user has begun or is asked for: 4 queries, 3 more for who may change the directory."""
    unfinished = [
        texts.theirs(user).filter(published_at__isnull=True, withdrawn_at__isnull=True).without_body()
        for texts in (Note.objects, Meeting.objects.select_related("series"))
    ]
    actions = Action.objects.filter(
        owner__login=user, meeting__in=Meeting.objects.readable_by(user).order_by().values("pk")
    )
    may_change_directory = user.has_perm("people.change_person")
    to_check = list(Entry.objects.filter(is_to_check=True)[:FEW]) if may_change_directory else []
    for entry in to_check:
        entry.desk = reverse(f"admin:{MODELS[entry.kind]}_change", args=[entry.pk])
    return {
        "own_drafts": [text for texts in unfinished for text in texts.order_by("-on")[:FEW]],
        "own_actions": actions.open().with_links()[:FEW],
        "to_check": to_check,
        "names_to_settle": Question.objects.values("key").distinct().count() if may_change_directory else 0,
        "texts_to_follow": Waiting.objects.count() if may_change_directory else 0,
    }
