"""What the site itself knows: the roles that people have on it."""

from django.db import models


class Role(models.TextChoices):
    """What somebody may do, in four steps. The first three are groups of that name; the last may do everything."""

    READER = "Readers", "Reader: signs in, and reads what is for colleagues"
    AUTHOR = "Authors", "Author: writes notes of their own, meetings they were at, and their actions"
    EDITOR = "Editors", "Editor: changes every text and the whole directory"
    ADMINISTRATOR = "Administrators", "Administrator: all that, and accounts"
