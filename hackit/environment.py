"""Settings read from the environment. A wrong value is one clear sentence at start, never a guess."""

import os
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


def text(name, default=""):
    """Return the value with the spaces around it taken off; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def flag(name, *, default):
    """Return a boolean, written as 1/0, true/false, yes/no or on/off in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1, true, yes or on, or 0, false, no or off.")
    return value in YES


def choice(name, choices, *, default):
    """Return one of the choices."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of: {', '.join(choices)}.")
    return value


def whole_number(name, *, default, lowest=0, highest=2**31):
    """Return a whole number from `lowest` to `highest`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from {lowest} to {highest}.")
    return int(value)


def items(name, default=()):
    """Return a list, written with commas between its items."""
    return [item for item in (part.strip() for part in text(name).split(",")) if item] or list(default)


def time_zone(name, *, default):
    """Return the name of a time zone that exists."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a name such as Europe/London or Etc/UTC.") from error
    return value


def colour(name, *, default=""):
    """Return a colour, written as #12353a, on which white or black words can be read; "" for none."""
    value = text(name, default).lower()
    if value and not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; write a colour as # and six digits, such as #12353a.")
    return value


def database(name, *, default):
    """Return the settings of the database at an address such as postgres://user:password@host:5432/name."""
    address = text(name, default)
    try:
        config = dj_database_url.parse(address)
    except ValueError as error:  # also what dj_database_url raises for an unknown scheme
        raise ImproperlyConfigured(
            f"{name} cannot be read; write sqlite:///file.sqlite3 or postgres://user:password@host:5432/name."
        ) from error
    vendor = config["ENGINE"].rsplit(".", 1)[-1]
    if vendor not in {"sqlite3", "postgresql"}:
        raise ImproperlyConfigured(f"{name} names {vendor}; the site runs on SQLite and on PostgreSQL.")
    if vendor == "sqlite3":
        config["OPTIONS"] = {
            # A transaction that will write takes the lock at its start, so it can wait for it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        # Compiling the many short queries of a page costs ten times what running them does. A timeline joins nine
        # tables to the rows of one page: of more than eight, PostgreSQL by itself does not look for the best order,
        # and joins every passage that there is.
        chosen = "-c jit=off -c join_collapse_limit=11 -c from_collapse_limit=11"
        options = config.setdefault("OPTIONS", {})
        options["options"] = f"{options.get('options', '')} {chosen}".strip()
    return config


def secret_key(*, debug, hosts):
    """Return SECRET_KEY; without one, a development key, and only for a site nobody else can reach."""
    if key := text("SECRET_KEY"):
        return key
    if not debug:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random value that nobody else knows, "
            "for example the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if strangers := [host for host in hosts if host not in LOOPBACK]:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set, and the site would answer at {', '.join(strangers)}: "
            "the development key is only for 127.0.0.1. Set SECRET_KEY."
        )
    return "django-insecure-development-key-for-a-site-on-this-computer-only"
