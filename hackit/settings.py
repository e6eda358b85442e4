"""The site's settings. What an installation may choose comes from the environment: see docs/settings.md."""

from pathlib import Path

from csp.constants import NONE, SELF

from hackit import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# Who and where

DEBUG = environment.flag("DEBUG", default=False)
HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.whole_number("PORT", default=8000, lowest=1, highest=65535)
ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SECRET_KEY = environment.secret_key(debug=DEBUG, hosts=[HOST, *ALLOWED_HOSTS])
SITE_NAME = environment.text("SITE_NAME", "HackIT weeknotes")
BRAND_COLOUR = environment.colour("BRAND_COLOUR")
ACCENT_COLOUR = environment.colour("ACCENT_COLOUR")
FOOTER = environment.text("FOOTER", "Written once, in a weeknote. Everything else on this site follows from it.")
ID_AUTHORITY = environment.text("ID_AUTHORITY", ALLOWED_HOSTS[0].strip(".*") or "localhost")
READING = environment.choice("READING", ["everyone", "signed-in"], default="everyone")
REPORT_PROBLEMS_TO = environment.text("REPORT_PROBLEMS_TO")

# What it is made of

INSTALLED_APPS = [
    "taggit",
    "people",
    "projects",
    "notes",
    "hackit.apps.HackitConfig",
    "whitenoise.runserver_nostatic",
    "csp",
    "hackit.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hackit.middleware.cache_by_reader",
    "hackit.middleware.shorten_addresses",
    *(["django.contrib.auth.middleware.LoginRequiredMiddleware"] if READING == "signed-in" else []),
    "hackit.middleware.redirect_former_addresses",
    "hackit.middleware.find_no_row_beyond_all",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hackit.context.site",
            ],
        },
    },
]

ROOT_URLCONF = "hackit.urls"
WSGI_APPLICATION = "hackit.wsgi.application"

# Where things are kept

DATABASES = {"default": environment.database("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'intranet.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = environment.text("MEDIA_ROOT", str(BASE_DIR / "media"))  # no address leads into it but a view's

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


def keep_fonts(headers, path, url):
    """Let a browser keep the fonts: one that comes late is not shown, so that nothing moves."""
    if path.endswith(".woff2"):
        headers["Cache-Control"] = "max-age=86400, public"


if DEBUG:  # otherwise all files are kept for as long as they have their name
    WHITENOISE_ADD_HEADERS_FUNCTION = keep_fonts

# How people write and read

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # the page that splits an entry has a box for each of 200 rows of 20 sorts
LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.time_zone("TIME_ZONE", default="Europe/London")
USE_TZ = True
FIRST_DAY_OF_WEEK = 1

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# Who may come in

AUTHENTICATION_BACKENDS = ["hackit.accounts.PeopleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ["UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator"]
]

EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.whole_number("EMAIL_PORT", default=587, lowest=1, highest=65535)
EMAIL_HOST_USER = environment.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_TLS", default=True)
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "weeknotes@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# What went wrong is said where the server's own messages go

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.server": {"level": "INFO"}},
}

# What a browser may do: no exception for any page, the admin included.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

HTTPS = environment.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    # HSTS for subdomains, and preloading, would bind the council's whole domain: not for one site of it to decide.
    "security.W005",
    "security.W021",
]
