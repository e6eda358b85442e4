"""The desk of people, teams and organisations."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from people.desk import DeskAdmin
from people.entry_desk import EntryAdmin, EntryForm
from people.models import Entry, Organisation, Person, Team
from people.photos import plain_photo

A_WEEK = timedelta(days=7)


@admin.register(Entry)
class AnyEntryAdmin(DeskAdmin):
    """Not a desk, but what lets forms suggest entries of every kind."""

    search_fields = ["name", "slug", "aliases__name"]

    def has_module_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        raise PermissionDenied

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        raise PermissionDenied

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PersonForm(EntryForm):
    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        return plain_photo(photo) if isinstance(photo, UploadedFile) else photo


@admin.register(Person)
class PersonAdmin(EntryAdmin):
    form = PersonForm
    list_display = ["name", "role", "team", "organisation", "category", "left_on"]
    list_filter = ["category", "team", "organisation", ("left_on", admin.EmptyFieldListFilter)]
    list_select_related = ["team", "organisation"]
    autocomplete_fields = ["team", "organisation", "login"]
    fieldsets = [
        (None, {"fields": ["name", "preferred_name", "category", "role", "team", "organisation", "place"]}),
        ("Photo and contact", {"fields": ["photo", "email", "telephone", "contact_is_open"]}),
        ("Here from and until", {"fields": ["started_on", "left_on"]}),
    ]
    for_authors = ["name", "preferred_name", "category", "role", "team", "organisation", "place"]
    actions = ["mark_as_left", *EntryAdmin.actions]

    def in_address(self, request):
        """Say who signs in as them; who may change accounts may change that."""
        return ["login", "account"] if request.user.has_perm("auth.change_user") else []

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "account"]

    def may_tell_a_former_name(self, entry):
        account = [f"the account {entry.login}"] if entry.login_id else []
        return [*super().may_tell_a_former_name(entry), *([entry.email] if entry.email else []), *account]

    @admin.display(description="sign-in")
    def account(self, person):
        """Lead to the one step that makes an account."""
        if person is None or person.pk is None:
            return "Save first. Then you can make a login for them here."
        if person.login_id:
            return format_html('<a href="{}">Account</a>', reverse("admin:auth_user_change", args=[person.login_id]))
        address = f"{reverse('admin:auth_user_add')}?person={person.pk}"
        return format_html('<a href="{}">Make a login for {}, and invite them</a>', address, person)

    @admin.action(description="Mark as having left today", permissions=["change"])
    def mark_as_left(self, request, queryset):
        today = timezone.localdate()
        here = queryset.filter(left_on__isnull=True)
        early = list(here.filter(started_on__gt=today))
        leaving = list(here.exclude(started_on__gt=today))
        for person in leaving:
            person.left_on = today
            person.save()
            self.tell_texts(request, person, person.names(), since=today - A_WEEK)
        self.message_user(
            request,
            f"{len(leaving)} marked as having left: they can no longer sign in, and what they wrote stays theirs.",
        )
        for person in early:
            self.message_user(request, f"{person} has not started yet. Change “Started on” first.", messages.WARNING)


@admin.register(Team)
class TeamAdmin(EntryAdmin):
    list_display = ["name", "part_of"]
    list_filter = [("part_of", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["part_of"]
    autocomplete_fields = ["part_of"]
    fieldsets = [(None, {"fields": ["name", "part_of", "about"]})]


@admin.register(Organisation)
class OrganisationAdmin(EntryAdmin):
    list_display = ["name", "category"]
    list_filter = ["category"]
    fieldsets = [(None, {"fields": ["name", "category", "about"]})]
    for_authors = ["name", "category", "about"]
