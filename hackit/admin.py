"""The desk of accounts: one form makes an account for a person, gives the role and sends the invitation."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from hackit.accounts import AccountForm, InvitationForm, invite
from hackit.roles import Role, role_of
from people.models import Person

admin.site.unregister(Group)  # a role is chosen on the account; what it may do is written in hackit/roles.py
admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class AccountAdmin(UserAdmin):
    add_form = InvitationForm
    form = AccountForm
    add_form_template = None
    add_fieldsets = [(None, {"fields": ["person", "email", "role"]})]
    fieldsets = [
        (None, {"fields": ["username", "whose", "email", "role", "is_active"]}),
        ("What is known", {"fields": ["last_login", "date_joined", "new_password"]}),
    ]
    readonly_fields = ["username", "whose", "last_login", "date_joined", "new_password"]
    list_display = ["username", "whose", "role", "is_active", "last_login"]
    list_filter = ["is_active", "groups", "is_superuser"]
    list_select_related = ["person"]
    search_fields = ["username", "email", "person__name"]
    filter_horizontal = []
    actions = ["invite_again", "switch_off"]
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        """Refuse that somebody deletes their own account: nobody might be left."""
        return super().has_delete_permission(request, obj) and obj != request.user

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request, obj=None, **kwargs):
        """Refuse that somebody takes their own administrator's role away: nobody might be left."""
        form = super().get_form(request, obj, **kwargs)
        if obj != request.user:
            return form

        class OwnAccountForm(form):
            def clean(self):
                cleaned = super().clean()
                if cleaned.get("role") != role_of(self.instance) or not cleaned.get("is_active"):
                    raise ValidationError("You cannot change your own role, or switch yourself off. Ask another one.")
                return cleaned

        return OwnAccountForm

    def get_changeform_initial_data(self, request):
        """Fill in the address of the person whose page led here."""
        initial = super().get_changeform_initial_data(request)
        person = initial.get("person", "")
        found = Person.objects.filter(pk=person).first() if person.isascii() and person.isdigit() else None
        return initial | ({"email": found.email} if found else {})

    def add_view(self, request, form_url="", extra_context=None):
        """Make the account, and only once it is stored send the invitation."""
        response = super().add_view(request, form_url, extra_context)
        if hasattr(request, "account_made"):
            self.invite_one(request, request.account_made)
        return response

    def save_model(self, request, obj, form, change):
        """Leave saving to the form, which gives the role as well."""
        if not change:
            request.account_made = obj

    def invite_one(self, request, user):
        problem = invite(user, request)
        self.message_user(
            request,
            problem or f"The invitation was sent to {user.email}.",
            messages.ERROR if problem else messages.SUCCESS,
        )

    @admin.display(description="person", ordering="person__name")
    def whose(self, user):
        person = getattr(user, "person", None)
        if person is None:
            return "Nobody’s"
        return format_html('<a href="{}">{}</a>', reverse("admin:people_person_change", args=[person.pk]), person)

    @admin.display(description="role")
    def role(self, user):
        return Role(role_of(user)).name.capitalize()

    @admin.display(description="password")
    def new_password(self, user):
        if user is None or user.pk is None:
            return ""
        return format_html(
            '<a href="{}">Set a password</a>', reverse("admin:auth_user_password_change", args=[user.pk])
        )

    @admin.action(description="Send the invitation again", permissions=["change"])
    def invite_again(self, request, queryset):
        for user in (
            queryset.filter(is_active=True).exclude(email="").exclude(person__left_on__lte=timezone.localdate())
        ):
            self.invite_one(request, user)

    @admin.action(description="Switch off: they can no longer sign in", permissions=["change"])
    def switch_off(self, request, queryset):
        count = queryset.exclude(pk=request.user.pk).update(is_active=False)
        self.message_user(request, f"{count} switched off. What they wrote stays theirs.")
