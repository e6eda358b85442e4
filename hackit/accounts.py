"""Accounts: made for a person in one step, with a role and an invitation by mail."""

from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from hackit.roles import Role, give, role_of
from people.models import Person


class PeopleBackend(ModelBackend):
    """Accounts with passwords. Whoever has left the directory has left the site, signed in or not."""

    def user_can_authenticate(self, user):
        person = getattr(user, "person", None)
        return super().user_can_authenticate(user) and not (person and person.has_left)

    def get_user(self, user_id):
        """Return an account with its person: 1 query."""
        user = get_user_model()._default_manager.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class InvitationForm(forms.ModelForm):
    """Make an account for somebody in the directory."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        empty_label="Choose somebody",
        help_text="Who it is for: people in the directory who are here and have no account yet.",
    )
    email = forms.EmailField(
        label="Email address",
        required=False,
        max_length=150,  # as long as a username
        help_text="Where the invitation goes, and what they sign in with. Empty: the one in the directory.",
    )
    role = forms.ChoiceField(
        choices=Role.choices,
        initial=Role.AUTHOR,
        widget=forms.RadioSelect,
        help_text="What they may do. You can change it later.",
    )

    class Meta:
        model = get_user_model()
        fields = ["email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.here().filter(login__isnull=True)

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("person")
        if person is None or "email" in self.errors:
            return cleaned
        cleaned["email"] = (cleaned.get("email") or person.email).lower()[:151]
        if not cleaned["email"]:
            self.add_error("email", f"The directory has no address of {person}. Give the one they read.")
        elif len(cleaned["email"]) > 150:
            self.add_error("email", "This address is longer than 150 characters. Give another one.")
        elif get_user_model().objects.filter(username__iexact=cleaned["email"]).exists():
            self.add_error("email", f"{cleaned['email']} has an account already.")
        return cleaned

    def save(self, commit=True):
        """Make the account and let the person have it. Its password is nobody's until they choose one."""
        user, person = super().save(commit=False), self.cleaned_data["person"]
        user.username = user.email = self.cleaned_data["email"]
        user.first_name = person.preferred_name or person.name
        user.set_password(get_random_string(50))
        give(user, self.cleaned_data["role"])
        person.login = user
        person.email = person.email or user.email
        person.save()
        return user


class AccountForm(forms.ModelForm):
    role = forms.ChoiceField(choices=Role.choices, widget=forms.RadioSelect, help_text="What they may do.")

    class Meta:
        model = get_user_model()
        fields = ["email", "is_active"]
        help_texts = {
            "email": "Where invitations and new passwords go.",
            "is_active": "Take the tick away when somebody leaves: they cannot sign in, and what they wrote stays.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = role_of(self.instance)

    def save(self, commit=True):
        user = super().save(commit=False)
        give(user, self.cleaned_data["role"])
        return user


def invite(user, request):
    """Mail somebody the way in; return a sentence when the mail could not be sent, else None."""
    token = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    context = {
        "SITE_NAME": settings.SITE_NAME,
        "person": getattr(user, "person", None),
        "account": user,
        "by": getattr(request.user, "person", request.user),
        "role": role_of(user).label,
        "may_write": user.is_staff,
        "link": request.build_absolute_uri(reverse("password_reset_confirm", kwargs=token)),
        "again": request.build_absolute_uri(reverse("password_reset")),
        "help": request.build_absolute_uri(reverse("help:page", args=["writing" if user.is_staff else "reading"])),
    }
    message = EmailMessage(
        f"Your account on {settings.SITE_NAME}",
        render_to_string("registration/invitation.txt", context),
        to=[user.email],
    )
    try:
        message.send()
    except (SMTPException, OSError) as error:
        return (
            f"The account is made, but the invitation to {user.email} could not be sent ({error}). When mail works "
            "again, choose “Send the invitation again” in the list of accounts."
        )
    return None
