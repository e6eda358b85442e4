"""The account to look around with."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model

from hackit.environment import LOOPBACK
from people.models import Person

USERNAME = "demo"
PASSWORD = "weeknotes"  # noqa: S105 - for a site on this computer only: see `add_login`
EDITS_AS = "tamsin-ellery"  # who has not written this week


def add_login():
    """Make an account to look around with. Its password is known only where the site is on this computer alone."""
    password = PASSWORD if is_for_this_computer() else secrets.token_urlsafe(12)
    user, is_new = get_user_model().objects.get_or_create(
        username=USERNAME, defaults={"is_staff": True, "is_superuser": True}
    )
    if is_new:
        user.set_password(password)
        user.save()
        Person.objects.filter(slug=EDITS_AS).update(login=user)
        if password != PASSWORD:
            print(f"The demo login is {USERNAME} with the password {password} (shown this once).")


def is_for_this_computer():
    return settings.DEBUG and {settings.HOST, *settings.ALLOWED_HOSTS} <= LOOPBACK


def ways_in():
    """Return the lines that say where to go and how to get in."""
    site = f"http://{settings.HOST}:{settings.PORT}"
    lines = ["", f"  The site            {site}/", f"  The writing desk    {site}/admin/"]
    user = get_user_model().objects.filter(username=USERNAME).first()
    if is_for_this_computer() and user and user.check_password(PASSWORD):
        lines.append(f"  Sign in as          {USERNAME}, with the password {PASSWORD}")
    return [*lines, "  Other commands      DEBUG=1 .venv/bin/python manage.py help", ""]
