"""Who may do what: the permissions of each role, and the one way to give somebody a role.

That an author changes only what is theirs is said where texts are: see `changeable_by`.
"""

from django.apps import apps
from django.db.models import Q, TextChoices


class Role(TextChoices):
    """What somebody may do, in four steps. The first three are groups of that name; the last may do everything."""

    READER = "Readers", "Reader: signs in, and reads what is for colleagues"
    AUTHOR = "Authors", "Author: writes notes of their own, meetings they were at, and their actions"
    EDITOR = "Editors", "Editor: changes every text and the whole directory"
    ADMINISTRATOR = "Administrators", "Administrator: all that, and accounts"


EVERYTHING = ["add", "change", "delete", "view"]
OF_AUTHORS = {
    "people": {"entry": ["view"], "team": ["view"], "person": ["view", "add"], "organisation": ["view", "add"]},
    "projects": {"project": ["view"]},
    "taggit": {"tag": ["view"]},
    "notes": {
        "meetingseries": ["view"],
        "actionchange": ["view"],
        **dict.fromkeys(
            [
                *["note", "coauthor", "attachment", "changenote", "break", "namechoice"],
                *["meeting", "attendance", "meetingproject", "decision", "action"],
            ],
            EVERYTHING,
        ),
    },
}
OF_EDITORS = ["people", "projects", "notes", "taggit"]  # every permission of these


def make_groups(**kwargs):
    """Make the group of each role, with exactly the permissions it has: after every migrate."""
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for role, wanted in ((Role.READER, None), (Role.AUTHOR, of_authors()), (Role.EDITOR, of_editors())):
        made, _ = group.objects.get_or_create(name=role.value)
        made.permissions.set(permission.objects.filter(wanted) if wanted else [])


def of_authors():
    wanted = Q()
    for app, of_models in OF_AUTHORS.items():
        for model, doings in of_models.items():
            wanted |= Q(content_type__app_label=app, codename__in=[f"{doing}_{model}" for doing in doings])
    return wanted


def of_editors():
    return Q(content_type__app_label__in=OF_EDITORS)


def give(user, role):
    """Let a user have this role and no other, and save them. Only authors and above come to the writing desk."""
    user.is_staff = role in (Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR)
    user.is_superuser = role == Role.ADMINISTRATOR
    user.save()
    user.user_permissions.clear()
    user.groups.set(apps.get_model("auth", "Group").objects.filter(name=role))


def role_of(user):
    """Return the highest role a user has."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    groups = {group.name for group in user.groups.all()}
    return next((role for role in (Role.EDITOR, Role.AUTHOR) if role in groups), Role.READER)
