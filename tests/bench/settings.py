"""The settings of an installation, for the benchmarks: DEBUG off, every middleware, a database of their own."""

import os
import tempfile
from pathlib import Path

KEPT = Path(os.environ.get("BENCH_KEPT") or Path(tempfile.gettempdir()) / "bench")

os.environ["SECRET_KEY"] = "only-for-benchmarks"
os.environ["MEDIA_ROOT"] = str(KEPT / "media")
for name in "DEBUG READING HOST ALLOWED_HOSTS TIME_ZONE SITE_NAME EMAIL_HOST BRAND_COLOUR ACCENT_COLOUR".split():
    os.environ.pop(name, None)

from hackit.settings import *  # noqa: E402, F403 - once the environment is set

STATIC_ROOT = KEPT / "static"
