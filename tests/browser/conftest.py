"""A site as a council serves it, with the demo content, and Chromium to look at it.

`make browser` runs these, and collects the static files first.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LONGEST_WAIT = 60  # seconds


@dataclass
class Site:
    """Where it is, and who may sign in: `editor`, and `authors` who have written nothing this week."""

    address: str
    editor: str
    authors: tuple
    password: str


AUTHORS = """
from django.contrib.auth import get_user_model
from hackit.roles import Role
from hackit.roles import give
from people.models import Person
password = {password!r}
for slug in {authors!r}:
    user = get_user_model().objects.create_user(slug, password=password)
    give(user, Role.AUTHOR)
    Person.objects.filter(slug=slug).update(login=user)
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Serve the demo content with gunicorn, under production settings but for https."""
    folder = tmp_path_factory.mktemp("site")
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DEBUG", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {
        "SECRET_KEY": "only-for-this-test-only-for-this-test-only-for-this-test",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "HTTPS": "off",
        "ALLOWED_HOSTS": "127.0.0.1",
        "REPORT_PROBLEMS_TO": "digital@harrowmere.example",
    }

    def manage(*arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    manage("migrate", "--verbosity", "0")
    password = re.search(r"with the password (\S+)", manage("demo"))[1]
    authors = ("lotte-haverkamp", "billie-strand")
    manage("shell", "--no-imports", "--command", AUTHORS.format(password=password, authors=authors))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    with log.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "hackit.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"],
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=written,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server, log)
        yield Site(address, "demo", authors, password)
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address, server, log):
    deadline = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz").close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The site does not answer:\n{log.read_text()}", pytrace=False)


@pytest.fixture(scope="session")
def browser():
    assert CHROMIUM, "Chromium is missing. On Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
        )
        yield browser
        browser.close()


WATCH = """
window.problems = [];
window.shifted = 0;
addEventListener("securitypolicyviolation", event => {
  problems.push(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
new PerformanceObserver(list => {
  for (const one of list.getEntries()) shifted += one.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens an address in a fresh browser; what goes wrong there fails the test."""
    contexts, problems = [], []

    def opened(path="/", *, width=1280, theme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
            base_url=site.address,
        )
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and problems.append(said.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.problems = problems
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not problems
