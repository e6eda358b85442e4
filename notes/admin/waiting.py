"""The page of the desk that lets texts follow what changed in the directory, as many at once as a request bears."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from notes.models import Waiting
from notes.renaming import MOST_AT_ONCE, link_waiting
from people.desk import DeskAdmin

SO_FAR = "texts_followed"  # in the session: how many since the list was last empty, and how many of them changed


@admin.register(Waiting)
class WaitingAdmin(DeskAdmin):
    """No list to be changed: how far it is, and a button. Everybody who writes may press it, as it does no harm."""

    exclude = ["text"]  # nothing of it is for a form

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return False

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """Let a row go with its text, whoever may delete that. Nobody deletes it by itself."""
        return True

    def changelist_view(self, request, extra_context=None):
        """Show how many texts follow; when asked to, link the next of them first."""
        so_far = request.session.get(SO_FAR, {"followed": 0, "changed": 0})
        if request.method == "POST":
            followed = link_waiting(list(Waiting.objects.values_list("text", flat=True)[:MOST_AT_ONCE]))
            so_far = {
                "followed": so_far["followed"] + followed.linked,
                "changed": so_far["changed"] + followed.changed,
            }
            request.session[SO_FAR] = so_far
            return HttpResponseRedirect(reverse("admin:notes_waiting_changelist"))
        left = Waiting.objects.count()
        if not left:
            request.session.pop(SO_FAR, None)
        context = {
            **self.admin_site.each_context(request),
            "title": "Texts that follow a changed name",
            "left": left,
            "followed": so_far["followed"],
            "total": so_far["followed"] + left,
            "in_words": in_words(left=left, **so_far),
            "most": min(left, MOST_AT_ONCE),
        }
        return TemplateResponse(request, "admin/notes/waiting.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        raise PermissionDenied

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        raise PermissionDenied


def in_words(followed, changed, left):
    """Return how far it is."""
    total = followed + left
    words = f"{followed:,} of {total:,} {'text follows' if total == 1 else 'texts follow'}"
    return f"{words}; {changed:,} of them had other links before." if followed else f"{words}."
