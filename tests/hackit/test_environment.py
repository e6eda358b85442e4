"""Settings from the environment, in a process of their own, as at a start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LONG = "x" * 60


def start(code="", **environment):
    """Start Python with these variables and no others of ours; print `code` evaluated in the settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"from hackit import settings; print({code})"],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def manage(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_debug_and_secret_key_it_refuses_to_start():
    result = manage("check")
    assert result.returncode == 1
    assert result.stderr.startswith("The site cannot start: SECRET_KEY is not set.")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "environment",
    [{"HOST": "0.0.0.0"}, {"HOST": "192.0.2.7"}, {"ALLOWED_HOSTS": "intranet.example.org"}],  # noqa: S104
)
def test_development_key_is_only_for_this_computer(environment):
    result = start(DEBUG="1", **environment)
    assert "SECRET_KEY is not set" in result.stderr
    assert "only for 127.0.0.1" in result.stderr
    assert start("settings.DEBUG", DEBUG="1", SECRET_KEY=LONG, **environment).stdout == "True\n"


def test_server_for_everybody_refuses_the_development_key():
    result = manage("runserver", "--noreload", "0.0.0.0:0", DEBUG="1", DATABASE_URL="sqlite://:memory:")
    assert "the development key is only for 127.0.0.1" in result.stderr


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "yes", "On", " on "])
def test_yes_in_every_spelling(value):
    assert start("settings.DEBUG", DEBUG=value).stdout == "True\n"


@pytest.mark.parametrize("value", ["0", "false", "No", "OFF", ""])
def test_no_in_every_spelling(value):
    assert start("settings.DEBUG", DEBUG=value, SECRET_KEY=LONG).stdout == "False\n"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "perhaps", "DEBUG is 'perhaps'; write 1, true, yes or on, or 0, false, no or off."),
        ("READING", "nobody", "READING is 'nobody'; write one of: everyone, signed-in."),
        ("PORT", "web", "PORT is 'web'; write a whole number from 1 to 65535."),
        ("PORT", "70000", "PORT is '70000'; write a whole number"),
        ("TIME_ZONE", "Mars/Base", "TIME_ZONE is 'Mars/Base'; write a name such as Europe/London"),
        ("DATABASE_URL", "mongo://x", "DATABASE_URL cannot be read; write sqlite:///"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL names mysql; the site runs on SQLite and on PostgreSQL."),
        ("BRAND_COLOUR", "teal", "BRAND_COLOUR is 'teal'; write a colour as # and six digits, such as #12353a."),
        ("EMAIL_TLS", "maybe", "EMAIL_TLS is 'maybe'"),
        ("HTTPS", "2", "HTTPS is '2'"),
    ],
)
def test_wrong_value_is_a_clear_sentence(name, value, sentence):
    result = start(SECRET_KEY=LONG, **{name: value})
    assert result.returncode == 1
    assert sentence in result.stderr


def test_values_arrive():
    code = "[settings.SITE_NAME, settings.TIME_ZONE, settings.ALLOWED_HOSTS, settings.DATABASES['default']['NAME']]"
    result = start(
        code,
        SECRET_KEY=LONG,
        SITE_NAME="Our notes",
        TIME_ZONE="Etc/UTC",
        ALLOWED_HOSTS="a.example, b.example",
        DATABASE_URL="postgres://u:p@db.example:5432/notes",
    )
    assert result.stdout == "['Our notes', 'Etc/UTC', ['a.example', 'b.example'], 'notes']\n"


def test_reading_signed_in_asks_everybody_to_sign_in():
    code = "'django.contrib.auth.middleware.LoginRequiredMiddleware' in settings.MIDDLEWARE"
    assert start(code, SECRET_KEY=LONG, READING="signed-in").stdout == "True\n"
    assert start(code, SECRET_KEY=LONG).stdout == "False\n"


def test_every_setting_is_in_the_table_and_nothing_else_is():
    read = set()
    for name in ("settings.py", "environment.py"):
        text = (ROOT / "hackit" / name).read_text()
        read |= set(
            re.findall(
                r'(?:environment\.|^\s+|\s)(?:text|flag|choice|whole_number|items|time_zone|colour|database)\(\s*"([A-Z_]+)"',
                text,
            )
        )
        read |= set(re.findall(r'\btext\("([A-Z_]+)"', text))
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert table == read | {"SECRET_KEY"}
