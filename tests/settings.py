"""The site's settings, for tests: on SQLite in memory, or on the server that TEST_DATABASE_URL names."""

import os

os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:"
os.environ["HTTPS"] = "off"
UNSET = (
    "DEBUG READING HOST ALLOWED_HOSTS ID_AUTHORITY TIME_ZONE SITE_NAME EMAIL_HOST BRAND_COLOUR ACCENT_COLOUR FOOTER"
)
for name in UNSET.split():
    os.environ.pop(name, None)

from hackit.settings import *  # noqa: E402, F403 - once the environment is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and safe enough for a test's accounts
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
